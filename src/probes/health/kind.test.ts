import { describe, expect, it } from 'vitest';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { healthFacts } from './facts.ts';
import { health } from './kind.ts';
import { readHealth } from './read-health.ts';
import type { Spec } from './schema.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const URL_ONLY: Spec = { url: 'http://127.0.0.1/health' };

const answer = (status: number, body: string, spec: Spec = URL_ONLY, headers: Record<string, string> = {}): Facts => {
  const value: Json | undefined = body.startsWith('{') ? JSON.parse(body) : undefined;
  const json = value === undefined ? {} : { json: value };
  const reading = readHealth({ status, headers, body, json: value, at: NOW }, spec.format ?? 'auto');
  const facts = { status, headers, body, 'extra-bytes': 0, unreachable: [], ...json };
  return { ...facts, health: healthFacts(reading, spec.require ?? []) };
};

type Broken = readonly [level: string, fact: string, codes: readonly string[], message: string];

const related = (sign: string, fact: string): boolean =>
  sign === fact || fact.startsWith(`${sign}.`) || sign.startsWith(`${fact}.`);

/** The defaults that break, each with the codes of the signs about its fact and the message of the first. */
const broken = (facts: Facts, spec: Spec = URL_ONLY): readonly Broken[] => {
  const signs = health.explain(facts, spec);
  return health
    .defaults(spec)
    .filter((expectation) => !evaluate({ ...expectation, source: null }, facts, NOW).held)
    .map(({ level, fact }) => {
      const about = signs.filter((sign) => related(sign.fact, fact));
      return [level, fact, about.map((sign) => sign.code), about[0]?.message ?? ''];
    });
};

describe('the defaults of health', () => {
  it('hold for a pass', () => {
    expect(broken(answer(200, '{"status":"UP"}'))).toEqual([]);
  });

  it('let a warn be a warn', () => {
    expect(broken(answer(200, 'Degraded'))).toEqual([
      ['warn', 'health.status', ['health-warn'], 'the body says "Degraded"'],
    ]);
  });

  it('explain a 503 with a readable body by what broke, not by its number', () => {
    const facts = answer(503, '{"status":"DOWN","components":{"db":{"status":"DOWN","details":{"error":"refused"}}}}');
    const message = 'the body says "DOWN": db says "DOWN" (refused)';
    expect(broken(facts)).toEqual([
      ['expect', 'health.status', ['health-fail'], message],
      ['warn', 'health.status', ['health-fail'], message],
    ]);
  });

  it('break when the body fails and HTTP says 200', () => {
    expect(broken(answer(200, '{"status":"fail"}'))).toContainEqual([
      'expect',
      'health.disagreements',
      ['health-contradiction'],
      'the body says "fail", and HTTP 200 says that all is well',
    ]);
  });

  it('break when the body passes and HTTP says 503', () => {
    expect(broken(answer(503, 'OK')).map(([, , codes]) => codes)).toEqual([['health-contradiction']]);
  });

  it('name the component that contradicts the total', () => {
    const body = '{"status":"ok","info":{"db":{"status":"down"}},"error":{},"details":{"db":{"status":"down"}}}';
    expect(broken(answer(200, body))).toEqual([
      ['expect', 'health.contradictions', ['component-contradiction'], 'db says "down" while the total says "ok"'],
    ]);
  });

  it('warn about an answer from a cache', () => {
    expect(broken(answer(200, 'ok', URL_ONLY, { age: '7' }))).toEqual([
      ['warn', 'health.stale', ['health-stale'], 'the answer was in a cache for 7 seconds (Age: 7)'],
    ]);
  });

  it('break for a word that nobody knows', () => {
    expect(broken(answer(200, '{"status":"sparkling"}')).at(0)).toEqual([
      'expect',
      'health.status',
      ['health-unrecognised'],
      'the body says "sparkling": no status of the format json',
    ]);
  });
});

describe('a body that is not recognised', () => {
  it.each([
    [200, '{"hello":1}', 'health-unrecognised'],
    [200, '', 'health-unrecognised'],
    [200, '<!doctype html><p>ok', 'wrong-content-type'],
    [502, '<html>Bad gateway', 'http-5xx'],
    [404, '{"status":"error"}', 'http-4xx'],
    [401, '{"status":"ok"}', 'auth-required'],
    [403, 'ok', 'auth-forbidden'],
    [429, 'ok', 'rate-limited'],
    [302, '', 'redirect-unexpected'],
  ])('under %i %j is never a pass, for %s', (status, body, code) => {
    const [first] = broken(answer(status, body, URL_ONLY, status === 302 ? { location: '/login' } : {}));
    expect(first?.slice(0, 2)).toEqual(['expect', 'health.status']);
    expect(first?.[2][0]).toBe(code);
  });

  it('under 502 breaks more than the status, so that a check that accepts unknown still fails', () => {
    expect(broken(answer(502, '<html>')).map(([, fact]) => fact)).toContain('health.disagreements');
  });

  it('does not say why the JSON is broken where text was meant', () => {
    expect(broken(answer(200, 'hello')).at(0)?.[2]).toEqual(['health-unrecognised']);
  });
});

describe('require', () => {
  const body = '{"status":"UP","components":{"db":{"status":"UP"},"search.index":{"status":"UNKNOWN"}}}';

  it('holds for a listed component that passes, by exact name', () => {
    const spec = { ...URL_ONLY, require: ['db'] };
    expect(broken(answer(200, '{"status":"UP","components":{"db":{"status":"UP"}}}', spec), spec)).toEqual([]);
  });

  it('names the component that is not listed', () => {
    const spec = { ...URL_ONLY, require: ['DB'] };
    expect(broken(answer(200, '{"status":"UP"}', spec), spec)).toEqual([
      ['expect', 'health.missing', ['component-missing'], 'the required component DB is not listed'],
      ['expect', 'health.components.DB', ['component-missing'], 'the required component DB is not listed'],
    ]);
  });

  it('fails a component that only warns, a dotted name included', () => {
    const spec = { ...URL_ONLY, require: ['search.index'] };
    expect(broken(answer(200, body, spec), spec)).toContainEqual([
      'expect',
      'health.components.search.index',
      ['health-fail'],
      'the required component search.index is warn',
    ]);
  });

  it('is not met by names that every object has', () => {
    const spec = { ...URL_ONLY, require: ['constructor', '__proto__'] };
    expect(broken(answer(200, '{"status":"UP"}', spec), spec)).toHaveLength(3);
  });

  it('is not met by a body that was not read', () => {
    const spec = { ...URL_ONLY, require: ['db'] };
    expect(broken(answer(200, '{"hello":1}', spec), spec).map(([, fact]) => fact)).toContain('health.missing');
  });

  it('takes the worst of two components of one name', () => {
    const spec = { ...URL_ONLY, require: ['db'] };
    const twice = '{"status":"warn","checks":{"db":[{"status":"pass"},{"status":"fail"},{"status":"pass"}]}}';
    expect(broken(answer(200, twice, spec), spec)).toContainEqual([
      'expect',
      'health.components.db',
      ['health-fail'],
      'the required component db is fail',
    ]);
  });
});

describe('the spec of health', () => {
  it('refuses HEAD, which has no body to read', () => {
    expect(health.problems({ ...URL_ONLY, method: 'head' })).toEqual([
      { path: ['method'], message: 'is HEAD: a health check reads the body' },
    ]);
    expect(health.problems(URL_ONLY)).toEqual([]);
  });
});
