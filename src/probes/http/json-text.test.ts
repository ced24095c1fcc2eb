import { describe, expect, test } from 'vitest';
import { heaviestJson, readJson } from './json-text.ts';

const problemOf = (source: string): string => {
  const read = readJson(source);
  return read.ok ? 'ok' : read.problem;
};

test.each(['{"a":[1,{"b":null}],"c":"x"}', ' 1 ', '"text"', '[]', '{"a":{"a":1},"b":["a","a"]}', '{"a\\"":1,"a":2}'])(
  'reads %s',
  (source) => expect(readJson(source)).toEqual({ ok: true, value: JSON.parse(source), numbersAsText: [] }),
);

test.each([
  ['', 'it is empty'],
  ['  \n', 'it is empty'],
  [`${'['.repeat(101)}${']'.repeat(101)}`, 'it is nested deeper than 100'],
  ['{"ok":false,"ok":true}', 'the name "ok" occurs twice in one object'],
  ['{"ok":false,"\\u006fk":true}', 'the name "ok" occurs twice in one object'],
  ['[{"x":{"a":1},"y":2,"x":3}]', 'the name "x" occurs twice in one object'],
  ['[1, 1e400]', 'the number 1e400 is out of range'],
])('refuses %j', (source, problem) => expect(problemOf(source)).toBe(problem));

test.each(['{"a":1,}', '{} trailing', 'NaN', '<html>', "{'a':1}", '\u0000{}'])('does not repair %j', (source) =>
  expect(readJson(source).ok).toBe(false),
);

test('survives 100 000 levels and a text of 5 MB', () => {
  expect(problemOf('['.repeat(100_000) + ']'.repeat(100_000))).toBe('it is nested deeper than 100');
  expect(readJson(JSON.stringify({ text: 'x\\"'.repeat(1_700_000) })).ok).toBe(true);
});

describe('what takes many times its bytes in memory is refused before it is made', () => {
  const tooMany = 'it has too many values: they weigh more than 327680, and a larger limits.body allows more';
  const repeated = (part: string, count: number): string => `[${Array.from({ length: count }, () => part).join(',')}]`;
  const members = (count: number): string =>
    `{${Array.from({ length: count }, (_, index) => `"${index}":1`).join(',')}}`;
  /** No two of them have the same members. */
  const unlike = (count: number): string =>
    `[${Array.from({ length: count }, (_, index) => `{"${index}":1,"x${index}":1}`).join(',')}]`;

  test.each([
    ['numbers', repeated('1', 327_000), repeated('1', 327_690)],
    ['texts', repeated('"a"', 163_000), repeated('"a"', 163_900)],
    ['lists', repeated('[]', 54_000), repeated('[]', 54_650)],
    ['objects', repeated('{}', 54_000), repeated('{}', 54_650)],
    ['names', members(21_500), members(21_900)],
    ['unlike objects', unlike(9_300), unlike(9_380)],
    ['whole numbers beyond 2^53', repeated('12345678901234567', 21_500), repeated('12345678901234567', 21_900)],
  ])('%s', (_, some, many) => {
    expect(problemOf(some)).toBe('ok');
    expect(problemOf(many)).toBe(tooMany);
  });

  test('objects that all have the same members weigh less', () => {
    expect(problemOf(repeated('{"id":1,"ok":true,"rate":0.5}', 40_000))).toBe('ok');
  });

  test('whoever allows a longer body allows more of them', () => {
    const many = repeated('1', 600_000);
    expect(heaviestJson(1024)).toBe(327_680);
    expect(readJson(many, heaviestJson(20 * 1024 * 1024)).ok).toBe(true);
  });
});

test('keeps a member called __proto__ as data', () => {
  const read = readJson('{"__proto__":{"polluted":true}}');
  expect(read.ok && Object.keys(Object(read.value))).toEqual(['__proto__']);
  expect('polluted' in {}).toBe(false);
});
