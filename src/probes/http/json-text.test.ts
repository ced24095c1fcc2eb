import { expect, test } from 'vitest';
import { readJson } from './json-text.ts';

const problemOf = (source: string): string => {
  const read = readJson(source);
  return read.ok ? 'ok' : read.problem;
};

test.each(['{"a":[1,{"b":null}],"c":"x"}', ' 1 ', '"text"', '[]', '{"a":{"a":1},"b":["a","a"]}', '{"a\\"":1,"a":2}'])(
  'reads %s',
  (source) => expect(readJson(source)).toEqual({ ok: true, value: JSON.parse(source) }),
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

test('reads two million values and no more: they take many times their bytes in memory', () => {
  const list = (count: number): string => `[${'1,'.repeat(count - 1)}1]`;
  expect(readJson(list(2_000_000)).ok).toBe(true);
  expect(problemOf(list(2_000_001))).toBe('it has more than 2000000 values');
});

test('keeps a member called __proto__ as data', () => {
  const read = readJson('{"__proto__":{"polluted":true}}');
  expect(read.ok && Object.keys(Object(read.value))).toEqual(['__proto__']);
  expect('polluted' in {}).toBe(false);
});
