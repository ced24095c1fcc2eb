import { expect, it } from 'vitest';
import type { FactType } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import { parseMatcher } from './parse.ts';

/** What is written, under which type, what is said of it, the hint, and where inside of what is written. */
type Row = readonly [written: Json, type: FactType, message: string, hint: string | null, path?: string];

const NO_UNIT = 'this fact has no unit: write the plain number';
const DURATION = 'write 300ms, 5s, 15m, 2h or 30d';
const BYTES = 'write 512B, 64KiB, 1MiB, 10KB or 5MB';
const RATIO = 'write 99.5% or 0.995';
const TIME = 'write 2026-12-01 or 2026-12-01T09:30:00Z';
const STATUS = 'write 200, 2xx or a list of them: [200, 2xx]';
const AGE = 'write an age such as 15m or 30d, or a time such as 2026-12-01T09:30:00Z';
const PATTERN = 'patterns are RE2: no look-around, no back-references';
const ORDERED = 'for a time write newer-than or older-than';
const LISTED = 'it looks at the elements of a list';
const SIZED = 'it looks at text, lists and mappings';
const SEARCHED = 'it looks into text, lists and mappings';
const MATCHERS =
  'the matchers are equals, in, not, contains, not-contains, matches, starts-with, ends-with, above, below, at-least, ' +
  'at-most, between, exists, empty, length, type, every, some, all, any, newer-than, older-than, schema; ' +
  'for a mapping as a value write equals';

const VALUES: readonly Row[] = [
  ['5 s', 'number', 'expected a number, found the text "5 s"', NO_UNIT],
  ['5MB', 'number', 'expected a number, found the text "5MB"', NO_UNIT],
  ['12', 'number', 'expected a number, found the text "12"', 'write it without quotes'],
  ['abc', 'number', 'expected a number, found the text "abc"', null],
  [' ', 'number', 'expected a number, found the text " "', null],
  [true, 'number', 'expected a number, found true', null],
  [null, 'number', 'expected a number, found null', null],
  [[1], 'number', 'expected a number, found a list', null],
  [300, 'duration', 'expected a duration with a unit, found the number 300', 'write 300ms, 300s or 300m'],
  ['soon', 'duration', 'expected a duration with a unit, found the text "soon"', DURATION],
  [true, 'duration', 'expected a duration with a unit, found true', DURATION],
  ['5 parsecs', 'bytes', 'expected a size, found the text "5 parsecs"', BYTES],
  [-1, 'bytes', 'expected a size, found the number -1', BYTES],
  [true, 'bytes', 'expected a size, found true', BYTES],
  [99.5, 'ratio', 'expected a percentage or a ratio from 0 to 1, found the number 99.5', 'write 99.5%'],
  [100, 'ratio', 'expected a percentage or a ratio from 0 to 1, found the number 100', 'write 100%'],
  [101, 'ratio', 'expected a percentage or a ratio from 0 to 1, found the number 101', RATIO],
  [-0.1, 'ratio', 'expected a percentage or a ratio from 0 to 1, found the number -0.1', RATIO],
  ['120%', 'ratio', 'expected a percentage or a ratio from 0 to 1, found the text "120%"', RATIO],
  [
    '2026-12-01T09:30:00',
    'time',
    'expected a date or a time with its offset, found the text "2026-12-01T09:30:00"',
    TIME,
  ],
  ['2026-02-31', 'time', 'expected a date or a time with its offset, found the text "2026-02-31"', TIME],
  [5, 'time', 'expected a date or a time with its offset, found the number 5', TIME],
  [1.1, 'string', 'expected text, found the number 1.1', 'write "1.1" in quotes'],
  [true, 'string', 'expected text, found true', 'write "true" in quotes'],
  [null, 'string', 'expected text, found null', null],
  ['yes', 'boolean', 'expected true or false, found the text "yes"', null],
  [
    '1.2.3.4',
    'list',
    'expected a list, found the text "1.2.3.4"',
    'for one of its elements write contains, some or every',
  ],
  ['a', 'object', 'expected a mapping, found the text "a"', null],
  [[1], 'object', 'expected a mapping, found a list', null],
  ['200', 'status', 'expected an HTTP status, found the text "200"', STATUS],
  ['6xx', 'status', 'expected an HTTP status, found the text "6xx"', STATUS],
  ['a2xx', 'status', 'expected an HTTP status, found the text "a2xx"', STATUS],
  ['2xxx', 'status', 'expected an HTTP status, found the text "2xxx"', STATUS],
  [99, 'status', 'expected an HTTP status, found the number 99', STATUS],
  [600, 'status', 'expected an HTTP status, found the number 600', STATUS],
  [200.5, 'status', 'expected an HTTP status, found the number 200.5', STATUS],
  [true, 'status', 'expected an HTTP status, found true', STATUS],
  [[], 'status', 'expected an HTTP status, found an empty list', STATUS],
  [[200, '9xx'], 'status', 'expected an HTTP status, found the text "9xx"', STATUS],
];

