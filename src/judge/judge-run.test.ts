import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/config.ts';
import type { CheckRecord, RunRecord } from '../execute/event.ts';
import type { RecordedCheck } from '../plan/plan.ts';
import { judgeRun } from './judge-run.ts';
import { waiver } from './test-manual.ts';
import {
  FLAKY,
  NOW,
  attempt,
  done,
  gate,
  leftOut,
  observed,
  plannedCheck,
  recordOf,
  runRecord,
  unobserved,
} from './test-run.ts';

type Checks = readonly (readonly [RecordedCheck, CheckRecord | null])[];

const judge = (checks: Checks, gates: readonly Gate[], given: Partial<RunRecord> = {}) =>
  judgeRun(runRecord({ checks, gates, run: given }), NOW);

const api = plannedCheck('api');
const index = plannedCheck('index', { needs: ['api'] });

describe('the verdict', () => {
  it('is GO when every must passed, and says so', () => {
    const run = judge([[api, recordOf.pass]], [gate('launch', ['api'])]);
    expect(run).toMatchObject({ verdict: 'GO', blockers: [], repair: null, banners: [], notChecked: [] });
    expect(run.reasons).toEqual(['every must criterion of the gate launch passed (1)']);
  });

  it.each([
    ['fail', 'NO-GO'],
    ['unknown', 'HOLD'],
    ['skipped', 'HOLD'],
    ['warn', 'CONDITIONAL'],
  ] as const)('of a must that ends in %s is %s', (outcome, verdict) => {
    expect(judge([[api, recordOf[outcome]]], [gate('launch', ['api'])]).verdict).toBe(verdict);
  });

  it('is HOLD for one of several parts, whatever it saw, and says how to come to a verdict', () => {
    const partOf = (count: number) => {
      const shard = { index: 1, count, order: ['api'], cut: 'c'.repeat(64) };
      const checks = [[api, recordOf.pass]] as const;
      return judgeRun(runRecord({ checks, gates: [gate('launch', ['api'])], plan: { shard } }), NOW);
    };
    expect(partOf(2)).toMatchObject({
      verdict: 'HOLD',
      validUntil: null,
      reasons: ['this is part 1 of 2; gonogo merge gives the verdict of the whole run'],
    });
    expect(partOf(1).verdict).toBe('GO');
  });

  it('is HOLD without gates', () => {
    expect(judge([[api, recordOf.pass]], [])).toMatchObject({
      verdict: 'HOLD',
      reasons: ['there is no gate, so nothing was proved'],
    });
  });

  it('is HOLD when no must was evaluated', () => {
    const optional = gate('launch', [], { criteria: [{ id: 'api', tier: 'nice' }] });
    expect(judge([[api, recordOf.pass]], [optional]).verdict).toBe('HOLD');
    const absent = judge([[api, recordOf.pass]], [gate('launch', ['elsewhere'])]);
    expect(absent.verdict).toBe('HOLD');
    expect(absent.gates[0]).toMatchObject({ blockedBy: ['elsewhere'], criteria: [{ outcome: 'skipped' }] });
  });

  it('is HOLD when a must was left out of the run, whatever else passed', () => {
    const run = judge([[api, recordOf.pass]], [gate('launch', ['api', 'elsewhere'])]);
    expect(run.verdict).toBe('HOLD');
    expect(run.reasons).toEqual(['elsewhere is not part of this run']);
  });

  it.each([
    ['interrupted', { interruptedBy: 'SIGINT' }],
    ['past its deadline', { interruptedBy: 'deadline' }],
    ['cut off', { finishedAt: null, durationMs: null }],
    ['without a check', { checks: new Map() }],
  ] as const)('is HOLD at best for a run that was %s', (_, given) => {
    const run = judge([[api, recordOf.pass]], [gate('launch', ['api'])], given);
    expect(run).toMatchObject({ verdict: 'HOLD', validUntil: null, run: { complete: false } });
    expect(run.banners[0]).toMatch(/^This run is not complete/);
    expect(run.reasons[0]).toMatch(/^This run is not complete/);
  });

  it('stays NO-GO for an interrupted run that has seen a failure', () => {
    expect(judge([[api, recordOf.fail]], [gate('launch', ['api'])], { interruptedBy: 'SIGTERM' }).verdict).toBe(
      'NO-GO',
    );
  });

  it('is that of the worst gate, and of the worst gate that it needs, through any number of others', () => {
    const gates = [
      gate('launch', ['api'], { needs: ['middle'] }),
      gate('middle', ['api'], { needs: ['first'] }),
      gate('first', ['index']),
    ];
    const run = judge(
      [
        [api, recordOf.pass],
        [plannedCheck('index'), recordOf.fail],
      ],
      gates,
    );
    expect(run.gates.map(({ verdict }) => verdict)).toEqual(['NO-GO', 'NO-GO', 'NO-GO']);
    expect(run.gates[0]?.blockedBy).toEqual(['middle', 'first'].slice(1));
  });

  it('is HOLD when a needed gate was not judged', () => {
    expect(judge([[api, recordOf.pass]], [gate('launch', ['api'], { needs: ['gone'] })]).verdict).toBe('HOLD');
  });

  it('counts a flaky pass as its gate says', () => {
    const of = (flaky: Gate['flaky']) => judge([[api, FLAKY]], [gate('launch', ['api'], { flaky })]);
    expect(of('warn').verdict).toBe('CONDITIONAL');
    expect(of('warn').gates[0]?.conditions).toEqual(['api passed only after a failed attempt (3 attempts)']);
    expect(of('ignore').verdict).toBe('GO');
    expect(of('fail').verdict).toBe('NO-GO');
    expect(of('fail').blockers).toMatchObject([{ cause: { check: 'api', reasonCode: 'timeout' }, verdict: 'NO-GO' }]);
  });
});

