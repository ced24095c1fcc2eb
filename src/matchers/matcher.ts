import type { Json } from '../model/json.ts';

/** The matchers of the language, by the name that the YAML uses. */
export const MATCHERS = [
  'equals',
  'in',
  'not',
  'contains',
  'not-contains',
  'matches',
  'starts-with',
  'ends-with',
  'above',
  'below',
  'at-least',
  'at-most',
  'between',
  'exists',
  'empty',
  'length',
  'type',
  'every',
  'some',
  'all',
  'any',
  'newer-than',
  'older-than',
  'schema',
  'status',
] as const;

export type MatcherName = (typeof MATCHERS)[number];

/**
 * A matcher with its expected value, normalised: units resolved, nested matchers as lists of clauses that must all hold
 * (`not`, `length`, `every`, `some`), `all` and `any` as lists of such lists.
 * `status` is what `200`, `2xx` or a list of them under a status fact become: `expected` is that list.
 */
export type Clause = { readonly matcher: MatcherName; readonly expected: Json };
