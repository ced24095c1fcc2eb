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

/** What became of checks of one component, each with its facts; it fails when `good` is false. */
const checked = (
  ...checks: readonly { kind: string; facts: Facts; good?: boolean; component?: string | null }[]
): readonly CheckResult[] =>
  judgeRun(
    runRecord({
      checks: checks.map(({ kind, facts, good = true, component = 'support' }) => [
        plannedCheck(kind, { kind, component }),
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
    expect(findContradictions(checked(health(), tool(listing('ask', 'report'))))[0]?.message).toBe(
      'health names other tools of support than mcp finds: refresh is not listed, and report is not named',
    );
  });

  test('cannot be compared with a list that was cut, or with none', () => {
    const apart = (facts: Facts, json: Json = HEALTH) => toolsApart({ facts: { json } }, { facts });
    expect(apart({ tools: ['ask'], 'tool-count': 300 })).toBeNull();
    expect(apart({})).toBeNull();
    expect(apart(listing('ask'), {})).toBeNull();
    expect(apart(listing('ask'), { tools: 'many' })).toBeNull();
  });
});
