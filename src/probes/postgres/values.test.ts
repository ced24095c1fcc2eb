import { expect, test } from 'vitest';
import { rowsOf, valueOf } from './values.ts';

test.each([
  ['integers', '9007199254740991', 20, 9007199254740991],
  ['integers that a double cannot hold', '9007199254740993', 20, '9007199254740993'],
  ['negative integers', '-12', 23, -12],
  ['floating-point numbers', '1.5e-3', 701, 0.0015],
  ['no number', 'NaN', 701, 'NaN'],
  ['infinity', '-Infinity', 700, '-Infinity'],
  ['an empty text where a number should be', '', 23, ''],
  ['numeric, whole or not', '15', 1700, '15'],
  ['true', 't', 16, true],
  ['false', 'f', 16, false],
  ['what is neither', 'maybe', 16, 'maybe'],
  ['json', '{"a":[1,null]}', 3802, { a: [1, null] }],
  ['json that is none', '{"a":', 114, '{"a":'],
  ['json with one name twice', '{"a":1,"a":2}', 114, '{"a":1,"a":2}'],
  ['a time with zone', '2026-11-21 13:12:00.123456+00', 1184, '2026-11-21T13:12:00.123456+00:00'],
  ['a time with half an hour in its zone', '2026-11-21 13:12:00-05:30', 1184, '2026-11-21T13:12:00-05:30'],
  ['a time before Christ', '0044-03-15 12:00:00+00 BC', 1184, '0044-03-15 12:00:00+00 BC'],
  ['the end of time', 'infinity', 1184, 'infinity'],
  ['a time without zone, which could be any', '2026-11-21 13:12:00', 1114, '2026-11-21 13:12:00'],
  ['arrays', '{1,2}', 1007, '{1,2}'],
  ['text', '1', 25, '1'],
])('%s', (_what, text, type, value) => {
  expect(valueOf(text, type)).toEqual(value);
});

test('NULL is null whatever its type', () => {
  expect([16, 20, 25, 114, 1184].map((type) => valueOf(null, type))).toEqual([null, null, null, null, null]);
});

test('json that is nested without end stays text', () => {
  const deep = '['.repeat(5000) + ']'.repeat(5000);
  expect(valueOf(deep, 3802)).toBe(deep);
});

test('rows are mappings by the names of the columns', () => {
  const columns = [
    { name: 'n', type: 23 },
    { name: 't', type: 25 },
  ];
  expect(
    rowsOf({
      columns,
      rows: [
        ['1', 'x'],
        [null, null],
      ],
      cut: false,
    }),
  ).toEqual([
    { n: 1, t: 'x' },
    { n: null, t: null },
  ]);
});
