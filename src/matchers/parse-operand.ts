import type { FactType } from '../model/fact.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { VALUE_TYPES, isList } from './equality.ts';
import { parseInstant } from './instant.ts';
import { compileSchema } from './json-schema.ts';
import type { Clause, MatcherName } from './matcher.ts';
import type { MatcherProblem, ParsedMatcher } from './parse.ts';
import { readBranches, readNested } from './parse-nested.ts';
import { parseStatuses } from './parse-status.ts';
import { nameValue, parseValue } from './parse-value.ts';
import { compilePattern } from './pattern.ts';
import { parseDuration } from './units.ts';

/** Reads what stands behind one matcher, for a fact of that type; nested matchers go back to `parse`. */
export type ReadOperand = (
  operand: Json,
  type: FactType,
  matcher: MatcherName,
  parse: (written: Json, type: FactType) => ParsedMatcher,
) => { readonly clause: Clause } | { readonly problems: readonly MatcherProblem[] };

const problem = (message: string, hint?: string): { readonly problems: readonly MatcherProblem[] } => ({
  problems: [hint === undefined ? { path: [], message } : { path: [], message, hint }],
});

/** Refuses a matcher for facts that it can never hold for. */
const only =
  (types: readonly FactType[], hint: string, read: ReadOperand): ReadOperand =>
  (operand, type, matcher, parse) =>
    type === 'json' || types.includes(type)
      ? read(operand, type, matcher, parse)
      : problem(`${matcher} does not apply to a fact of type ${type}`, hint);

const value: ReadOperand = (operand, type, matcher) => {
  const parsed = parseValue(operand, type);
  return 'message' in parsed ? problem(parsed.message, parsed.hint) : { clause: { matcher, expected: parsed.value } };
};

const equals: ReadOperand = (operand, type, matcher, parse) => {
  if (type !== 'status') return value(operand, type, matcher, parse);
  const parsed = parseStatuses(operand);
  return 'message' in parsed
    ? problem(parsed.message, parsed.hint)
    : { clause: { matcher: 'status', expected: parsed.statuses } };
};

const values =
  (count: number | null): ReadOperand =>
  (operand, type, matcher) => {
    const expected = count === null ? 'a list of values' : `a list of ${count} values`;
    if (!isList(operand)) return problem(`expected ${expected}, found ${nameValue(operand)}`);
    if (operand.length === 0 || (count !== null && operand.length !== count)) {
      return problem(`expected ${expected}, found ${operand.length}`);
    }
    const read: Json[] = [];
    const problems: MatcherProblem[] = [];
    for (const [index, item] of operand.entries()) {
      const parsed = parseValue(item, type);
      if ('value' in parsed) read.push(parsed.value);
      else problems.push({ path: [index], ...parsed });
    }
    return problems.length > 0 ? { problems } : { clause: { matcher, expected: read } };
  };

const oneOf: ReadOperand = (operand, type, matcher, parse) =>
  type === 'status' ? equals(operand, type, matcher, parse) : values(null)(operand, type, matcher, parse);

const number: ReadOperand = (operand, type, matcher, parse) =>
  value(operand, type === 'json' || type === 'status' ? 'number' : type, matcher, parse);

const between: ReadOperand = (operand, type, matcher, parse) => {
  const read = values(2)(operand, type === 'json' || type === 'status' ? 'number' : type, matcher, parse);
  if (!('clause' in read) || !isList(read.clause.expected)) return read;
  const [low, high] = read.clause.expected;
  return typeof low === 'number' && typeof high === 'number' && low > high
    ? problem('the first bound is above the second', 'write the lower bound first')
    : read;
};

const text: ReadOperand = (operand, _type, matcher) => {
  if (typeof operand !== 'string') return problem(`expected text, found ${nameValue(operand)}`);
  return operand === '' ? problem('every text fits an empty one') : { clause: { matcher, expected: operand } };
};

