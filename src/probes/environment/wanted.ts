import { evaluate } from '../../matchers/evaluate.ts';
import { isList } from '../../matchers/equality.ts';
import type { Clause } from '../../matchers/matcher.ts';
import { parseMatcher, type MatcherProblem } from '../../matchers/parse.ts';
import type { Json } from '../../model/json.ts';
import type { Spec } from './schema.ts';

/** A variable and the clauses that must all hold for it. */
export type Wanted = { readonly name: string; readonly clauses: readonly Clause[] };

/** The key whose names only must be set. */
export const IS_SET = 'is-set';

const SET: readonly Clause[] = [{ matcher: 'exists', expected: true }];

/** The names under `is-set`. */
export const namesSet = (spec: Spec): readonly string[] => {
  const written = Object.hasOwn(spec, IS_SET) ? spec[IS_SET] : [];
  return (isList(written) ? written : [written]).filter((name) => typeof name === 'string');
};

/** What is written of one variable, read as a matcher of text. */
export const readWanted = (
  written: Json,
): { readonly clauses: readonly Clause[] } | { readonly problems: readonly MatcherProblem[] } =>
  parseMatcher(written, 'string');

/** Every variable of a spec in the order of the file, each once. Matchers that cannot be read are left out. */
export const wantedOf = (spec: Spec): readonly Wanted[] => {
  const matched = Object.entries(spec).flatMap(([name, written]): readonly Wanted[] => {
    if (name === IS_SET) return [];
    const read = readWanted(written);
    return 'clauses' in read ? [{ name, clauses: read.clauses }] : [];
  });
  const named = new Set(matched.map(({ name }) => name));
  const bare = [...new Set(namesSet(spec))].filter((name) => !named.has(name));
  return [...matched, ...bare.map((name) => ({ name, clauses: SET }))];
};

/**
 * Whether all clauses hold for a value, null for one that is not set. Only yes or no leaves this function: what the
 * engine says of a value quotes it.
 */
export const holds = (clauses: readonly Clause[], value: string | null, now: Date): boolean =>
  clauses.every(
    (clause) =>
      evaluate(
        { ...clause, fact: 'value', type: 'string', level: 'expect', code: null, source: null },
        value === null ? {} : { value },
        now,
      ).held,
  );

/** Whether a variable that is not set can be what is asked: `exists: false`. Nothing else holds for it. */
export const mayBeUnset = (clauses: readonly Clause[]): boolean => holds(clauses, null, new Date(0));

/** The names of the matchers, for messages: what stands behind them may be a secret itself. */
export const matcherNames = (clauses: readonly Clause[]): readonly string[] => [
  ...new Set(clauses.map(({ matcher }) => matcher)),
];
