import { describe, expect, it } from 'vitest';
import type { FactType } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import { evaluate } from './evaluate.ts';
import type { Expectation, ExpectationResult } from './expectation.ts';
import { parseMatcher } from './parse.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

const expectation = (fact: string, written: Json, type: FactType): Expectation => {
  const parsed = parseMatcher(written, type);
  if (!('clauses' in parsed)) return expect.fail(JSON.stringify(parsed.problems));
  const [clause] = parsed.clauses;
  return {
    fact,
    type,
    matcher: clause!.matcher,
    expected: clause!.expected,
    level: 'expect',
    code: null,
    source: null,
  };
};

const look = (facts: Facts, fact: string, written: Json, type: FactType = 'json'): ExpectationResult =>
  evaluate(expectation(fact, written, type), facts, NOW);

/** How a value fares: `held`, or how it broke. */
const fate = (value: Json, written: Json, type: FactType = 'json'): string =>
  look({ value }, 'value', written, type).break ?? 'held';

const explain = (value: Json, written: Json, type: FactType = 'json'): string =>
  look({ value }, 'value', written, type).explanation;

describe('equality', () => {
  it.each<[Json, Json, string]>([
    [1, 1, 'held'],
    [1, 2, 'different'],
    ['1', 1, 'type'],
    [1, true, 'type'],
    [null, { equals: null }, 'held'],
    [0, { equals: null }, 'different'],
    [null, 'x', 'type'],
    [{ a: 1, b: [2] }, { equals: { b: [2], a: 1 } }, 'held'],
    [[1, 2], [2, 1], 'different'],
    [{ a: 1 }, { equals: { a: 1, b: 1 } }, 'different'],
    [0.85, 0.9, 'different'],
    ['a', { in: ['b', 'a'] }, 'held'],
    ['c', { in: ['b', 'a'] }, 'different'],
    ['1', { in: [1, 2] }, 'type'],
  ])('knows no coercion: %j against %j', (value, written, result) => {
    expect(fate(value, written)).toBe(result);
  });

  it('is not fooled by names that every object inherits', () => {
    expect(fate({}, { equals: JSON.parse('{"__proto__": {}}') })).toBe('different');
    expect(fate({}, { contains: 'constructor' })).toBe('different');
    expect(fate(JSON.parse('{"__proto__": {}}'), { equals: { x: 1 } })).toBe('different');
    for (const name of ['constructor.name', '__proto__', 'list.length', 'list.0x0', 'list.']) {
      expect(look({ list: [1] }, name, { exists: false }).held).toBe(true);
    }
  });
});

describe('a negative matcher', () => {
  it.each<[Json, Json, string]>([
    ['DOWN', { not: 'DOWN' }, 'different'],
    ['UP', { not: 'DOWN' }, 'held'],
    [1, { not: 'DOWN' }, 'type'],
    [1, { not: null }, 'held'],
    [5, { not: { above: 3, below: 9 } }, 'different'],
    [5, { not: { above: 7 } }, 'held'],
    ['5', { not: { above: 7 } }, 'type'],
    [503, { not: { in: [500, 503] } }, 'different'],
    ['text', { 'not-contains': 'x' }, 'different'],
    [5, { 'not-contains': 'x' }, 'type'],
    [['b'], { 'not-contains': 'a' }, 'held'],
    [[], { not: { every: 'a' } }, 'missing'],
    [[], { not: { some: 'a' } }, 'missing'],
    [['b'], { not: { some: 'a' } }, 'held'],
    [5, { not: { any: ['x', 7] } }, 'type'],
    [5, { not: { any: [6, 7] } }, 'held'],
    [5, { not: { not: 5 } }, 'held'],
  ])('holds only for a value that can be compared and differs: %j against %j', (value, written, result) => {
    expect(fate(value, written)).toBe(result);
  });
});

describe('a missing value', () => {
  const MATCHERS: readonly Json[] = [
    'x',
    { equals: null },
    { not: 'x' },
    { not: { exists: true } },
    { 'not-contains': 'x' },
    { in: ['x'] },
    { below: 5 },
    { between: [0, 1] },
    { empty: true },
    { empty: false },
    { length: 0 },
    { type: 'null' },
    { every: 'x' },
    { some: 'x' },
    { matches: 'x' },
    { 'older-than': '1s' },
    { schema: { type: 'string' } },
    { all: [{ not: 'x' }] },
    { any: [{ not: 'x' }, { below: 5 }] },
    { exists: true },
  ];

  it.each(MATCHERS)('breaks as missing: %j', (written) => {
    expect(look({}, 'value', written)).toMatchObject({
      held: false,
      break: 'missing',
      explanation: 'there is no value',
    });
    expect(look({}, 'value', written)).not.toHaveProperty('actual');
  });

  it('holds for nothing but exists: false, or an alternative of it', () => {
    expect(look({}, 'value', { exists: false }).held).toBe(true);
    expect(look({}, 'value', { any: [{ exists: false }, 'x'] }).held).toBe(true);
    expect(look({ value: null }, 'value', { exists: false }).held).toBe(false);
  });
});

