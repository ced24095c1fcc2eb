import { expect, test } from 'vitest';
import { keyToken, valueToken, type Token } from './token.ts';

const cut = (line: string, { start, end }: Token): string => line.slice(start, end);
const value = (line: string, at: string): string => cut(line, valueToken(line, line.indexOf(at) + 1));

test.each([
  ['  $.status: pass', 'pass', 'pass'],
  ['  $.status: pass  # why', 'pass', 'pass'],
  ['  $.status: pass', '$', 'pass'],
  ['  $.items[0].id: "a: b" # c', '$', '"a: b"'],
  ["  x: 'it''s'", 'x', "'it''s'"],
  ['  duration: { below: 1500ms }', 'duration', '{ below: 1500ms }'],
  ['  expect: { status: 2xx, $.status: pass }', '2xx', '2xx'],
  ['  expect: { status: 2xx, $.status: pass }', '$', 'pass'],
  ['  expect: { status: [200, 204] }', '[200', '[200, 204]'],
  ['  - https://a.example/', 'https', 'https://a.example/'],
  ['  url: ${vars.a}/b', '$', '${vars.a}/b'],
  ['  expect:', 'expect', 'expect'],
  ['  expect: # below', 'expect', 'expect'],
])('in %j at %j the value %j is underlined', (line, at, expected) => {
  expect(value(line, at)).toBe(expected);
});

test('a check is underlined by its key', () => {
  expect(cut('  dashboard: { http: x }', keyToken('  dashboard: { http: x }', 3))).toBe('dashboard');
  expect(cut('  "a b":', keyToken('  "a b":', 3))).toBe('"a b"');
});

test('a column behind the end of the line gives an empty stretch at its end, not an error', () => {
  const { start, end } = valueToken('abc', 99);
  expect(start).toBeLessThanOrEqual(3);
  expect(end).toBeGreaterThanOrEqual(start);
  expect(valueToken('', 1)).toEqual({ start: 0, end: 0 });
});