const pattern: ReadOperand = (operand, type, matcher, parse) => {
  const compiled = typeof operand === 'string' ? compilePattern(operand) : null;
  return typeof compiled === 'string'
    ? problem(`the pattern is wrong: ${compiled}`, 'patterns are RE2: no look-around, no back-references')
    : text(operand, type, matcher, parse);
};

const contains: ReadOperand = (operand, type, matcher, parse) => {
  if (type === 'string' || type === 'time' || type === 'object' || operand === '') {
    return text(operand, type, matcher, parse);
  }
  const each = `write all: [{ ${matcher}: ... }, { ${matcher}: ... }]`;
  return isList(operand)
    ? problem('expected one value, found a list', each)
    : { clause: { matcher, expected: operand } };
};

const flag: ReadOperand = (operand, _type, matcher) =>
  typeof operand === 'boolean'
    ? { clause: { matcher, expected: operand } }
    : problem(`expected true or false, found ${nameValue(operand)}`);

const typeName: ReadOperand = (operand, _type, matcher) =>
  VALUE_TYPES.some((name) => name === operand)
    ? { clause: { matcher, expected: operand } }
    : problem(`expected one of ${VALUE_TYPES.join(', ')}, found ${nameValue(operand)}`);

const age: ReadOperand = (operand, _type, matcher) => {
  if (typeof operand === 'string') {
    const duration = parseDuration(operand);
    if (duration !== null) return { clause: { matcher, expected: duration } };
    const instant = parseInstant(operand);
    if (instant !== null) return { clause: { matcher, expected: new Date(instant).toISOString() } };
  }
  const hint = 'write an age such as 15m or 30d, or a time such as 2026-12-01T09:30:00Z';
  return problem(`expected an age or a time with its offset, found ${nameValue(operand)}`, hint);
};

const schema: ReadOperand = (operand, _type, matcher) => {
  if (!isJsonObject(operand)) return problem(`expected a JSON Schema, found ${nameValue(operand)}`);
  if (Object.keys(operand).length === 0) return problem('every value fits an empty schema');
  const compiled = compileSchema(operand);
  return typeof compiled === 'string'
    ? problem(`the schema is wrong: ${compiled}`)
    : { clause: { matcher, expected: operand } };
};

const NUMBERS: readonly FactType[] = ['number', 'duration', 'bytes', 'ratio', 'status'];
const TEXTS: readonly FactType[] = ['string', 'time'];
const SIZED: readonly FactType[] = ['string', 'list', 'object'];
const numeric = (read: ReadOperand) => only(NUMBERS, 'for a time write newer-than or older-than', read);
const textual = (read: ReadOperand) => only(TEXTS, 'it compares text', read);
const sized = (read: ReadOperand) => only(SIZED, 'it looks at text, lists and mappings', read);
const listed = (read: ReadOperand) => only(['list'], 'it looks at the elements of a list', read);
const timed = (read: ReadOperand) => only(['time', 'string', 'number'], 'it compares times', read);

/** How each matcher of the language reads its operand. */
export const operandReaders: { readonly [Name in Exclude<MatcherName, 'status'>]: ReadOperand } = {
  equals,
  in: oneOf,
  not: readNested((type) => type),
  contains: only(['string', 'time', 'list', 'object'], 'it looks into text, lists and mappings', contains),
  'not-contains': only(['string', 'time', 'list', 'object'], 'it looks into text, lists and mappings', contains),
  matches: textual(pattern),
  'starts-with': textual(text),
  'ends-with': textual(text),
  above: numeric(number),
  below: numeric(number),
  'at-least': numeric(number),
  'at-most': numeric(number),
  between: numeric(between),
  exists: flag,
  empty: sized(flag),
  length: sized(readNested(() => 'number')),
  type: typeName,
  every: listed(readNested(() => 'json')),
  some: listed(readNested(() => 'json')),
  all: readBranches,
  any: readBranches,
  'newer-than': timed(age),
  'older-than': timed(age),
  schema,
};
