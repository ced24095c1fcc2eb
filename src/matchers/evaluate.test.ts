import { describe, expect, it } from 'vitest';
import type { FactType } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import { explain, fate, look } from './test-look.ts';

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
    [[1, 2], [1, 2], 'held'],
    [[1, 2], [2, 1], 'different'],
    [[1, 2], [1, 3], 'different'],
    [[1, 2], [1], 'different'],
    [[1], [1, 2], 'different'],
    [[], { equals: {} }, 'type'],
    [{}, [], 'type'],
    [{ a: 1, b: 2 }, { equals: { a: 1, b: 3 } }, 'different'],
    [{ a: 1, b: 2 }, { equals: { a: 1 } }, 'different'],
    [{ a: 1 }, { equals: { b: 1 } }, 'different'],
    [{ a: null }, { equals: { a: null } }, 'held'],
    [{ a: 1 }, 'a', 'type'],
    [true, { equals: { a: 1 } }, 'type'],
    [true, true, 'held'],
    [true, false, 'different'],
    [false, 'false', 'type'],
    [null, { type: 'null' }, 'held'],
    [null, { type: 'object' }, 'different'],
    [true, { type: 'boolean' }, 'held'],
    [{ a: 1 }, { equals: { a: 1, b: 1 } }, 'different'],
    [0.85, 0.9, 'different'],
    ['a', { in: ['b', 'a'] }, 'held'],
    ['c', { in: ['b', 'a'] }, 'different'],
    ['1', { in: [1, 2] }, 'type'],
    ['c', { in: ['b', 1] }, 'different'],
    [5, { in: [null, 'x'] }, 'different'],
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
    [5, { not: { any: [6, 'x'] } }, 'type'],
    [5, { not: { all: [{ above: 3 }, 'x'] } }, 'type'],
    [[1, 'b'], { not: { some: 'a' } }, 'type'],
    [['b', 1], { not: { some: 'a' } }, 'type'],
    [['b'], { 'not-contains': 'b' }, 'different'],
    [{ k: 1 }, { 'not-contains': 'k' }, 'different'],
    [{ k: 1 }, { 'not-contains': 'x' }, 'held'],
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
    [2.99, { between: [3, 4] }, 'number', 'different'],
    ['3', { between: [3, 4] }, 'json', 'type'],
    [3.01, { 'at-most': 3 }, 'number', 'different'],
    [2.99, { 'at-least': 3 }, 'number', 'different'],
    [3, { below: 3 }, 'number', 'different'],
    [2.99, { below: 3 }, 'number', 'held'],
    [true, { below: 3 }, 'json', 'type'],
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
    ['ok!', { matches: 'ok$' }, 'different'],
    ['ok!', { matches: '^ok' }, 'held'],
    ['abc', { 'starts-with': 'ab' }, 'held'],
    ['abc', { 'starts-with': 'bc' }, 'different'],
    [['ab'], { 'starts-with': 'ab' }, 'type'],
    ['abc', { 'ends-with': 'bc' }, 'held'],
    [5, { 'ends-with': '5' }, 'type'],
    ['abc', { 'ends-with': 'ab' }, 'different'],
    ['', { empty: true }, 'held'],
    [[], { empty: false }, 'different'],
    ['a', { empty: true }, 'different'],
    ['a', { empty: false }, 'held'],
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
    [['no', 'ok'], { every: 'ok' }, 'different'],
    [[], { some: 'ok' }, 'missing'],
    [[1, 'ok'], { some: 'ok' }, 'held'],
    ['ok', { every: 'ok' }, 'type'],
    [3, { type: 'integer' }, 'held'],
    [3.5, { type: 'integer' }, 'different'],
    [[], { type: 'object' }, 'different'],
    [5, { all: [{ above: 3 }, { below: 5 }] }, 'different'],
    [5, { all: [{ above: 3 }, { below: 6 }] }, 'held'],
    [5, { all: [{ above: 3 }, 'x'] }, 'type'],
    [5, { all: ['x', { above: 7 }] }, 'different'],
    [5, { any: [{ above: 9 }, { below: 6 }] }, 'held'],
    [5, { any: [6, 'x'] }, 'type'],
    [5, { any: ['x', 6] }, 'type'],
    ['a\ud800', { length: 2 }, 'held'],
    ['\uffff', { length: 1 }, 'held'],
    ['\u{10000}', { length: 1 }, 'held'],
  ])('are compared as what they are: %j against %j', (value, written, result) => {
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

  it('is not held against a value that is nested too deeply', () => {
    const deep: Json = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    const nested = { $ref: '#/$defs/list', $defs: { list: { type: 'array', items: { $ref: '#/$defs/list' } } } };
    expect(fate([[]], { schema: nested })).toBe('held');
    expect(fate(deep, { schema: nested })).toBe('type');
    expect(explain(deep, { schema: nested })).toBe('the value is nested too deeply to be compared with the schema');
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
    expect(look(facts, '$.items[?@.ok == true]', { exists: false }).held).toBe(false);
    expect(look(facts, '$.items[?@.ok == true]', { exists: true })).toMatchObject({
      held: true,
      actual: [{ ok: true }],
    });
    expect(look(facts, '$.items[?@.ok == false]', { empty: true }).held).toBe(true);
    expect(look(facts, '$.items[?@.ok == false]', { every: 'x' }).break).toBe('missing');
    expect(look({ json: { error: 1 } }, '$.items[?@.ok == false]', { empty: true }).break).toBe('missing');
  });

  it('does not hold on a value too deep to be searched, not even as absent', () => {
    const json: Json = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(look({ json }, '$..password', { exists: false })).toMatchObject({
      held: false,
      break: 'type',
      explanation: 'the value is nested too deeply to be searched with $..password',
    });
    expect(look({ json }, '$', 'x').explanation.length).toBeLessThan(300);
  });
});