describe('numbers and units', () => {
  it.each<[Json, Json, FactType, string]>([
    [1500, { below: '1500ms' }, 'duration', 'different'],
    [1500, { 'at-most': '1.5s' }, 'duration', 'held'],
    [3, { above: 3 }, 'number', 'different'],
    [3, { 'at-least': 3 }, 'number', 'held'],
    [3, { between: [3, 4] }, 'number', 'held'],
    [4, { between: [3, 4] }, 'number', 'held'],
    [4.01, { between: [3, 4] }, 'number', 'different'],
    ['3', { above: 1 }, 'json', 'type'],
    [null, { below: 5 }, 'json', 'type'],
    [204, '2xx', 'status', 'held'],
    [301, ['2xx', 301], 'status', 'held'],
    [302, ['2xx', 301], 'status', 'different'],
    ['200', 200, 'status', 'type'],
    [0.9949, { 'at-least': '99.5%' }, 'ratio', 'different'],
    [0.995, { 'at-least': '99.5%' }, 'ratio', 'held'],
  ])('are compared exactly: %j against %j as %s', (value, written, type, result) => {
    expect(fate(value, written, type)).toBe(result);
  });
});

describe('text, lists and objects', () => {
  it.each<[Json, Json, string]>([
    ['a fallback answer', { contains: 'fallback' }, 'held'],
    [['a', 'b'], { contains: 'b' }, 'held'],
    [['ab'], { contains: 'b' }, 'different'],
    [{ key: 1 }, { contains: 'key' }, 'held'],
    ['3', { contains: 3 }, 'type'],
    ['ready: ok', { matches: 'ok$' }, 'held'],
    ['OK', { matches: '(?i)^ok$' }, 'held'],
    [5, { matches: '5' }, 'type'],
    ['abc', { 'starts-with': 'ab' }, 'held'],
    ['abc', { 'ends-with': 'ab' }, 'different'],
    ['', { empty: true }, 'held'],
    [[], { empty: false }, 'different'],
    [{}, { empty: true }, 'held'],
    [0, { empty: true }, 'type'],
    [null, { empty: true }, 'type'],
    ['👍🏽', { length: 2 }, 'held'],
    [[1, 2], { length: { above: 2 } }, 'different'],
    [{ a: 1 }, { length: 1 }, 'held'],
    [7, { length: 1 }, 'type'],
    [[], { every: 'ok' }, 'missing'],
    [['ok', 'ok'], { every: 'ok' }, 'held'],
    [['ok', 1], { every: 'ok' }, 'type'],
    [['ok', 1, 'no'], { every: 'ok' }, 'different'],
    [[], { some: 'ok' }, 'missing'],
    [[1, 'ok'], { some: 'ok' }, 'held'],
    ['ok', { every: 'ok' }, 'type'],
    [3, { type: 'integer' }, 'held'],
    [3.5, { type: 'integer' }, 'different'],
    [[], { type: 'object' }, 'different'],
    [5, { all: [{ above: 3 }, { below: 5 }] }, 'different'],
    [5, { any: [{ above: 9 }, { below: 6 }] }, 'held'],
  ])('are compared as what they are: %j against %j', (value, written, result) => {
    expect(fate(value, written)).toBe(result);
  });
});

describe('times', () => {
  it.each<[Json, Json, string]>([
    ['2026-11-21T11:50:00Z', { 'newer-than': '15m' }, 'held'],
    ['2026-11-21T11:40:00Z', { 'newer-than': '15m' }, 'different'],
    ['2026-11-21T14:50:00+03:00', { 'newer-than': '15m' }, 'held'],
    [Date.parse('2026-11-21T11:50:00Z'), { 'newer-than': '15m' }, 'held'],
    [Date.parse('2026-11-21T11:50:00Z') / 1000, { 'newer-than': '15m' }, 'held'],
    ['Sat, 21 Nov 2026 11:50:00 GMT', { 'newer-than': '15m' }, 'held'],
    ['9999-12-31T00:00:00Z', { 'newer-than': '15m' }, 'different'],
    ['2026-11-21T12:01:00Z', { 'newer-than': '15m' }, 'held'],
    ['2026-12-24', { 'newer-than': '2026-12-01' }, 'held'],
    ['2026-11-21T11:50:00', { 'newer-than': '15m' }, 'type'],
    ['yesterday', { 'older-than': '15m' }, 'type'],
    [0, { 'older-than': '15m' }, 'type'],
    ['2026-11-21T11:40:00Z', { 'older-than': '15m' }, 'held'],
    ['2026-11-21T11:50:00Z', { 'older-than': '15m' }, 'different'],
  ])('are read only when they name one instant: %j against %j', (value, written, result) => {
    expect(fate(value, written)).toBe(result);
  });
});

