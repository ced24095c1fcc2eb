import type { Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import { HELD, different, missing, wrongType, type Compare, type Comparison } from './comparison.ts';
import {
  compareEqual,
  compareIn,
  compareNumber,
  compareBetween,
  compareSchema,
  compareStatus,
  compareType,
} from './compare-value.ts';
import { compareContains, compareEnd, compareMatches, compareNotContains, compareStart } from './compare-text.ts';
import { compareEmpty, compareLength } from './compare-size.ts';
import { compareEvery, compareNot, compareSome } from './compare-nested.ts';
import { compareNewer, compareOlder } from './compare-time.ts';
import type { Expectation, ExpectationResult } from './expectation.ts';
import { isPath, readFact } from './fact.ts';
import { selectJson } from './json-path.ts';
import type { Clause, MatcherName } from './matcher.ts';
import { branchesOf, phrase } from './phrase.ts';
import { showTyped, type Unit } from './show.ts';

/** Holds an expectation against the facts. Never throws: what cannot be compared does not hold. */
export const evaluate = (expectation: Expectation, facts: Facts, now: Date): ExpectationResult => {
  const subject = readSubject(facts, expectation.fact);
  const comparison =
    subject.trouble === null
      ? compare(expectation, subject, { now, unit: unitOf(expectation) })
      : wrongType(subject.trouble);
  const outcome = comparison.held
    ? { held: true, break: null, explanation: '' }
    : { held: false, break: comparison.break, explanation: comparison.explanation };
  const result = { ...expectation, ...outcome };
  return subject.value === undefined ? result : { ...result, actual: subject.value };
};

/** A value, and whether it counts as being there: an empty list of JSONPath nodes is a value that is not there. */
type Subject = { readonly value: Json | undefined; readonly exists: boolean; readonly trouble: string | null };

const readSubject = (facts: Facts, name: string): Subject => {
  const json = isPath(name) ? readFact(facts, 'json') : undefined;
  if (json === undefined) return plain(isPath(name) ? undefined : readFact(facts, name));
  const selection = selectJson(name, json);
  switch (selection.state) {
    case 'value':
      return plain(selection.value);
    case 'nodes':
      return { value: selection.value, exists: selection.value.length > 0, trouble: null };
    case 'missing':
      return plain(undefined);
    case 'unusable':
      return { ...plain(undefined), trouble: selection.message };
  }
};

const plain = (value: Json | undefined): Subject => ({ value, exists: value !== undefined, trouble: null });

type Context = { readonly now: Date; readonly unit: Unit };

/** What can hold for a value that is missing comes first: `exists`, and `all` or `any` of it. */
const compare = (clause: Clause, subject: Subject, context: Context): Comparison => {
  const { matcher, expected } = clause;
  if (matcher === 'exists') return compareExists(expected, subject, context.unit);
  if (matcher === 'all') return compareAll(branchesOf(expected).flat(), subject, context);
  if (matcher === 'any') return compareAny(clause, subject, context);
  if (subject.value === undefined) return missing('there is no value');
  return comparers[matcher](subject.value, expected, {
    ...context,
    all: (clauses, value, unit) => compareAll(clauses, plain(value), { ...context, unit }),
  });
};

const compareExists = (expected: Json, { value, exists }: Subject, unit: Unit): Comparison => {
  if (exists === expected) return HELD;
  if (!exists) return missing('there is no value');
  return different(`there is a value, and must not be: ${showTyped(value ?? null, unit)}`);
};

/** Clauses that must all hold. One that differs decides; else the first that could not be compared does. */
const compareAll = (clauses: readonly Clause[], subject: Subject, context: Context): Comparison => {
  if (clauses.length === 0) return missing('nothing is expected of the value');
  let undecided: Comparison | null = null;
  for (const clause of clauses) {
    const comparison = compare(clause, subject, context);
    if (comparison.held) continue;
    if (comparison.break === 'different') return comparison;
    undecided ??= comparison;
  }
  return undecided ?? HELD;
};

/** One alternative must hold. That all differ is only known when each could be compared. */
const compareAny = (clause: Clause, subject: Subject, context: Context): Comparison => {
  let undecided: Comparison | null = null;
  for (const branch of branchesOf(clause.expected)) {
    const comparison = compareAll(branch, subject, context);
    if (comparison.held) return HELD;
    if (comparison.break !== 'different') undecided ??= comparison;
  }
  if (subject.value === undefined) return missing('there is no value');
  const explanation = `${showTyped(subject.value, context.unit)} fits none of: ${phrase(clause, context.unit)}`;
  return undecided === null || undecided.held ? different(explanation) : { ...undecided, explanation };
};

type ValueMatcher = Exclude<MatcherName, 'exists' | 'all' | 'any'>;

const comparers: { readonly [Name in ValueMatcher]: Compare } = {
  equals: compareEqual,
  in: compareIn,
  not: compareNot,
  contains: compareContains,
  'not-contains': compareNotContains,
  matches: compareMatches,
  'starts-with': compareStart,
  'ends-with': compareEnd,
  above: compareNumber('above', (value, bound) => value > bound),
  below: compareNumber('below', (value, bound) => value < bound),
  'at-least': compareNumber('at-least', (value, bound) => value >= bound),
  'at-most': compareNumber('at-most', (value, bound) => value <= bound),
  between: compareBetween,
  empty: compareEmpty,
  length: compareLength,
  type: compareType,
  every: compareEvery,
  some: compareSome,
  'newer-than': compareNewer,
  'older-than': compareOlder,
  schema: compareSchema,
  status: compareStatus,
};

/** The unit that numbers are shown with: by the fact's type, else by the one name that every probe kind shares. */
const unitOf = ({ type, fact }: Expectation): Unit => {
  switch (type) {
    case 'duration':
      return 'ms';
    case 'bytes':
      return 'B';
    case 'ratio':
      return '%';
    case undefined:
      return fact === 'duration' || fact.startsWith('duration.') || fact.startsWith('timings.') ? 'ms' : null;
    default:
      return null;
  }
};
