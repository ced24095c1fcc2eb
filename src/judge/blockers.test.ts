import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/config.ts';
import type { CheckRecord } from '../execute/event.ts';
import type { RecordedCheck } from '../plan/plan.ts';
import { catalogue } from './catalogue.ts';
import { judgeRun } from './judge-run.ts';
import { manualItem } from './test-manual.ts';
import {
  attempt,
  done,
  FLAKY,
  gate,
  NOW,
  observed,
  plannedCheck,
  recordOf,
  runRecord,
  unobserved,
} from './test-run.ts';

const HOUR_MS = 3_600_000;

const blockersOf = (
  checks: readonly (readonly [RecordedCheck, CheckRecord])[],
  serviceLevels: { readonly [priority: string]: number } = {},
  begun: string | null = null,
) => {
  const gates = [
    gate(
      'launch',
      checks.map(([{ id }]) => id),
      { flaky: 'fail' },
    ),
  ];
  const since = Object.fromEntries(begun === null ? [] : checks.map(([{ id }]) => [id, begun]));
  return judgeRun(runRecord({ checks, gates, plan: { serviceLevels }, run: { since } }), NOW).blockers;
};

describe('the service level of a blocker', () => {
  const urgent = plannedCheck('api', { priority: 'P0' });

  it('is over when it has stayed longer than its priority allows', () => {
    const at = (begun: string) => blockersOf([[urgent, recordOf.fail]], { P0: 4 * HOUR_MS }, begun)[0];
    expect(at('2026-11-21T07:59:59.999Z')).toMatchObject({ dueAt: '2026-11-21T11:59:59.999Z', overdue: true });
    expect(at('2026-11-21T08:00:00.000Z')).toMatchObject({ dueAt: '2026-11-21T12:00:00.000Z', overdue: false });
  });

  it('is not known without a priority, a level for it, or a beginning', () => {
    const none = { dueAt: null, overdue: false };
    const begun = '2026-11-20T00:00:00Z';
    expect(blockersOf([[plannedCheck('api'), recordOf.fail]], { P0: HOUR_MS }, begun)[0]).toMatchObject(none);
    expect(blockersOf([[urgent, recordOf.fail]], { P1: HOUR_MS }, begun)[0]).toMatchObject({ ...none, since: begun });
    expect(blockersOf([[urgent, recordOf.fail]], { P0: HOUR_MS })[0]).toMatchObject({ ...none, since: null });
  });

  it('of any length is no reason to fall over', () => {
    const [blocker] = blockersOf([[urgent, recordOf.fail]], { P0: Number.MAX_SAFE_INTEGER }, '2026-11-20T00:00:00Z');
    expect(blocker).toMatchObject({ dueAt: '+275760-09-13T00:00:00.000Z', overdue: false });
  });
});

describe('the urgency of a blocker', () => {
  const dated = (id: string, given: Partial<RecordedCheck> = {}) => plannedCheck(id, { host: 'h', ...given });
  const down = done(attempt(unobserved('connect-refused')));

  it('is that of the most urgent of all that broke alike, and of all that waits for it', () => {
    const [alike] = blockersOf([
      [dated('a'), down],
      [dated('b', { priority: 'P0', deadline: '2026-11-30' }), down],
      [dated('c', { priority: 'P2', deadline: '2026-11-25' }), down],
    ]);
    expect(alike).toMatchObject({ priority: 'P0', deadline: '2026-11-25', same: ['b', 'c'] });
    const [waited] = blockersOf([
      [dated('a'), down],
      [plannedCheck('w', { needs: ['a'], priority: 'P1', deadline: '2026-11-28' }), recordOf.blocked],
    ]);
    expect(waited).toMatchObject({ cause: { check: 'a' }, priority: 'P1', deadline: '2026-11-28' });
  });

  it('counts from the first of those that broke alike', () => {
    const checks = ['a', 'b'].map((id) => [dated(id, { priority: 'P1' }), down] as const);
    const since = { a: '2026-11-21T11:00:00Z', b: '2026-11-21T06:00:00Z' };
    const plan = { serviceLevels: { P1: HOUR_MS } };
    const gates = [gate('launch', ['a', 'b'])];
    expect(judgeRun(runRecord({ checks, gates, plan, run: { since } }), NOW).blockers).toMatchObject([
      { cause: { check: 'a' }, since: since.b, dueAt: '2026-11-21T07:00:00.000Z', overdue: true },
    ]);
  });

  it('orders blockers by what they hold up', () => {
    const order = blockersOf([
      [plannedCheck('x', { priority: 'P1' }), recordOf.fail],
      [dated('a'), down],
      [plannedCheck('w', { needs: ['a'], priority: 'P0' }), recordOf.blocked],
    ]);
    expect(order.map(({ cause }) => cause.check)).toEqual(['a', 'x']);
  });

  it('says whether the deadline is over, at the beginning of its day', () => {
    const state = (deadline: string | null) =>
      blockersOf([[plannedCheck('a', { deadline }), recordOf.fail]])[0]?.deadlineState;
    expect(['2026-11-22', '2026-11-21', '2026-11-21T12:00:00Z', '2026-11-21T12:00:01Z', null].map(state)).toEqual([
      ...['ahead', 'over', 'over', 'ahead', null],
    ]);
  });
});

