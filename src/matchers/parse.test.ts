import { describe, expect, it } from 'vitest';
import type { FactType } from '../model/fact.ts';
import type { Json } from '../model/json.ts';
import type { Clause } from './matcher.ts';
import { parseMatcher } from './parse.ts';

const clauses = (written: Json, type: FactType): readonly Clause[] => {
  const parsed = parseMatcher(written, type);
  return 'clauses' in parsed ? parsed.clauses : expect.fail(JSON.stringify(parsed.problems));
};

const only = (written: Json, type: FactType): Clause | undefined => clauses(written, type)[0];

const problems = (written: Json, type: FactType) => {
  const parsed = parseMatcher(written, type);
  return 'problems' in parsed ? parsed.problems : expect.fail(JSON.stringify(parsed.clauses));
};

describe('a bare value', () => {
  it.each<[Json, FactType, Clause]>([
    ['pass', 'string', { matcher: 'equals', expected: 'pass' }],
    [200, 'status', { matcher: 'status', expected: [200] }],
    ['2XX', 'status', { matcher: 'status', expected: ['2xx'] }],
    [[200, '3xx'], 'status', { matcher: 'status', expected: [200, '3xx'] }],
    [[1, 2], 'list', { matcher: 'equals', expected: [1, 2] }],
    [null, 'json', { matcher: 'equals', expected: null }],
    ['5s', 'json', { matcher: 'equals', expected: '5s' }],
    ['1.5s', 'duration', { matcher: 'equals', expected: 1500 }],
    ['1 MiB', 'bytes', { matcher: 'equals', expected: 1_048_576 }],
    ['99.9%', 'ratio', { matcher: 'equals', expected: 0.999 }],
    ['2026-12-01', 'time', { matcher: 'equals', expected: '2026-12-01T00:00:00.000Z' }],
  ])('means equality, with its unit resolved: %j under %s', (written, type, clause) => {
    expect(clauses(written, type)).toEqual([clause]);
  });
});

describe('a mapping of matchers', () => {
  it('keeps every matcher, in order', () => {
    expect(clauses({ 'at-least': '1KiB', below: '1MB' }, 'bytes')).toEqual([
      { matcher: 'at-least', expected: 1024 },
      { matcher: 'below', expected: 1_000_000 },
    ]);
  });

  it.each<[Json, FactType, Json]>([
    [{ in: ['1s', '2s'] }, 'duration', [1000, 2000]],
    [{ between: ['10%', '20%'] }, 'ratio', [0.1, 0.2]],
    [{ not: '5xx' }, 'status', [{ matcher: 'status', expected: ['5xx'] }]],
    [{ length: { above: 2 } }, 'string', [{ matcher: 'above', expected: 2 }]],
    [{ length: 3 }, 'list', [{ matcher: 'equals', expected: 3 }]],
    [
      { every: { type: 'string', matches: '^a' } },
      'list',
      [
        { matcher: 'type', expected: 'string' },
        { matcher: 'matches', expected: '^a' },
      ],
    ],
    [
      { any: [{ exists: false }, 5] },
      'number',
      [[{ matcher: 'exists', expected: false }], [{ matcher: 'equals', expected: 5 }]],
    ],
    [{ 'newer-than': '15m' }, 'time', 900_000],
    [{ 'older-than': '2026-12-01T01:00:00+01:00' }, 'json', '2026-12-01T00:00:00.000Z'],
  ])('resolves what is inside: %j under %s', (written, type, expected) => {
    expect(only(written, type)?.expected).toEqual(expected);
  });

  it.each<[Json, FactType, Json]>([
    [{ equals: 512 }, 'bytes', 512],
    [{ equals: 0 }, 'bytes', 0],
    [{ equals: 0.5 }, 'ratio', 0.5],
    [{ in: [0, 1] }, 'ratio', [0, 1]],
    [{ equals: true }, 'boolean', true],
    [{ equals: { a: 1 } }, 'object', { a: 1 }],
    [{ between: [2, 2] }, 'number', [2, 2]],
    [{ between: [200, 299] }, 'status', [200, 299]],
    [{ between: [1, 2] }, 'json', [1, 2]],
    [{ equals: '100' }, 'string', '100'],
    [{ in: [100, 599] }, 'status', [100, 599]],
    [{ contains: 'x' }, 'time', 'x'],
    [{ contains: 5 }, 'list', 5],
  ])('takes what the type allows, the bounds included: %j under %s', (written, type, expected) => {
    expect(only(written, type)?.expected).toEqual(expected);
  });

  it('reads a status by its own rules everywhere', () => {
    expect(only({ in: [200, '3xx'] }, 'status')).toEqual({ matcher: 'status', expected: [200, '3xx'] });
    expect(only({ equals: '2xx' }, 'status')).toEqual({ matcher: 'status', expected: ['2xx'] });
    expect(only({ below: 400 }, 'status')).toEqual({ matcher: 'below', expected: 400 });
  });

  it('takes no inherited name for a matcher', () => {
    expect(problems({ constructor: 1, ['__proto__']: 1 }, 'json')).toHaveLength(2);
  });

  it('reports all problems at once, with the path to each', () => {
    const found = problems({ any: [{ above: 'x' }, { not: { below: '5s' } }], exists: 1 }, 'number');
    expect(found.map(({ path }) => path)).toEqual([['any', 0, 'above'], ['any', 1, 'not', 'below'], ['exists']]);
  });
});