describe('a gate', () => {
  it('tells what it covers', () => {
    const checks: Checks = [
      [plannedCheck('a'), recordOf.pass],
      [plannedCheck('b'), recordOf.fail],
      [plannedCheck('c'), recordOf.unknown],
    ];
    expect(judge(checks, [gate('launch', ['a', 'b', 'c'])]).gates[0]?.coverage[0]).toEqual({
      tier: 'must',
      total: 3,
      evaluated: 2,
      passed: 1,
      waived: 0,
    });
  });

  it('lists conditions and notes by tier', () => {
    const criteria = [
      { id: 'a', tier: 'must' },
      { id: 'b', tier: 'should' },
      { id: 'c', tier: 'nice' },
    ] as const;
    const checks: Checks = [
      [plannedCheck('a'), recordOf.pass],
      [plannedCheck('b'), recordOf.fail],
      [plannedCheck('c'), recordOf.fail],
    ];
    expect(judge(checks, [gate('launch', [], { criteria })]).gates[0]).toMatchObject({
      verdict: 'CONDITIONAL',
      blockedBy: [],
      conditions: ['b fails: status: number 500 is not 2xx'],
      notes: ['c fails: status: number 500 is not 2xx'],
    });
  });
});

describe('blockers', () => {
  it('name the root cause once, with everything that it holds up', () => {
    const search = plannedCheck('search', { needs: ['index'] });
    const checks: Checks = [
      [api, recordOf.fail],
      [index, recordOf.blocked],
      [search, recordOf.blocked],
    ];
    const run = judge(checks, [gate('launch', ['search']), gate('later', ['api'], { needs: ['launch'] })]);
    expect(run.verdict).toBe('NO-GO');
    expect(run.checks.map(({ causedBy }) => causedBy)).toEqual([null, 'api', 'api']);
    expect(run.blockers).toMatchObject([
      {
        cause: { check: 'api', reasonCode: 'assertion-failed', layer: 'content' },
        verdict: 'NO-GO',
        affects: { checks: ['index', 'search'], gates: ['launch', 'later'] },
      },
    ]);
    expect(run.repair).toEqual({ checks: ['api'], verdict: 'GO' });
    expect(run.reasons).toEqual(['search is blocked by api', 'api fails: status: number 500 is not 2xx']);
  });

  it('hold up the gates that need a gate they hold down, whose own criteria are good', () => {
    const gates = [gate('first', ['api']), gate('second', ['b'], { needs: ['first'] }), gate('apart', ['b'])];
    const checks: Checks = [
      [api, recordOf.fail],
      [plannedCheck('b'), recordOf.pass],
    ];
    expect(judge(checks, gates).blockers[0]?.affects.gates).toEqual(['first', 'second']);
  });

  it('blame the worst of several causes, and need all of them repaired', () => {
    const both = plannedCheck('both', { needs: ['unclear', 'api'] });
    const checks: Checks = [
      [plannedCheck('unclear'), recordOf.unknown],
      [api, recordOf.fail],
      [both, recordOf.blocked],
    ];
    const run = judge(checks, [gate('launch', ['both'])]);
    expect(run.checks[2]?.causedBy).toBe('api');
    expect(run.blockers.map(({ cause, verdict }) => [cause.check, verdict])).toEqual([
      ['api', 'NO-GO'],
      ['unclear', 'HOLD'],
    ]);
    expect(run.repair).toEqual({ checks: ['unclear', 'api'], verdict: 'GO' });
  });

  it('group the same host, layer and reason code', () => {
    const host = 'shop.example.com:443';
    const checks: Checks = [
      [plannedCheck('a', { host }), done(attempt(unobserved('connect-refused')))],
      [plannedCheck('b', { host }), done(attempt(unobserved('connect-refused')))],
      [plannedCheck('c', { host }), done(attempt(unobserved('tls-expired')))],
      [plannedCheck('d'), done(attempt(unobserved('connect-refused')))],
    ];
    const { blockers, repair } = judge(checks, [gate('launch', ['a', 'b', 'c', 'd'])]);
    expect(blockers.map(({ cause, same }) => [cause.check, same])).toEqual([
      ['a', ['b']],
      ['c', []],
      ['d', []],
    ]);
    expect(repair?.checks).toEqual(['a', 'c', 'd']);
  });

  it('do not group what is nobody’s host', () => {
    const checks: Checks = [
      [plannedCheck('a', { host: null }), recordOf.fail],
      [plannedCheck('b', { host: null }), recordOf.fail],
    ];
    expect(judge(checks, [gate('launch', ['a', 'b'])]).blockers).toHaveLength(2);
  });

  it('leave out what holds nothing up', () => {
    const optional = gate('launch', ['api'], {
      criteria: [
        { id: 'api', tier: 'must' },
        { id: 'b', tier: 'should' },
      ],
    });
    const run = judge(
      [
        [api, recordOf.pass],
        [plannedCheck('b'), recordOf.fail],
      ],
      [optional],
    );
    expect(run.blockers).toEqual([]);
    expect(run.repair).toEqual({ checks: ['b'], verdict: 'GO' });
  });

  it('say what to do next: the first step of the runbook, else the advice for the code', () => {
    const sections = { s: { file: 'ops.md', anchor: 's', title: 'S', url: '', steps: ['Look at the queue'] } };
    const withRunbook = plannedCheck('api', { sections: { own: 's', byCode: {}, default: null } });
    const record = runRecord({
      checks: [[withRunbook, recordOf.fail]],
      gates: [gate('launch', ['api'])],
      plan: { sections },
    });
    expect(judgeRun(record, NOW).blockers[0]?.next).toBe('Look at the queue');
    expect(judge([[api, recordOf.fail]], [gate('launch', ['api'])]).blockers[0]?.next).toMatch(
      /^Compare the two values/,
    );
  });

  it('take the deadline of the check, else the first of the gates', () => {
    const gates = [gate('a', ['api'], { deadline: '2026-12-24' }), gate('b', ['api'], { deadline: '2026-12-01' })];
    expect(judge([[api, recordOf.fail]], gates).blockers[0]?.deadline).toBe('2026-12-01');
    const due = plannedCheck('api', { deadline: '2027-01-01' });
    expect(judge([[due, recordOf.fail]], gates).blockers[0]?.deadline).toBe('2027-01-01');
  });

  it('promise no better verdict than the rest of the run allows', () => {
    const run = judge(
      [
        [api, recordOf.fail],
        [plannedCheck('b'), recordOf.unknown],
      ],
      [gate('launch', ['api', 'b'])],
      {
        interruptedBy: 'SIGINT',
      },
    );
    expect(run.repair).toEqual({ checks: ['api'], verdict: 'HOLD' });
  });
});

