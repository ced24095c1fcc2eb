import { describe, expect, test } from 'vitest';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { burst } from './kind.ts';
import type { Spec } from './schema.ts';

const SPEC: Spec = { url: 'https://api.example.com/search', requests: 20, 'recover-within': '10s' };
const GOOD: Facts = {
  sent: 13,
  answered: 13,
  'ended-by': 'limit',
  statuses: { 200: 10, 429: 3 },
  limited: 3,
  'first-limited-at': 11,
  'retry-after': 2000,
  'rate-limit-headers': [],
  'rate-limit': { flaws: [] },
  'server-errors': 0,
  failures: [],
  duration: 120,
  recovered: true,
  'recovered-after': 2010,
};

const without = (facts: Facts, ...names: readonly string[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name)));

/** What breaks, each with the code and message of the first sign about it. */
const broken = (facts: Facts): readonly (readonly (string | undefined)[])[] => {
  const signs = burst.explain(facts, SPEC);
  return burst
    .defaults(SPEC)
    .filter((expectation) => !evaluate({ ...expectation, source: null }, facts, new Date()).held)
    .map(({ fact }) => {
      const sign = signs.find((one) => one.fact === fact);
      return [fact, sign?.code, sign?.message];
    });
};

describe('the defaults of a burst', () => {
  test('hold when a limit was found, told when to come back, and let go again', () => {
    expect(broken(GOOD)).toEqual([]);
  });

  const open = {
    ...without(GOOD, 'first-limited-at', 'retry-after', 'recovered', 'recovered-after'),
    sent: 20,
    answered: 20,
    'ended-by': 'requests',
    statuses: { 200: 20 },
    limited: 0,
  };

  test('break when nothing was limited, each with that reason', () => {
    const message = 'none of 20 requests in 120 ms was limited: 20 x 200';
    expect(broken(open)).toEqual([
      ['limited', 'rate-limit-absent', message],
      ['retry-after', 'rate-limit-absent', message],
      ['recovered', 'rate-limit-absent', message],
    ]);
  });

  test('say that 503 is no limit', () => {
    const facts = { ...open, statuses: { 200: 15, 503: 5 }, 'server-errors': 5, recovered: true };
    expect(broken(facts).slice(0, 2)).toEqual([
      ['server-errors', 'http-5xx', 'the service failed under the burst: 5 x 503 of 20 answers'],
      [
        'limited',
        'rate-limit-absent',
        'none of 20 requests in 120 ms was limited: 15 x 200, 5 x 503; 503 tells of overload, a limit answers 429',
      ],
    ]);
  });

  test('do not call a service unlimited that could not be asked fast enough', () => {
    const facts = { ...open, 'ended-by': 'time', answered: 4, sent: 4, statuses: { 200: 4 } };
    expect(broken(facts)[0]).toEqual([
      'limited',
      'timeout',
      'only 4 of 20 requests were answered within 10s, and none was limited: 4 x 200',
    ]);
  });

  test('break when the service drops requests', () => {
    const failures = [{ number: 6, code: 'connect-reset', message: 'the connection was reset in wait' }];
    const facts = { ...open, 'ended-by': 'failures', answered: 15, failures, recovered: true };
    const message = '5 of 20 requests had no answer; request 6: the connection was reset in wait';
    expect(broken(facts)).toEqual([
      ['failures', 'connect-reset', message],
      ['limited', 'connect-reset', message],
      ['retry-after', 'connect-reset', message],
    ]);
  });

  test('break when a limited answer does not tell when to come back', () => {
    const problem = '3 of 3 limited answers do not tell when to come back: there is no Retry-After';
    expect(broken({ ...without(GOOD, 'retry-after'), 'retry-after-problem': problem })).toEqual([
      ['retry-after', 'retry-after-missing', problem],
    ]);
  });

  test.each([
    [{ 'recovery-asked': 60_000 }, 'slow', 'the service asks to wait 60.0 s, longer than recover-within (10s)'],
    [
      { 'recovery-asked': 2000, 'recovery-waited': 2001, 'recovery-status': 429 },
      'assertion-failed',
      'the service still answers 429 2.0 s after the burst, although it asked to wait no longer than 2.0 s',
    ],
    [
      { 'recovery-waited': 10_000, 'recovery-status': 429 },
      'assertion-failed',
      'the service still answers 429 10.0 s after the burst',
    ],
    [
      { 'recovery-waited': 2000, 'recovery-status': 502 },
      'http-5xx',
      'the service answers 502 2.0 s after the burst, and not as before',
    ],
    [
      { 'recovery-waited': 2000, 'recovery-failure': { code: 'connect-refused', message: 'nobody listens' } },
      'connect-refused',
      'no answer 2.0 s after the burst: nobody listens',
    ],
  ])('break when the service does not recover: %j', (more, code, message) => {
    expect(broken({ ...without(GOOD, 'recovered-after'), recovered: false, ...more })).toEqual([
      ['recovered', code, message],
    ]);
  });

  test('warn when the headers contradict what happened', () => {
    const flaws = ['request 11 is limited, and 5 remain', 'b', 'c', 'd'];
    expect(broken({ ...GOOD, 'rate-limit': { flaws } })).toEqual([
      ['rate-limit.flaws', 'assertion-failed', 'request 11 is limited, and 5 remain; b; c'],
    ]);
    expect(burst.defaults(SPEC).find(({ fact }) => fact === 'rate-limit.flaws')?.level).toBe('warn');
  });
});

test('the signs of a burst tell of limits that no header tells', () => {
  const signs = burst.explain(GOOD, SPEC).filter(({ fact }) => fact === 'rate-limit.limit');
  expect(signs.map(({ message }) => message)).toEqual(['no answer has a header that tells its limit']);
  expect(burst.explain({ ...GOOD, 'rate-limit-headers': ['ratelimit'] }, SPEC)).toEqual([]);
});

test('what is flooded is what is connected to', () => {
  expect([
    burst.floods?.(SPEC),
    burst.floods?.({ ...SPEC, url: 'http://127.0.0.1:8080/' }),
    burst.floods?.({ ...SPEC, 'connect-to': 'Origin.Example.com:8443' }),
  ]).toEqual(['api.example.com:443', '127.0.0.1:8080', 'origin.example.com:8443']);
});

test('a look lasts as long as the burst and the recovery may', () => {
  expect(burst.lastsMs?.({ ...SPEC, within: '5s', 'recover-within': '30s' })).toBe(35_000);
  expect(burst.lastsMs?.({ url: SPEC.url, requests: 5 })).toBe(20_000);
});

const REFUSED: readonly (readonly [spec: Partial<Spec>, path: string, message: string])[] = [
  [{ url: 'ws://a.example/' }, 'url', 'has the scheme "ws": only http and https can be probed'],
  [{ url: 'http://a.example:0/' }, 'url', 'has port 0: expected 1 to 65535'],
  [{ within: '11m' }, 'within', 'is longer than 10 minutes'],
  [{ 'recover-within': '1000m' }, 'recover-within', 'is longer than 10 minutes'],
  [{ concurrency: 21 }, 'concurrency', 'is more than all 20 requests'],
];

test.each(REFUSED)('%j is refused before looking', (more, path, message) => {
  const [problem] = burst.problems({ ...SPEC, ...more });
  expect([problem?.path.join('.'), problem?.message]).toEqual([path, message]);
});