const OPERANDS: readonly Row[] = [
  [{}, 'string', 'expected a matcher, found an empty mapping', null, ''],
  [{ belwo: 5 }, 'number', 'there is no matcher "belwo"', 'did you mean "below"?'],
  [{ frobnicate: 1 }, 'json', 'there is no matcher "frobnicate"', MATCHERS],
  [{ status: 200 }, 'status', 'there is no matcher "status"', MATCHERS],
  [{ equals: 'x' }, 'number', 'expected a number, found the text "x"', null],
  [{ equals: '9xx' }, 'status', 'expected an HTTP status, found the text "9xx"', STATUS],
  [{ in: 'a' }, 'string', 'expected a list of values, found the text "a"', null],
  [{ in: [] }, 'string', 'expected a list of values, found 0', null],
  [{ in: ['a', 5] }, 'string', 'expected text, found the number 5', 'write "5" in quotes', 'in.1'],
  [{ in: [200, 'x'] }, 'status', 'expected an HTTP status, found the text "x"', STATUS],
  [{ above: 'x' }, 'number', 'expected a number, found the text "x"', null],
  [{ above: '5s' }, 'json', 'expected a number, found the text "5s"', NO_UNIT],
  [{ above: '2xx' }, 'status', 'expected a number, found the text "2xx"', null],
  [{ above: 300 }, 'duration', 'expected a duration with a unit, found the number 300', 'write 300ms, 300s or 300m'],
  [{ between: 5 }, 'number', 'expected a list of 2 values, found the number 5', null],
  [{ between: [1] }, 'number', 'expected a list of 2 values, found 1', null],
  [{ between: [1, 2, 3] }, 'number', 'expected a list of 2 values, found 3', null],
  [{ between: [2, 1] }, 'number', 'the first bound is above the second', 'write the lower bound first'],
  [{ between: [500, '2xx'] }, 'status', 'expected a number, found the text "2xx"', null, 'between.1'],
  [{ between: ['a', 1] }, 'json', 'expected a number, found the text "a"', null, 'between.0'],
  [{ contains: '' }, 'string', 'every text fits an empty one', null],
  [{ contains: '' }, 'json', 'every text fits an empty one', null],
  [{ contains: 1 }, 'string', 'expected text, found the number 1', null],
  [{ contains: 1 }, 'object', 'expected text, found the number 1', null],
  [{ contains: 1 }, 'time', 'expected text, found the number 1', null],
  [
    { contains: ['a', 'b'] },
    'json',
    'expected one value, found a list',
    'write all: [{ contains: ... }, { contains: ... }]',
  ],
  [
    { 'not-contains': ['a'] },
    'list',
    'expected one value, found a list',
    'write all: [{ not-contains: ... }, { not-contains: ... }]',
  ],
  [{ 'starts-with': '' }, 'string', 'every text fits an empty one', null],
  [{ 'ends-with': 5 }, 'string', 'expected text, found the number 5', null],
  [{ matches: '(' }, 'string', 'the pattern is wrong: missing closing ): `(`', PATTERN],
  [{ matches: '(?=a)' }, 'string', 'the pattern is wrong: invalid or unsupported Perl syntax: `(?=`', PATTERN],
  [{ matches: '' }, 'string', 'every text fits an empty one', null],
  [{ matches: 5 }, 'string', 'expected text, found the number 5', null],
  [{ exists: 1 }, 'json', 'expected true or false, found the number 1', null],
  [{ empty: 'yes' }, 'list', 'expected true or false, found the text "yes"', null],
  [
    { type: 'text' },
    'json',
    'expected one of string, number, integer, boolean, list, object, null, found the text "text"',
    null,
  ],
  [{ 'newer-than': 15 }, 'time', 'expected an age or a time with its offset, found the number 15', AGE],
  [{ 'older-than': 'soon' }, 'json', 'expected an age or a time with its offset, found the text "soon"', AGE],
  [{ schema: 'x' }, 'json', 'expected a JSON Schema, found the text "x"', null],
  [{ schema: {} }, 'json', 'every value fits an empty schema', null],
  [{ any: 5 }, 'json', 'expected a list, found the number 5', null],
  [{ all: [] }, 'json', 'expected matchers, found an empty list', null],
  [{ not: {} }, 'string', 'expected a matcher, found an empty mapping', null],
  [{ every: {} }, 'list', 'expected a matcher, found an empty mapping', null],
];