/** The types of facts that a matcher can hold for; any other matcher takes all of them. */
const APPLIES: { readonly [matcher: string]: readonly FactType[] } = {
  contains: ['string', 'time', 'list', 'object'],
  'not-contains': ['string', 'time', 'list', 'object'],
  matches: ['string', 'time'],
  'starts-with': ['string', 'time'],
  'ends-with': ['string', 'time'],
  above: ['number', 'duration', 'bytes', 'ratio', 'status'],
  below: ['number', 'duration', 'bytes', 'ratio', 'status'],
  'at-least': ['number', 'duration', 'bytes', 'ratio', 'status'],
  'at-most': ['number', 'duration', 'bytes', 'ratio', 'status'],
  between: ['number', 'duration', 'bytes', 'ratio', 'status'],
  empty: ['string', 'list', 'object'],
  length: ['string', 'list', 'object'],
  every: ['list'],
  some: ['list'],
  'newer-than': ['time', 'string', 'number'],
  'older-than': ['time', 'string', 'number'],
};

/** A value as each type of fact writes it. */
const WRITTEN: readonly (readonly [FactType, Json])[] = [
  ['string', 'x'],
  ['number', 5],
  ['boolean', true],
  ['duration', '5s'],
  ['bytes', 512],
  ['ratio', '50%'],
  ['time', '2026-12-01'],
  ['status', 200],
  ['list', [1]],
  ['object', { equals: { a: 1 } }],
  ['json', 5],
];

const operandOf = (matcher: string, written: Json): Json => {
  if (matcher === 'empty') return true;
  if (matcher === 'between') return [written, written];
  if (matcher.endsWith('-than')) return '1h';
  return ['contains', 'not-contains', 'matches', 'starts-with', 'ends-with'].includes(matcher)
    ? 'x'
    : ['length', 'every', 'some'].includes(matcher)
      ? 5
      : written;
};

describe('a matcher', () => {
  it.each(Object.entries(APPLIES))('%s is taken for facts of its types alone, and for json', (matcher, types) => {
    const taken = WRITTEN.filter(
      ([type, written]) => 'clauses' in parseMatcher({ [matcher]: operandOf(matcher, written) }, type),
    );
    expect(new Set(taken.map(([type]) => type))).toEqual(new Set([...types, 'json']));
  });

  it.each(WRITTEN)('that any fact can have takes a fact of type %s', (type, written) => {
    for (const any of [{ exists: false }, { type: 'string' }, { schema: { type: 'string' } }, { not: written }]) {
      expect(clauses(any, type)).toHaveLength(1);
    }
  });
});

describe('a schema', () => {
  it.each<[Json, RegExp]>([
    [{ typ: 'string' }, /unknown keyword/],
    [{ type: 'text' }, /type/],
    [{ $ref: 'https://schemas.example.com/a.json' }, /leaves the schema/],
    [{ properties: { a: { items: [{ $dynamicRef: 'other#x' }] } } }, /leaves the schema/],
    [{ properties: { a: { type: 'string' }, b: { $ref: 'other' } } }, /"other" leaves the schema/],
    [{ type: 'string', pattern: '(?<!a)b' }, /pattern "\(\?<!a\)b" is wrong: invalid/],
    [{ type: 'string', format: 'email' }, /format/],
    [{ $ref: '#/$defs/absent' }, /absent/],
  ])('is refused when it is wrong or would not be checked: %j', (schema, message) => {
    expect(problems({ schema }, 'json')[0]?.message).toMatch(message);
  });

  it('may refer to its own parts', () => {
    expect(only({ schema: { $ref: '#/$defs/a', $defs: { a: { type: 'string' } } } }, 'json')?.matcher).toBe('schema');
    expect(only({ schema: { properties: { $ref: { type: 'string' } } } }, 'json')?.matcher).toBe('schema');
  });
});