describe('a schema', () => {
  const schema = { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '^(a+)+$' } } };

  it('is checked, with the place that does not fit', () => {
    expect(fate({ id: 'aa' }, { schema })).toBe('held');
    expect(explain({ id: 5 }, { schema })).toBe('object {"id":5} does not fit the schema: /id must be string');
  });

  it('keeps its patterns apart', () => {
    const two = { type: 'object', properties: { a: { pattern: '^a$' }, b: { pattern: '^b$' } } };
    expect(fate({ a: 'a', b: 'b' }, { schema: two })).toBe('held');
    expect(fate({ a: 'a', b: 'a' }, { schema: two })).toBe('different');
  });

  it('does not take inherited names for properties', () => {
    expect(fate({}, { schema: { type: 'object', required: ['constructor'] } })).toBe('different');
  });

  it('matches patterns in linear time', () => {
    const started = performance.now();
    expect(fate({ id: `${'a'.repeat(20_000)}!` }, { schema })).toBe('different');
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('a JSONPath expectation', () => {
  it('reads the fact json', () => {
    expect(look({ json: { status: 'pass' } }, '$.status', 'pass').held).toBe(true);
    expect(look({ body: '<html>' }, '$.status', { not: 'DOWN' }).break).toBe('missing');
    expect(look({ json: null }, '$', { equals: null }).held).toBe(true);
  });

  it('takes no selected node for no value, and so proves nothing by it but exists: false', () => {
    const facts = { json: { items: [{ ok: true }] } };
    expect(look(facts, '$.items[?@.ok == false]', { exists: true }).break).toBe('missing');
    expect(look(facts, '$.items[?@.ok == false]', { exists: false }).held).toBe(true);
    expect(look(facts, '$.items[?@.ok == false]', { empty: true }).held).toBe(true);
    expect(look(facts, '$.items[?@.ok == false]', { every: 'x' }).break).toBe('missing');
    expect(look({ json: { error: 1 } }, '$.items[?@.ok == false]', { empty: true }).break).toBe('missing');
  });

  it('does not hold on a value too deep to be searched, not even as absent', () => {
    const json: Json = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(look({ json }, '$..password', { exists: false })).toMatchObject({ held: false, break: 'type' });
    expect(look({ json }, '$', 'x').explanation.length).toBeLessThan(300);
  });
});

describe('an explanation', () => {
  it.each<[Json, Json, FactType, string]>([
    ['degraded', 'pass', 'string', 'string "degraded" is not "pass"'],
    [2300, { below: '1500ms' }, 'duration', 'number 2300 ms is not below 1500 ms'],
    [0.97, { 'at-least': '99.5%' }, 'ratio', 'number 97 % is not at least 99.5 %'],
    ['1', 1, 'json', 'string "1" is not number 1: types are never converted'],
    [503, ['2xx', 301], 'status', 'number 503 is not 2xx or 301'],
    ['a fallback', { 'not-contains': 'fallback' }, 'string', 'string "a fallback" contains "fallback"'],
    ['DOWN', { not: 'DOWN' }, 'string', 'string "DOWN" is "DOWN", and must not'],
    [[1, 5], { every: { below: 3 } }, 'list', 'element 1 of 2: number 5 is not below 3'],
    [[1, 5], { some: { above: 9 } }, 'list', 'no element of list [1,5] is above 9'],
    [[1], { length: { above: 2 } }, 'list', 'the length of list [1] is wrong: number 1 is not above 2'],
    [5, { any: [1, { above: 9 }] }, 'number', 'number 5 fits none of: is 1 or is above 9'],
    [
      '2026-11-21T11:00:00Z',
      { 'newer-than': '15m' },
      'time',
      'string "2026-11-21T11:00:00Z" is not newer than 15m, it is 60 min old',
    ],
    ['a\u001b[31m\u202e\n"', 'x', 'string', String.raw`string "a\u001b[31m\u202e\n\"" is not "x"`],
    [{ a: { exists: 1 } }, { exists: false }, 'json', 'there is a value, and must not be: object {"a":{"exists":1}}'],
  ])('is a sentence with typed values: %j against %j', (value, written, type, sentence) => {
    expect(explain(value, written, type)).toBe(sentence);
  });

  it('cuts a long text to the part around the difference, without halves of characters', () => {
    const long = `${'😀'.repeat(500)}wrong${'b'.repeat(500)}`;
    const sentence = explain(long, `${'😀'.repeat(500)}right${'b'.repeat(500)}`);
    expect(sentence).toMatch(/^string "….*wrongb+…" is not "….*rightb+…"$/u);
    expect(sentence.length).toBeLessThan(300);
    expect(sentence.isWellFormed()).toBe(true);
    expect(explain(`${'a'.repeat(1000)}fallback`, { 'not-contains': 'fallback' })).toContain('fallback" contains');
  });

  it('stays short for a large list', () => {
    expect(
      explain(
        Array.from({ length: 100_000 }, () => 'x'),
        [],
      ).length,
    ).toBeLessThan(300);
  });
});
