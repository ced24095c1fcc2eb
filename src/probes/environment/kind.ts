import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { explainEnvironment } from './explain.ts';
import { environmentFactTable } from './fact-table.ts';
import { environmentProblems } from './problems.ts';
import type { Spec } from './schema.ts';
import { wantedOf } from './wanted.ts';

const MOST_NAMED = 5;

const namesOf = (spec: Spec): readonly string[] => wantedOf(spec).map(({ name }) => name);

const target = (spec: Spec): string => {
  const names = namesOf(spec);
  if (names.length === 0) return 'the environment';
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const defaults = (spec: Spec): readonly DefaultExpectation[] =>
  namesOf(spec).map((name) => ({
    fact: `valid.${name}`,
    matcher: 'equals',
    expected: true,
    level: 'expect',
    code: 'variable-invalid',
  }));

/** Tells of each variable whether it is set, and shows no value. */
const SET_OR_NOT = 'for name do printenv "$name" | grep -q . && echo "$name is set" || echo "$name is not set"; done';

/** The environment of the process that looks: which variables are set, and whether they are well-formed. */
export const environment = defineProbe<'environment', typeof Spec>({
  kind: 'environment',
  summary:
    'Looks whether environment variables are set and well-formed, in the environment of gonogo itself: each key is a name, with what its value must be. A value is never shown, stored or measured.',
  shorthand: 'is-set',
  facts: environmentFactTable,
  target,
  host: () => null,
  layers: () => ['content'],
  problems: environmentProblems,
  defaults,
  explain: explainEnvironment,
  tryCommand: (spec) => ['sh', '-c', SET_OR_NOT, 'sh', ...namesOf(spec)],
  load: () => import('./look.ts'),
});
