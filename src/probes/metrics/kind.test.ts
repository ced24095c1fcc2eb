import { describe, expect, test } from 'vitest';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { metrics } from './kind.ts';
import type { Spec } from './schema.ts';

const URL_ONLY: Spec = { url: 'http://127.0.0.1/metrics' };
const GOOD: Facts = {
  status: 200,
  headers: { 'content-type': 'text/plain; version=0.0.4' },
  'extra-bytes': 0,
  unreachable: [],
  format: 'prometheus',
  valid: true,
  'metric-families': 1,
  series: 1,
  metrics: {},
};

const related = (sign: string, fact: string): boolean =>
  sign === fact || fact.startsWith(`${sign}.`) || sign.startsWith(`${fact}.`);

/** What breaks, each with the code and message of the first sign about it. */
const broken = (facts: Facts, spec: Spec = URL_ONLY): readonly (readonly (string | undefined)[])[] => {
  const signs = metrics.explain(facts, spec);
  return metrics
    .defaults(spec)
    .filter((expectation) => !evaluate({ ...expectation, source: null }, facts, new Date()).held)
    .map(({ fact }) => {
      const sign = signs.find((one) => related(one.fact, fact));
      return [fact, sign?.code, sign?.message];
    });
};

describe('the defaults of metrics', () => {
  test('hold for a scrape that can be read', () => {
    expect(broken(GOOD)).toEqual([]);
  });

  test('break with the line that is wrong', () => {
    const facts = { status: 200, 'extra-bytes': 0, unreachable: [], format: 'prometheus', valid: false };
    const message = 'line 2: expected a value, found "one"';
    expect(broken({ ...facts, problem: message, body: 'a 1\nb one\n' })).toEqual([
      ['valid', 'schema-violation', message],
      ['series', 'schema-violation', message],
    ]);
  });

  test('break with a page that came instead', () => {
    const headers = { 'content-type': 'text/html' };
    const facts = { status: 200, 'extra-bytes': 0, unreachable: [], valid: false, headers };
    const message = 'the body is an HTML page where metrics were expected';
    expect(broken({ ...facts, problem: 'the Content-Type is none', body: '<html>' })).toEqual([
      ['valid', 'wrong-content-type', message],
      ['series', 'wrong-content-type', message],
    ]);
  });

  test('break with the status when it is no success, so that 401 stays what we cannot tell', () => {
    const facts = { status: 401, headers: {}, body: 'no', 'extra-bytes': 0, unreachable: [] };
    expect(new Set(broken(facts, { ...URL_ONLY, names: ['up'] }).map(([, code]) => code))).toEqual(
      new Set(['auth-required']),
    );
    expect(broken(facts)).toHaveLength(3);
  });

  test('break with what is not text', () => {
    const problem = 'the body is not valid utf-8 at byte 3';
    const facts = {
      status: 200,
      headers: {},
      'extra-bytes': 0,
      unreachable: [],
      valid: false,
      'body-problem': problem,
    };
    expect(broken(facts)[0]).toEqual(['valid', 'invalid-utf8', problem]);
  });

  test('break when there is nothing in it', () => {
    expect(broken({ ...GOOD, series: 0, 'metric-families': 0 })).toEqual([
      ['series', 'value-missing', 'the answer has not a single metric'],
    ]);
    expect(broken({ ...GOOD, series: 0, 'metric-families': 3 })).toEqual([
      ['series', 'value-missing', '3 metrics are declared, and none has a sample'],
    ]);
  });

  test('break when a metric that must be there is not', () => {
    expect(broken({ ...GOOD, missing: ['a', 'b'] }, { ...URL_ONLY, names: ['a', 'b'] })).toEqual([
      ['missing', 'value-missing', 'there is no series of a, b'],
    ]);
  });
});

describe('the signs of metrics', () => {
  test('tell a value that is no number from one that is not there', () => {
    const facts = { ...GOOD, metrics: { a: 'NaN', 'sum(c)': 5 }, trouble: { a: 'a{} is NaN', b: 'there is no b' } };
    expect(metrics.explain(facts, URL_ONLY).filter(({ fact }) => fact.startsWith('metrics'))).toEqual([
      { code: 'type-mismatch', fact: 'metrics.a', message: 'a{} is NaN' },
      { code: 'value-missing', fact: 'metrics.b', message: 'there is no b' },
    ]);
  });

  test.each([
    ['above', 0],
    ['below', 1],
    ['equals', 0],
    ['not', [{ matcher: 'equals', expected: 0 }]],
    ['not', [{ matcher: 'above', expected: 0 }]],
    ['exists', false],
  ] as const)('come with a NaN for which %s %j does not hold', (matcher, expected) => {
    const facts = { ...GOOD, metrics: { 'a{b="c.d"}': 'NaN' } };
    const asked = { fact: 'metrics.a{b="c.d"}', matcher, expected, level: 'expect', code: null, source: null } as const;
    expect(evaluate(asked, facts, new Date()).held).toBe(false);
  });
});

const REFUSED: readonly (readonly [spec: Spec, path: string, message: string])[] = [
  [{ url: 'http://127.0.0.1/m', method: 'HEAD' }, 'method', 'is HEAD: metrics are read from the body'],
  [
    { url: 'http://127.0.0.1/m', names: ['up', 'up{a="b"}'] },
    'names.1',
    'is no plain name: ask for a selector under expect, as metrics.SELECTOR',
  ],
  [{ url: 'ftp://127.0.0.1/m' }, 'url', 'has the scheme "ftp": only http and https can be probed'],
];

test.each(REFUSED)('%j is refused before looking', (spec, path, message) => {
  const [problem] = metrics.problems(spec);
  expect([problem?.path.join('.'), problem?.message]).toEqual([path, message]);
});
