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

  it.each<[Json, FactType, RegExp]>([
    [300, 'duration', /write 300ms, 300s or 300m/],
    ['5s', 'number', /no unit/],
    ['5', 'number', /without quotes/],
    [1.1, 'string', /write "1.1" in quotes/],
    [99.5, 'ratio', /write 99.5%/],
    ['1.2.3.4', 'list', /contains/],
    ['200', 'status', /2xx/],
    [[], 'status', /2xx/],
    [600, 'status', /2xx/],
    ['2026-12-01T09:30:00', 'time', /Z/],
    ['2026-02-31', 'time', /write/],
  ])('is refused with a hint when it cannot hold: %j under %s', (written, type, hint) => {
    expect(problems(written, type)).toMatchObject([{ path: [], hint: expect.stringMatching(hint) }]);
  });

  it('is refused when it is of another type than the fact', () => {
    expect(problems('yes', 'boolean')).toEqual([{ path: [], message: 'expected true or false, found the text "yes"' }]);
    expect(problems(null, 'number')).toHaveLength(1);
    expect(problems([1], 'string')).toHaveLength(1);
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

  it('reads a status by its own rules everywhere', () => {
    expect(only({ in: [200, '3xx'] }, 'status')).toEqual({ matcher: 'status', expected: [200, '3xx'] });
    expect(only({ equals: '2xx' }, 'status')).toEqual({ matcher: 'status', expected: ['2xx'] });
    expect(only({ below: 400 }, 'status')).toEqual({ matcher: 'below', expected: 400 });
  });

  it('suggests the matcher that was probably meant', () => {
    expect(problems({ belwo: 5 }, 'number')).toEqual([
      { path: ['belwo'], message: 'there is no matcher "belwo"', hint: 'did you mean "below"?' },
    ]);
    expect(problems({ status: 200 }, 'status')[0]?.message).toBe('there is no matcher "status"');
    expect(problems({ constructor: 1, ['__proto__']: 1 }, 'json')).toHaveLength(2);
  });

  it('reports all problems at once, with the path to each', () => {
    const found = problems({ any: [{ above: 'x' }, { not: { below: '5s' } }], exists: 1 }, 'number');
    expect(found.map(({ path }) => path)).toEqual([['any', 0, 'above'], ['any', 1, 'not', 'below'], ['exists']]);
  });

  it.each<[Json, FactType]>([
    [{}, 'string'],
    [{ in: [] }, 'string'],
    [{ any: [] }, 'string'],
    [{ all: [] }, 'string'],
    [{ every: {} }, 'list'],
    [{ contains: '' }, 'string'],
    [{ 'starts-with': '' }, 'string'],
    [{ schema: {} }, 'json'],
  ])('is refused when it would assert nothing: %j', (written, type) => {
    expect(problems(written, type)).toHaveLength(1);
  });

  it.each<[Json, FactType]>([
    [{ above: 1 }, 'string'],
    [{ above: 1 }, 'time'],
    [{ matches: 'x' }, 'number'],
    [{ every: 1 }, 'string'],
    [{ empty: true }, 'number'],
    [{ contains: 'x' }, 'number'],
    [{ contains: ['a', 'b'] }, 'json'],
    [{ contains: 1 }, 'string'],
    [{ 'newer-than': '1h' }, 'duration'],
    [{ 'newer-than': 15 }, 'time'],
    [{ between: [2, 1] }, 'number'],
    [{ between: [1] }, 'number'],
    [{ type: 'text' }, 'json'],
    [{ empty: 'yes' }, 'list'],
  ])('is refused when it can never hold: %j under %s', (written, type) => {
    expect(problems(written, type)).toHaveLength(1);
  });

  it('refuses a pattern that the engine without backtracking cannot run', () => {
    expect(problems({ matches: '(' }, 'string')[0]?.message).toMatch(/the pattern is wrong: missing closing \)/);
    expect(problems({ matches: '(?=a)' }, 'string')).toHaveLength(1);
  });
});

describe('a schema', () => {
  it.each<[Json, RegExp]>([
    [{ typ: 'string' }, /unknown keyword/],
    [{ type: 'text' }, /type/],
    [{ $ref: 'https://schemas.example.com/a.json' }, /leaves the schema/],
    [{ properties: { a: { items: [{ $dynamicRef: 'other#x' }] } } }, /leaves the schema/],
    [{ type: 'string', pattern: '(?<!a)b' }, /pattern/],
    [{ type: 'string', format: 'email' }, /format/],
    [{ $ref: '#/$defs/absent' }, /absent/],
  ])('is refused when it is wrong or would not be checked: %j', (schema, message) => {
    expect(problems({ schema }, 'json')[0]?.message).toMatch(message);
  });

  it('may refer to its own parts', () => {
    expect(only({ schema: { $ref: '#/$defs/a', $defs: { a: { type: 'string' } } } }, 'json')?.matcher).toBe('schema');
  });
});