describe('the deadline of a gate', () => {
  const stateOf = (record: CheckRecord, given: Partial<Gate>) =>
    judgeRun(runRecord({ checks: [[plannedCheck('a'), record]], gates: [gate('launch', ['a'], given)] }), NOW).gates[0]
      ?.deadlineState;
  const estimateMs = 24 * HOUR_MS;

  it('is held against what the gate is said to take, while it is not open', () => {
    expect(stateOf(recordOf.fail, { deadline: '2026-11-23', estimateMs })).toBe('ahead');
    expect(stateOf(recordOf.fail, { deadline: '2026-11-22', estimateMs })).toBe('short');
    expect(stateOf(recordOf.unknown, { deadline: '2026-11-22' })).toBe('ahead');
    expect(stateOf(recordOf.fail, { deadline: '2026-11-20', estimateMs })).toBe('over');
    expect(stateOf(recordOf.pass, { deadline: '2026-11-20', estimateMs })).toBeNull();
    expect(stateOf(recordOf.fail, { deadline: null, estimateMs })).toBeNull();
  });
});

describe('blockers', () => {
  it('come worst first, then by priority, then as they stand in the plan', () => {
    const order = blockersOf([
      [plannedCheck('a'), recordOf.unknown],
      [plannedCheck('b'), recordOf.fail],
      [plannedCheck('c', { priority: 'P1' }), recordOf.fail],
      [plannedCheck('d', { priority: 'P0' }), recordOf.fail],
      [plannedCheck('e', { priority: 'P0' }), recordOf.unknown],
      [plannedCheck('f', { priority: 'P1' }), recordOf.fail],
    ]).map(({ cause }) => cause.check);
    expect(order).toEqual(['d', 'c', 'f', 'b', 'e', 'a']);
  });

  it('are flaky passes too where the gate counts them as failures, with the reason of the failed attempt', () => {
    expect(blockersOf([[plannedCheck('api'), FLAKY]])).toMatchObject([
      {
        cause: { check: 'api', reasonCode: 'timeout', message: expect.stringContaining('only after a failed attempt') },
      },
    ]);
  });

  it('are told with the reason of the first attempt that failed', () => {
    const record = done(
      attempt(),
      attempt(unobserved('connect-refused')),
      attempt(unobserved('timeout')),
      attempt(),
      attempt(),
    );
    expect(blockersOf([[plannedCheck('api'), record]])[0]?.cause).toEqual({
      check: 'api',
      reasonCode: 'connect-refused',
      layer: 'tcp',
      message: `it passed only after a failed attempt: ${catalogue['connect-refused'].title}`,
    });
  });

  it('tell all that is known of them', () => {
    const given = { owner: 'ops', priority: 'P1', deadline: '2026-12-24' };
    expect(blockersOf([[plannedCheck('api', given), recordOf.fail]], { P1: 1000 }, '2026-11-21T11:59:59.500Z')).toEqual(
      [
        {
          cause: {
            check: 'api',
            reasonCode: 'assertion-failed',
            layer: 'content',
            message: 'status: number 500 is not 2xx',
          },
          outcome: 'fail',
          verdict: 'NO-GO',
          same: [],
          affects: { checks: [], gates: ['launch'] },
          owner: { id: 'ops', contact: null, escalation: [] },
          priority: 'P1',
          deadline: '2026-12-24',
          deadlineState: 'ahead',
          since: '2026-11-21T11:59:59.500Z',
          dueAt: '2026-11-21T12:00:00.500Z',
          overdue: false,
          runbook: null,
          next: catalogue['assertion-failed'].advice,
        },
      ],
    );
    const [plain] = blockersOf([[plannedCheck('api'), recordOf.fail]]);
    expect(plain).toMatchObject({ owner: null, priority: null, deadline: null, since: null, dueAt: null });
  });

  it('are due with the first gate, by the instant and not by the text', () => {
    const due = (...deadlines: readonly (string | null)[]) => {
      const gates = deadlines.map((deadline, at) => gate(`g${at}`, ['api'], { deadline }));
      return judgeRun(runRecord({ checks: [[plannedCheck('api'), recordOf.fail]], gates }), NOW).blockers[0]?.deadline;
    };
    expect(due('2026-12-01T01:00:00+02:00', '2026-11-30T23:30:00Z', null)).toBe('2026-12-01T01:00:00+02:00');
    expect(due('2026-12-24', '2026-12-01', '2026-12-10')).toBe('2026-12-01');
    expect(due(null, '2026-12-01', null)).toBe('2026-12-01');
    expect(due(null)).toBeNull();
  });

  it('are pending manual items, with the item as the cause', () => {
    const plan = { manual: [manualItem('token', { priority: 'P1', deadline: '2026-12-01' })] };
    const record = runRecord({ checks: [], gates: [gate('launch', ['token'])], plan });
    expect(judgeRun(record, NOW).blockers).toMatchObject([
      {
        cause: { check: 'token', reasonCode: 'sign-off-missing', layer: 'run' },
        verdict: 'HOLD',
        priority: 'P1',
        deadline: '2026-12-01',
        owner: { id: 'platform' },
      },
    ]);
  });

  it('name what waits for them', () => {
    const checks = [
      [plannedCheck('api'), recordOf.fail],
      [plannedCheck('list', { needs: ['api'] }), recordOf.blocked],
    ] as const;
    expect(blockersOf(checks)[0]?.affects).toEqual({ checks: ['list'], gates: ['launch'] });
  });

  it('name what waits for those that broke alike once, in plan order', () => {
    const down = done(attempt(unobserved('connect-refused')));
    const [cause] = blockersOf([
      [plannedCheck('a', { host: 'h' }), down],
      [plannedCheck('b', { host: 'h' }), down],
      [plannedCheck('first', { needs: ['b'] }), recordOf.blocked],
      [plannedCheck('second', { needs: ['a', 'b'] }), recordOf.blocked],
      [plannedCheck('third', { needs: ['a'] }), recordOf.blocked],
    ]);
    expect(cause?.affects.checks).toEqual(['first', 'second', 'third']);
  });
});

