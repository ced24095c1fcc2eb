import { isAbsolute } from 'node:path';
import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';

/** The patterns of a spec. */
export const globsOf = ({ spec }: Spec): readonly string[] => (typeof spec === 'string' ? [spec] : spec);

/** What can be known to be wrong with a `playwright` spec before looking. */
export const playwrightProblems = (spec: Spec): readonly SpecProblem[] => [
  ...globsOf(spec).flatMap((glob): readonly SpecProblem[] => {
    if (glob.startsWith('-')) return [{ path: ['spec'], message: `"${glob}" looks like an option, not like a spec` }];
    if (isAbsolute(glob)) return [{ path: ['spec'], message: `"${glob}" starts at the root: write it from this file` }];
    return [];
  }),
  ...(spec.project !== undefined && spec.config === undefined
    ? [{ path: ['project'], message: 'names a project, and there is no config: that has projects' }]
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
