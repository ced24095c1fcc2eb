import { describe, expect, test } from 'vitest';
import type { Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import type { CheckResult } from '../model/run.ts';
import { findContradictions } from './contradictions.ts';
import { hollowMeasures, toolsApart } from './health-claims.ts';
import { judgeRun } from './judge-run.ts';
import { attempt, broken, done, NOW, observed, plannedCheck, result, runRecord } from './test-run.ts';

const HEALTH: Json = {
  status: 'ok',
  tools: ['ask', 'refresh'],
  metrics: { ask: { calls: 0, errors: 0, errorRate: '0%' } },
};

const HEALTH_FACTS: Facts = { json: HEALTH };

/** What became of checks of one component, each with its facts; it fails when `good` is false. */
const checked = (
  ...checks: readonly { kind: string; facts: Facts; good?: boolean; component?: string | null; id?: string }[]
): readonly CheckResult[] =>
  judgeRun(
    runRecord({
      checks: checks.map(({ kind, facts, good = true, component = 'support', id = kind }) => [
        plannedCheck(id, { kind, component }),
        done(attempt(observed(facts), [good ? result() : broken()])),
      ]),
      gates: [],
    }),
    NOW,
  ).checks;

const health = (json: Json = HEALTH) => ({ kind: 'health', facts: { json } });
const tool = (facts: Facts, good = true) => ({ kind: 'mcp', facts, good });
const listing = (...tools: readonly string[]): Facts => ({ tools, 'tool-count': tools.length });

describe('an error rate over no calls', () => {
  test.each<[Json, readonly unknown[]]>([
    [HEALTH, [{ what: 'ask', claim: 'errors 0', over: 'calls 0' }]],
    [
      { requests: '0', failure_rate: '0.0 %' },
      [{ what: 'health', claim: 'failure_rate "0.0 %"', over: 'requests "0"' }],
    ],
    [{ Total_Requests: 0, total: 0, errorRate: 0 }, [{ what: 'health', claim: 'errorRate 0', over: 'total 0' }]],
    [{ queries: 0, failures: 0 }, [{ what: 'health', claim: 'failures 0', over: 'queries 0' }]],
    [{ count: ' 000 ', failed: '0.00%' }, [{ what: 'health', claim: 'failed "0.00%"', over: 'count " 000 "' }]],
    [
      { a: { calls: 0, errors: 0 }, b: { c: { requests: 0, errors: 0 } } },
      [
        { what: 'a', claim: 'errors 0', over: 'calls 0' },
        { what: 'c', claim: 'errors 0', over: 'requests 0' },
      ],
    ],
    [{ calls: '0 of 12', errors: 0 }, []],
    [{ calls: '10', errors: 0 }, []],
    [{ calls: '0.5', errors: 0 }, []],
    [{ calls: '', errors: 0 }, []],
    [{ calls: null, errors: 0 }, []],
    [{ calls: false, errors: 0 }, []],
    [{ calls: 0, errors: 1 }, []],
    [{ errors: 0 }, []],
    [{ callers: 0, errors: 0 }, []],
    [[{ calls: 0, errors: 0 }], []],
    [null, []],
    [{ calls: 12, errorRate: '0%' }, []],
    [{ calls: 0, errorRate: '3%' }, []],
    [{ calls: 0 }, []],
    ['ok', []],
  ])('of %j', (json, found) => {
    expect(hollowMeasures({ facts: { json } })).toEqual(found);
  });

  test('contradicts itself where no other check of the component passes', () => {
    expect(findContradictions(checked(health()))).toMatchObject([
      { component: 'support', evidence: { check: 'health', says: 'calls 0' } },
    ]);
    expect(findContradictions(checked(health(), tool({})))).toEqual([]);
    expect(findContradictions(checked({ ...health(), component: null }))).toEqual([]);
  });

  test('is told with the claim where another check fails, and not twice', () => {
    const found = findContradictions(checked(health(), tool({}, false)));
    expect(found).toHaveLength(1);
    expect(found[0]?.claim.says).toContain('with errors 0 of ask over calls 0');
  });
});

describe('measures that are nested', () => {
  const nested = (depth: number): Json => (depth === 0 ? { calls: 0, errors: 0 } : { in: nested(depth - 1) });

  test('are looked for six levels deep', () => {
    expect(hollowMeasures({ facts: { json: nested(6) } })).toHaveLength(1);
    expect(hollowMeasures({ facts: { json: nested(7) } })).toEqual([]);
  });
});

describe('a health endpoint that is contradicted', () => {
  const sick = (kind: string, message = 'it is down') => ({ ...tool({}, false), kind, message });

  test('is told with all that speaks against it', () => {
    const found = findContradictions(checked(health({ status: 'ok' }), sick('mcp'), sick('http'), sick('tcp')));
    expect(found).toEqual([
      {
        component: 'support',
        claim: { check: 'health', says: 'the health endpoint is well' },
        evidence: { check: 'mcp', says: 'status: number 500 is not 2xx' },
        message:
          'health passes for support (the health endpoint is well) while mcp fails: status: number 500 is not 2xx; so do http, tcp',
      },
    ]);
    const two = findContradictions(checked(health({ status: 'ok' }), sick('mcp'), sick('http')));
    expect(two[0]?.message).toMatch(/; so does http$/);
  });

  test.each<[Json, string]>([
    [{ status: 'pass' }, 'health status is "pass"'],
    [{ status: 5 }, 'the health endpoint is well'],
    [{}, 'the health endpoint is well'],
    [null, 'the health endpoint is well'],
    ['pass', 'the health endpoint is well'],
  ])('says what it said: %j', (said, says) => {
    const claim = { kind: 'health', facts: { health: said } };
    expect(findContradictions(checked(claim, sick('mcp')))[0]?.claim).toEqual({ check: 'health', says });
  });

  test('is one for each component', () => {
    const other = { component: 'search' };
    const found = findContradictions(
      checked(
        health({}),
        sick('mcp'),
        { ...health({}), ...other, id: 'search-health' },
        { ...sick('http'), ...other },
        { ...sick('tcp'), component: null },
      ),
    );
    expect(found.map(({ component, claim, evidence }) => [component, claim.check, evidence.check])).toEqual([
      ['support', 'health', 'mcp'],
      ['search', 'search-health', 'http'],
    ]);
  });

  const judged = (one: Partial<CheckResult>) => {
    const [claim, evidence] = checked(health({}), tool({}));
    return claim === undefined || evidence === undefined ? [] : findContradictions([claim, { ...evidence, ...one }]);
  };

  test.each<[Partial<CheckResult>, string | null]>([
    [{ outcome: 'fail', reasonCode: 'assertion-failed' }, 'fails'],
    [{ outcome: 'fail', reasonCode: 'slow' }, null],
    [{ outcome: 'warn', reasonCode: 'slow' }, null],
    [{ outcome: 'warn', reasonCode: 'index-degraded' }, 'does not pass'],
    [{ outcome: 'fail', reasonCode: 'index-missing' }, 'fails'],
    [{ outcome: 'warn', reasonCode: 'golden-miss' }, null],
    [{ outcome: 'unknown', reasonCode: 'auth-required' }, null],
    [{ outcome: 'fail', reasonCode: 'health-fail', kind: 'health' }, null],
    [{ outcome: 'pass', reasonCode: null }, null],
  ])('by what fails or finds its index wanting: %j', (one, verb) => {
    expect(judged({ ...one, message: 'so it is' }).map(({ message }) => message)).toEqual(
      verb === null ? [] : [`health passes for support (the health endpoint is well) while mcp ${verb}: so it is`],
    );
  });
});

describe('an error rate over no calls, alone', () => {
  test('is told in one sentence', () => {
    expect(findContradictions(checked(health()))).toEqual([
      {
        component: 'support',
        claim: { check: 'health', says: 'errors 0 of ask' },
        evidence: { check: 'health', says: 'calls 0' },
        message:
          'health shows errors 0 of ask for support, over calls 0: nothing was measured, and no other check of it passes',
      },
    ]);
  });

  test('is not borne out by a check that did not pass, and is no claim of an endpoint that is not well', () => {
    const [claim, other] = checked(health(), tool({}));
    const seen = (given: Partial<CheckResult>) =>
      claim === undefined || other === undefined ? [] : findContradictions([claim, { ...other, ...given }]);
    expect(seen({ outcome: 'unknown', reasonCode: 'auth-required' })).toHaveLength(1);
    expect(seen({ outcome: 'warn', reasonCode: 'slow' })).toHaveLength(1);
    expect(seen({ outcome: 'pass' })).toEqual([]);
    expect(findContradictions(checked({ ...health(), good: false }, tool(listing('report'))))).toEqual([]);
  });

  test('is not borne out by another health endpoint, nor by another component', () => {
    const passing = { kind: 'mcp', facts: {}, component: 'search' };
    const other = { kind: 'health', facts: {}, id: 'other-health' };
    const red = { kind: 'http', facts: HEALTH_FACTS };
    expect(findContradictions(checked({ ...red, component: 'search' }))).toEqual([]);
    expect(findContradictions(checked(health(), passing, other))).toHaveLength(1);
  });
});

describe('the tools that a health endpoint names', () => {
  test('are those that the server lists, in any order', () => {
    expect(toolsApart({ facts: { json: HEALTH } }, { facts: listing('refresh', 'ask') })).toBeNull();
    expect(findContradictions(checked(health(), tool(listing('refresh', 'ask'))))).toEqual([]);
  });

  test('are told where they differ', () => {
    expect(toolsApart({ facts: { json: HEALTH } }, { facts: listing('ask', 'report') })).toEqual({
      absent: ['refresh'],
      unnamed: ['report'],
    });
    expect(findContradictions(checked(health(), tool(listing('ask', 'report'))))).toEqual([
      {
        component: 'support',
        claim: { check: 'health', says: 'the tools that it names' },
        evidence: { check: 'mcp', says: 'refresh is not listed, and report is not named' },
        message: 'health names other tools of support than mcp finds: refresh is not listed, and report is not named',
      },
    ]);
    const said = (...tools: readonly string[]) =>
      findContradictions(checked(health(), tool(listing(...tools))))[0]?.evidence.says;
    expect(said('report')).toBe('ask, refresh are not listed, and report is not named');
    expect(said('ask')).toBe('refresh is not listed');
    expect(said('ask', 'refresh', 'a', 'b')).toBe('a, b are not named');
    expect(findContradictions(checked(health(), { ...tool(listing('report')), component: 'search' }))).toHaveLength(1);
    expect(findContradictions(checked(health(), { ...tool(listing('report')), kind: 'http' }))).toEqual([]);
  });

  test('cannot be compared with a list that was cut, or with none', () => {
    const apart = (facts: Facts, json: Json = HEALTH) => toolsApart({ facts: { json } }, { facts });
    expect(apart({ tools: ['ask'], 'tool-count': 300 })).toBeNull();
    expect(apart({})).toBeNull();
    expect(apart(listing('ask'), {})).toBeNull();
    expect(apart(listing('ask'), { tools: 'many' })).toBeNull();
    expect(apart(listing('ask'), { tools: [] })).toBeNull();
    expect(apart(listing('ask'), { tools: ['refresh', 5] })).toBeNull();
    expect(apart(listing('ask'), ['refresh'])).toBeNull();
    expect(apart(listing('ask'), null)).toBeNull();
    expect(apart(listing('ask'), { tools: [{ name: 'ask' }] })).toBeNull();
    expect(apart({ tools: [{ name: 'ask' }], 'tool-count': 1 }, { tools: [{ name: 'refresh' }] })).toEqual({
      absent: ['refresh'],
      unnamed: ['ask'],
    });
  });
});