describe('what is said of a flaky scenario', () => {
  const { kind: _, target: __, host: ___, ...own } = plannedCheck('flow');
  const step = (name: string) => ({ name, keepGoing: true, check: plannedCheck(`flow/${name}`) });
  const flow = { ...own, withinMs: null, steps: [step('a'), step('b')], cleanup: [] };
  const judge = (b: CheckRecord, flaky: 'warn' | 'fail') => {
    const gates = [gate('launch', ['flow'], { flaky })];
    const record = runRecord({ checks: [], gates, plan: { scenarios: [flow] } });
    return judgeRun(
      {
        ...record,
        checks: new Map([
          ['flow/a', FLAKY],
          ['flow/b', b],
        ]),
      },
      NOW,
    );
  };

  it('is why it failed when it failed', () => {
    const run = judge(done(attempt(observed(), [])), 'warn');
    expect(run.reasons).toEqual([
      'flow is unknown: step "b": the look succeeded, but no expectation was held against it',
    ]);
  });

  it('is how often the flaky step was tried when it passed', () => {
    expect(judge(recordOf.pass, 'warn').reasons).toEqual(['flow passed only after a failed attempt (3 attempts)']);
  });

  it('makes it a blocker where the gate counts it as a failure', () => {
    expect(judge(recordOf.pass, 'fail')).toMatchObject({
      verdict: 'NO-GO',
      blockers: [{ cause: { check: 'flow', reasonCode: 'timeout' } }],
    });
  });
});