const FOREIGN: readonly Row[] = [
  ...(['above', 'below', 'at-least', 'at-most'] as const).map((name): Row => [
    { [name]: 1 },
    'time',
    `${name} does not apply to a fact of type time`,
    ORDERED,
  ]),
  [{ between: [1, 2] }, 'string', 'between does not apply to a fact of type string', ORDERED],
  [{ matches: 'x' }, 'number', 'matches does not apply to a fact of type number', 'it compares text'],
  [{ 'starts-with': 'x' }, 'list', 'starts-with does not apply to a fact of type list', 'it compares text'],
  [{ 'ends-with': 'x' }, 'object', 'ends-with does not apply to a fact of type object', 'it compares text'],
  [{ contains: 'x' }, 'number', 'contains does not apply to a fact of type number', SEARCHED],
  [{ 'not-contains': 'x' }, 'boolean', 'not-contains does not apply to a fact of type boolean', SEARCHED],
  [{ empty: true }, 'number', 'empty does not apply to a fact of type number', SIZED],
  [{ length: 1 }, 'boolean', 'length does not apply to a fact of type boolean', SIZED],
  [{ every: 1 }, 'string', 'every does not apply to a fact of type string', LISTED],
  [{ some: 1 }, 'object', 'some does not apply to a fact of type object', LISTED],
  [{ 'newer-than': '1h' }, 'duration', 'newer-than does not apply to a fact of type duration', 'it compares times'],
  [{ 'older-than': '1h' }, 'list', 'older-than does not apply to a fact of type list', 'it compares times'],
];

/** The key of the one matcher that is written, where no longer path is given. */
const placeOf = (written: Json): string =>
  typeof written === 'object' && written !== null && !Array.isArray(written) ? (Object.keys(written)[0] ?? '') : '';

const CASES = [...VALUES, ...OPERANDS, ...FOREIGN].map(
  ([written, type, message, hint, path = placeOf(written)]) => [written, type, message, hint, path] as const,
);

it.each(CASES)('%j under %s is refused: %s', (written, type, message, hint, path) => {
  const parsed = parseMatcher(written, type);
  expect('problems' in parsed ? parsed.problems.map((one) => ({ ...one, path: one.path.join('.') })) : parsed).toEqual([
    { path, message, ...(hint === null ? {} : { hint }) },
  ]);
});
