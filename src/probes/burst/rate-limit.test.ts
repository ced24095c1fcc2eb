import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRateLimit } from './rate-limit.ts';
import { readMembers } from './structured-field.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
type Headers = { readonly [name: string]: string };

const NOTHING = { limit: null, windowMs: null, remaining: null, resetMs: null, policy: null, flaws: [] };

const read = (headers: Headers) => {
  const { names: _names, ...told } = readRateLimit(Object.entries(headers), NOW);
  return told;
};

describe('the headers of a limit', () => {
  test.each<[what: string, headers: Headers, told: object]>([
    [
      'the newest draft',
      { 'ratelimit-policy': '"burst";q=100;w=60', ratelimit: '"burst";r=50;t=30' },
      { limit: 100, windowMs: 60_000, remaining: 50, resetMs: 30_000, policy: '"burst";q=100;w=60' },
    ],
    [
      'the tightest of several limits, with its own policy',
      {
        'ratelimit-policy': '"day";q=1000;w=86400, "burst";q=10;w=1;qu="requests";pk=:cHNl:',
        ratelimit: '"day";r=900;t=3600, "burst";r=3;t=1',
      },
      { limit: 10, windowMs: 1000, remaining: 3, resetMs: 1000 },
    ],
    ['no time and no policy', { ratelimit: '"default";r=5' }, { remaining: 5 }],
    [
      'the seventh draft',
      { 'ratelimit-policy': '100;w=60', ratelimit: 'limit=100, remaining=50, reset=5' },
      { limit: 100, windowMs: 60_000, remaining: 50, resetMs: 5000, policy: '100;w=60' },
    ],
    [
      'the three of before',
      { 'ratelimit-limit': '100, 100;w=60, 1000;w=3600', 'ratelimit-remaining': '50', 'ratelimit-reset': '5' },
      { limit: 100, windowMs: 60_000, remaining: 50, resetMs: 5000 },
    ],
    [
      'X and seconds',
      { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '59', 'x-ratelimit-reset': '30' },
      { limit: 60, remaining: 59, resetMs: 30_000 },
    ],
    ['X and an instant', { 'x-ratelimit-reset': String(NOW.getTime() / 1000 + 90) }, { resetMs: 90_000 }],
    ['X and an instant in milliseconds', { 'x-rate-limit-reset': String(NOW.getTime() + 90_000) }, { resetMs: 90_000 }],
    ['X in words, which have no rule to break', { 'x-ratelimit-limit': '100 per hour' }, {}],
  ])('are read: %s', (_what, headers, told) => {
    expect(read(headers)).toEqual({ ...NOTHING, policy: headers['ratelimit-policy'] ?? null, ...told });
  });

  test.each<[headers: Headers, flaws: readonly string[]]>([
    [{ ratelimit: 'lots' }, ['ratelimit: "lots" does not tell r']],
    [{ ratelimit: '"a";r=1,' }, ['ratelimit: "\\"a\\";r=1," cannot be read']],
    [{ ratelimit: '"a' }, ['ratelimit: "\\"a" cannot be read']],
    [{ ratelimit: '' }, ['ratelimit: "" cannot be read']],
    [{ ratelimit: '"a";t=5' }, ['ratelimit: "\\"a\\";t=5" does not tell r']],
    [{ 'ratelimit-policy': '"a";w=5' }, ['ratelimit-policy: "\\"a\\";w=5" does not tell q']],
    [{ ratelimit: '"a";r=-1' }, ['ratelimit: "\\"a\\";r=-1" does not tell r']],
    [{ 'ratelimit-remaining': '5 left' }, ['ratelimit-remaining: "5 left" cannot be read']],
  ])('of %j have flaws', (headers, flaws) => {
    expect(readRateLimit(Object.entries(headers), NOW).flaws).toEqual(flaws);
  });

  test('names are told in a fixed order, whatever order they came in', () => {
    const headers = [
      ['x-ratelimit-limit', '5'],
      ['server', 'x'],
      ['ratelimit', '"a";r=1'],
    ] as const;
    expect(readRateLimit(headers, NOW).names).toEqual(['ratelimit', 'x-ratelimit-limit']);
  });
});

describe('a structured field', () => {
  test('is read with keys, escapes and parameters without a value', () => {
    expect(readMembers('a=1.5;b;c="x\\"\\\\y" , d=tok/en*;e=?0,f=:YWI=:')).toEqual([
      {
        key: 'a',
        value: 1.5,
        parameters: new Map<string, string | number>([
          ['b', '?1'],
          ['c', 'x"\\y'],
        ]),
      },
      { key: 'd', value: 'tok/en*', parameters: new Map([['e', '?0']]) },
      { key: 'f', value: ':YWI=:', parameters: new Map() },
    ]);
  });

  test('is read or refused in a time that its length bounds', () => {
    const hostile = [
      '"'.repeat(60_000),
      ' '.repeat(60_000),
      'a;'.repeat(30_000),
      'a=1;b='.repeat(10_000),
      '\\"'.repeat(30_000),
    ];
    const started = performance.now();
    for (const text of hostile) readMembers(text);
    expect(performance.now() - started).toBeLessThan(500);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab="\\;, 1.-:?') }), (text) => {
        expect(readMembers(text)?.length).not.toBe(0);
      }),
    );
  });
});