describe('a contradiction', () => {
  const health = plannedCheck('health', { kind: 'health', component: 'support' });
  const query = plannedCheck('query', { kind: 'mcp', component: 'support' });
  const healthy = done(attempt(observed({ health: { status: 'pass' } })));
  const noIndex = done(attempt(unobserved('index-missing', 'the tool answered "No latest index found"')));

  it('is a health endpoint that is well while the index is missing', () => {
    expect(
      judge(
        [
          [health, healthy],
          [query, noIndex],
        ],
        [gate('launch', ['health', 'query'])],
      ).contradictions,
    ).toEqual([
      {
        component: 'support',
        claim: { check: 'health', says: 'health status is "pass"' },
        evidence: { check: 'query', says: 'the tool answered "No latest index found"' },
        message:
          'health passes for support (health status is "pass") while query fails: the tool answered "No latest index found"',
      },
    ]);
  });

  it('is none for another component, a health check that fails, or evidence that passes', () => {
    const none = (checks: Checks) => expect(judge(checks, []).contradictions).toEqual([]);
    none([
      [health, healthy],
      [plannedCheck('query', { component: 'other' }), noIndex],
    ]);
    none([
      [health, recordOf.fail],
      [query, noIndex],
    ]);
    none([
      [health, healthy],
      [query, recordOf.pass],
    ]);
    none([
      [plannedCheck('health', { kind: 'health' }), healthy],
      [plannedCheck('query'), noIndex],
    ]);
  });
});

