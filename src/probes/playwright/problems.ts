import { isAbsolute } from 'node:path';
import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';

/** The patterns of a spec. */
export const patternsOf = ({ spec }: Spec): readonly string[] => (typeof spec === 'string' ? [spec] : spec);

/** Variables that would change how the specs are run, and what we are told of it. */
const RUNNERS_OWN = /^(GONOGO_|NODE_OPTIONS$|PW_|PWTEST_|PWDEBUG$)/;

/** What can be known to be wrong with a `playwright` spec before looking. */
export const playwrightProblems = (spec: Spec): readonly SpecProblem[] => [
  ...patternsOf(spec).flatMap((pattern, index): readonly SpecProblem[] => {
    const path = typeof spec.spec === 'string' ? ['spec'] : ['spec', index];
    if (pattern.startsWith('-')) return [{ path, message: `"${pattern}" looks like an option, not like a spec` }];
    if (isAbsolute(pattern)) return [{ path, message: `"${pattern}" starts at the root: write it from this file` }];
    return [];
  }),
  ...Object.keys(spec.env ?? {})
    .filter((name) => RUNNERS_OWN.test(name))
    .map((name) => ({ path: ['env', name], message: 'is a variable of the runner itself' })),
  ...(spec.project !== undefined && spec.config === undefined
    ? [{ path: ['project'], message: 'names a project, and there is no config: that has projects' }]
    : []),
  ...(spec.screenshots === true && spec.config !== undefined
    ? [{ path: ['screenshots'], message: 'has no meaning beside config: fields are covered only without one' }]
    : []),
  ...grepProblems(spec.grep),
];

const grepProblems = (grep: string | undefined): readonly SpecProblem[] => {
  if (grep === undefined) return [];
  try {
    void new RegExp(grep);
    return [];
  } catch (error) {
    return [{ path: ['grep'], message: `is no pattern: ${error instanceof Error ? error.message : String(error)}` }];
  }
};
