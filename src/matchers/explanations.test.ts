import { describe, expect, it } from 'vitest';
import type { FactType } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import { evaluate } from './evaluate.ts';
import { expectation, explain, look, NOW } from './test-look.ts';

const NO_TIME = 'is not a time: expected ISO 8601 with an offset, an HTTP date or an epoch number';

describe('an explanation', () => {
  it.each<[Json, Json, string]>([
    ['degraded', 'pass', 'string "degraded" is not "pass"'],
    ['1', 1, 'string "1" is not number 1: types are never converted'],
    [null, 'x', 'null is not string "x": types are never converted'],
    [true, 'x', 'boolean true is not string "x": types are never converted'],
    [5, null, 'number 5 is not null'],
    [{ a: [1] }, { equals: { a: 'x' } }, 'object {"a":[1]} is not {"a":"x"}'],
    ['b', { in: ['a', 'c'] }, 'string "b" is none of "a", "c"'],
    ['1', { in: [1, 2] }, 'string "1" is none of 1, 2: types are never converted'],
    ['5', { above: 3 }, 'string "5" is not a number to compare with 3'],
    ['5', { between: [1, 2] }, 'string "5" is not a number to compare with a range'],
    [0, { between: [1, 2] }, 'number 0 is not between 1 and 2'],
    [5, { 'at-least': 6 }, 'number 5 is not at least 6'],
    [5, { 'at-most': 4 }, 'number 5 is not at most 4'],
    [5, { type: 'string' }, 'number 5 is not of type string'],
    ['ab', { contains: 'x' }, 'string "ab" does not contain "x"'],
    [['ab'], { contains: 'b' }, 'list ["ab"] does not contain "b"'],
    [{ a: 1 }, { contains: 5 }, 'object {"a":1} cannot contain number 5'],
    ['a fallback', { 'not-contains': 'fallback' }, 'string "a fallback" contains "fallback"'],
    [5, { 'not-contains': 'x' }, 'number 5 cannot contain string "x"'],
    [5, { matches: '5' }, 'number 5 is not text to match with a pattern'],
    ['abc', { matches: '^x$' }, 'string "abc" does not match /^x$/'],
    ['abc', { 'starts-with': 'bc' }, 'string "abc" does not start with "bc"'],
    ['abc', { 'ends-with': 'ab' }, 'string "abc" does not end with "ab"'],
    [5, { 'starts-with': 'a' }, 'number 5 is not text to compare with "a"'],
    [null, { 'ends-with': 'a' }, 'null is not text to compare with "a"'],
    [0, { empty: true }, 'number 0 can be neither empty nor filled'],
    [['a'], { empty: true }, 'list ["a"] is not empty'],
    ['', { empty: false }, 'string "" is empty'],
    [7, { length: 1 }, 'number 7 has no length'],
    [[1], { length: { above: 2 } }, 'the length of list [1] is wrong: number 1 is not above 2'],
    ['ok', { every: 'ok' }, 'string "ok" is not a list'],
    ['ok', { some: 'ok' }, 'string "ok" is not a list'],
    [[], { every: 'ok' }, 'the list is empty, so no element can hold'],
    [[], { some: 'ok' }, 'the list is empty, so no element can hold'],
    [[1, 5], { every: { below: 3 } }, 'element 1 of 2: number 5 is not below 3'],
    [[1, 2], { every: 'a' }, 'element 0 of 2: number 1 is not string "a": types are never converted'],
    [[1, 5], { some: { above: 9 } }, 'no element of list [1,5] is above 9'],
    ['DOWN', { not: 'DOWN' }, 'string "DOWN" is "DOWN", and must not'],
    [5, { not: { above: 3, below: 9 } }, 'number 5 is above 3 and is below 9, and must not'],
    [5, { any: [1, { above: 9 }] }, 'number 5 fits none of: is 1 or is above 9'],
    [5, { any: ['x', 7] }, 'number 5 fits none of: is "x" or is 7'],
    ['x', { exists: false }, 'there is a value, and must not be: string "x"'],
    [{ a: { exists: 1 } }, { exists: false }, 'there is a value, and must not be: object {"a":{"exists":1}}'],
    [5, { schema: { type: 'string' } }, 'number 5 does not fit the schema: must be string'],
    ['a\u001b[31m\u202e\n"', 'x', String.raw`string "a\u001b[31m\u202e\n\"" is not "x"`],
  ])('is a sentence with typed values: %j against %j', (value, written, sentence) => {
    expect(explain(value, written)).toBe(sentence);
  });

  it.each<[Json, Json, FactType, string]>([
    [2300, { below: '1500ms' }, 'duration', 'number 2300 ms is not below 1500 ms'],
    [2500, { between: ['1s', '2s'] }, 'duration', 'number 2500 ms is not between 1000 ms and 2000 ms'],
    [5, { 'at-least': '1KiB' }, 'bytes', 'number 5 B is not at least 1024 B'],
    [0.97, { 'at-least': '99.5%' }, 'ratio', 'number 97 % is not at least 99.5 %'],
    [5, 6, 'number', 'number 5 is not 6'],
    [503, ['2xx', 301], 'status', 'number 503 is not 2xx or 301'],
    ['503', '2xx', 'status', 'string "503" is not an HTTP status'],
  ])('has the unit of the fact: %j against %j as %s', (value, written, type, sentence) => {
    expect(explain(value, written, type)).toBe(sentence);
  });

  it.each([
    ['duration', 'number 7 ms is not 5 ms'],
    ['duration.p95', 'number 7 ms is not 5 ms'],
    ['timings.dns', 'number 7 ms is not 5 ms'],
    ['durations', 'number 7 is not 5'],
    ['retries.duration', 'number 7 is not 5'],
    ['count', 'number 7 is not 5'],
  ])('takes the unit from the name %s where the type of the fact is not known', (fact, sentence) => {
    const { type: _, ...untyped } = expectation(fact, 5, 'number');
    expect(evaluate(untyped, { [fact]: 7 }, NOW).explanation).toBe(sentence);
  });

  it.each([
    ['2026-11-21T11:40:00Z', { 'newer-than': '15m' }, 'is not newer than 15m, it is 20 min old'],
    ['2026-11-21T11:58:01Z', { 'newer-than': '1m' }, 'is not newer than 1m, it is 119 s old'],
    ['2026-11-21T11:58:00Z', { 'newer-than': '1m' }, 'is not newer than 1m, it is 2 min old'],
    ['2026-11-21T10:00:01Z', { 'newer-than': '1m' }, 'is not newer than 1m, it is 119 min old'],
    ['2026-11-21T10:00:00Z', { 'newer-than': '1m' }, 'is not newer than 1m, it is 2 h old'],
    ['2026-11-19T12:00:01Z', { 'newer-than': '1m' }, 'is not newer than 1m, it is 47 h old'],
    ['2026-11-19T12:00:00Z', { 'newer-than': '1m' }, 'is not newer than 1m, it is 2 days old'],
    ['2026-11-21T12:00:00Z', { 'older-than': '15m' }, 'is not older than 15m, it is 0 s old'],
    ['2026-11-21T12:01:00Z', { 'older-than': '15m' }, 'is not older than 15m'],
    ['2026-12-02', { 'older-than': '2026-12-01' }, 'is not older than 2026-12-01T00:00:00.000Z'],
    ['9999-12-31T00:00:00Z', { 'newer-than': '15m' }, 'lies in the future'],
    ['soon', { 'newer-than': '15m' }, NO_TIME],
    ['2026-11-21', { 'older-than': '15m' }, NO_TIME],
  ])('tells how old it is: %s against %j', (value, written, said) => {
    expect(explain(value, written)).toBe(`string "${value}" ${said}`);
  });

  it('is empty for what holds', () => {
    expect(look({ value: 5 }, 'value', 5)).toMatchObject({ held: true, break: null, explanation: '', actual: 5 });
  });

  it('cuts a long text to the part around the difference, without halves of characters', () => {
    const long = `${'😀'.repeat(500)}wrong${'b'.repeat(500)}`;
    const sentence = explain(long, `${'😀'.repeat(500)}right${'b'.repeat(500)}`);
    expect(sentence).toMatch(/^string "….*wrongb+…" is not "….*rightb+…"$/u);
    expect(sentence.length).toBeLessThan(300);
    expect(sentence.isWellFormed()).toBe(true);
    expect(explain(`${'a'.repeat(1000)}fallback`, { 'not-contains': 'fallback' })).toContain('fallback" contains');
    expect(explain(`${'a'.repeat(1000)}b`, { 'ends-with': 'c' })).toContain('ab" does not end');
    expect(explain(`${'a'.repeat(1000)}b`, { 'starts-with': 'a'.repeat(900) + 'x' })).toContain('x"');
  });

  it('stays short for a large list', () => {
    const large = Array.from({ length: 100_000 }, () => 'x');
    expect(explain(large, []).length).toBeLessThan(300);
  });
});