describe('what else is said', () => {
  it('tells of which run it is', () => {
    const given = { interruptedBy: 'SIGINT', since: { api: '2026-11-20T00:00:00Z' } } as const;
    const run = judge([[api, recordOf.fail]], [gate('launch', ['api'])], given);
    expect(run.schemaVersion).toBe(1);
    expect(run.run).toEqual({
      id: 'run-1',
      name: 'Test',
      environment: null,
      startedAt: '2026-11-21T11:59:00.000Z',
      finishedAt: '2026-11-21T12:00:00.000Z',
      durationMs: 60_000,
      complete: false,
      interruptedBy: 'SIGINT',
      tool: { name: 'gonogo', version: '0.1.0' },
      configDigest: 'd'.repeat(64),
    });
    expect(run.blockers[0]?.since).toBe('2026-11-20T00:00:00Z');
  });

  it('takes no inherited name for one that was seen before', () => {
    const odd = plannedCheck('constructor');
    expect(judge([[odd, recordOf.fail]], [gate('launch', ['constructor'])]).blockers[0]?.since).toBeNull();
  });

  it('is settled of scenarios and manual items too: waivers and what blocks them', () => {
    const { kind: _, target: __, host: ___, ...own } = plannedCheck('flow', { needs: ['api'] });
    const step = { name: 'a', keepGoing: false, check: plannedCheck('flow/a', { needs: ['api'] }) };
    const flow = { ...own, withinMs: null, steps: [step], cleanup: [] };
    const record = (a: CheckRecord, apiRecord: CheckRecord) => {
      const made = runRecord({
        checks: [[api, apiRecord]],
        gates: [gate('launch', ['flow'])],
        plan: { scenarios: [flow], waivers: [waiver('flow')] },
      });
      return judgeRun({ ...made, checks: new Map([...made.checks, ['flow/a', a]]) }, NOW);
    };
    expect(record(recordOf.fail, recordOf.pass)).toMatchObject({
      verdict: 'CONDITIONAL',
      scenarios: [{ id: 'flow', outcome: 'fail', waiver: { state: 'in-force' }, causedBy: null }],
    });
    const blockedFlow = record(leftOut('needs-failed'), recordOf.fail);
    expect(blockedFlow).toMatchObject({ verdict: 'NO-GO', scenarios: [{ outcome: 'blocked', causedBy: 'api' }] });
    expect(blockedFlow.checks.map(({ id }) => id)).toEqual(['api']);
  });

  it('names absent credentials above everything else', () => {
    const secret = plannedCheck('api', { missing: ['API_TOKEN'] });
    const run = judge([[secret, leftOut('missing-credential', 'API_TOKEN is not set')]], [gate('launch', ['api'])]);
    expect(run.banners).toEqual(['API_TOKEN is not set, so this was skipped: api']);
    expect(run.notChecked).toEqual([{ id: 'api', why: 'API_TOKEN is not set' }]);
  });

  it('lists what was not selected', () => {
    const notSelected = [{ id: 'other', why: 'not selected' }];
    const record = runRecord({
      checks: [[api, recordOf.pass]],
      gates: [gate('launch', ['api'])],
      plan: { notSelected },
    });
    expect(judgeRun(record, NOW).notChecked).toEqual(notSelected);
  });

  it('gives a GO until the first certificate of its checks expires', () => {
    const until = (...dates: readonly string[]) => {
      const tls = dates.map((date): [RecordedCheck, CheckRecord] => [
        plannedCheck(date),
        done(attempt(observed({ hops: [{ tls: { 'valid-to': date } }] }))),
      ]);
      return judge(tls, [gate('launch', dates)]).validUntil;
    };
    expect(until('2027-03-01T00:00:00.000Z', '2027-01-01T00:00:00Z')).toBe('2027-01-01T00:00:00.000Z');
    expect(until('2020-01-01T00:00:00.000Z')).toBeNull();
  });

  it('counts outcomes', () => {
    const checks: Checks = [
      [plannedCheck('a'), recordOf.pass],
      [plannedCheck('b'), FLAKY],
      [plannedCheck('c'), recordOf.skipped],
      ...(['warn', 'fail', 'fail', 'unknown', 'blocked'] as const).map(
        (end, at) => [plannedCheck(`${end}${at}`), recordOf[end]] as const,
      ),
    ];
    expect(judge(checks, []).totals).toEqual({
      checks: 8,
      pass: 2,
      warn: 1,
      fail: 2,
      unknown: 1,
      blocked: 1,
      skipped: 1,
      flaky: 1,
    });
  });
});
