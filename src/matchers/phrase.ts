import { isJsonObject, type Json } from '../model/json.ts';
import { itemsOf } from './equality.ts';
import { MATCHERS, type Clause, type MatcherName } from './matcher.ts';
import { showValue, type Unit } from './show.ts';
import { showDuration } from './units.ts';

/** What a clause says of a value, to stand after it: `is below 1500 ms`, or denied: `is not below 1500 ms`. */
export const phrase = ({ matcher, expected }: Clause, unit: Unit, denied = false): string => {
  const [verb, denial] = VERBS[matcher];
  return `${denied ? denial : verb} ${objectOf(matcher, expected, unit)}`.trim();
};

/** What several clauses say together, with `and`. */
export const phraseAll = (clauses: readonly Clause[], unit: Unit): string =>
  clauses.map((clause) => phrase(clause, unit)).join(' and ');

/** The clauses inside a `not`, `length`, `every` or `some`; empty when it holds anything else. */
export const clausesOf = (expected: Json): readonly Clause[] => itemsOf(expected).filter(isClause);

const isClause = (value: Json): value is Clause & { readonly [key: string]: Json } =>
  isJsonObject(value) && Object.hasOwn(value, 'expected') && MATCHERS.some((name) => name === value['matcher']);

const BE = ['is', 'is not'] as const;

const VERBS: { readonly [Name in MatcherName]: readonly [says: string, denied: string] } = {
  equals: BE,
  in: ['is one of', 'is none of'],
  not: ['is something else than what', 'is what'],
  contains: ['contains', 'does not contain'],
  'not-contains': ['does not contain', 'contains'],
  matches: ['matches', 'does not match'],
  'starts-with': ['starts with', 'does not start with'],
  'ends-with': ['ends with', 'does not end with'],
  above: ['is above', 'is not above'],
  below: ['is below', 'is not below'],
  'at-least': ['is at least', 'is not at least'],
  'at-most': ['is at most', 'is not at most'],
  between: ['is between', 'is not between'],
  exists: BE,
  empty: BE,
  length: ['has a length that', 'has no length that'],
  type: ['is of type', 'is not of type'],
  every: ['has only elements of which each', 'has not only elements of which each'],
  some: ['has an element that', 'has no element that'],
  all: ['', 'not'],
  any: ['', 'not'],
  'newer-than': ['is newer than', 'is not newer than'],
  'older-than': ['is older than', 'is not older than'],
  schema: ['fits', 'does not fit'],
  status: BE,
};

const objectOf = (matcher: MatcherName, expected: Json, unit: Unit): string => {
  switch (matcher) {
    case 'in':
      return showAll(expected, unit).join(', ');
    case 'between':
      return showAll(expected, unit).join(' and ');
    case 'status':
      return itemsOf(expected).join(' or ');
    case 'not':
    case 'every':
    case 'some':
      return phraseAll(clausesOf(expected), unit);
    case 'length':
      return phraseAll(clausesOf(expected), null);
    case 'all':
    case 'any':
      return branchesOf(expected)
        .map((branch) => phraseAll(branch, unit))
        .join(matcher === 'all' ? ' and ' : ' or ');
    case 'exists':
      return expected === true ? 'there' : 'absent';
    case 'empty':
      return expected === true ? 'empty' : 'filled';
    case 'matches':
      return `/${String(expected)}/`;
    case 'type':
      return String(expected);
    case 'newer-than':
    case 'older-than':
      return showBound(expected);
    case 'schema':
      return 'the schema';
    default:
      return showValue(expected, unit);
  }
};

const showAll = (expected: Json, unit: Unit): readonly string[] =>
  itemsOf(expected).map((item) => showValue(item, unit));

/** The age or the instant that a time is held against: `15m`, `2026-12-01T00:00:00.000Z`. */
export const showBound = (expected: Json): string =>
  typeof expected === 'number' ? showDuration(expected) : String(expected);

/** The alternatives inside an `all` or `any`. */
export const branchesOf = (expected: Json): readonly (readonly Clause[])[] => itemsOf(expected).map(clausesOf);
