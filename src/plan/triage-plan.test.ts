import { describe, expect, test } from 'vitest';
import { expectation, plannedCheck, planOf } from '../../tests/execute/literals.ts';
import type { Gate } from '../config/config.ts';
import type { Plan } from './plan.ts';
import { toTriagePlan } from './triage-plan.ts';

const WITHIN = 15_000;
const source = { file: 'gonogo.yaml', line: 1, column: 1 };

const gate = (id: string, criteria: Gate['criteria']): Gate => ({
  id,
  title: id,
  criteria,
  needs: [],
  owner: null,
  deadline: null,
  estimateMs: null,
  flaky: 'warn',
  source,
});

const triage = (plan: Plan, lasts: { readonly [id: string]: number } = {}) =>
  toTriagePlan(plan, WITHIN, ({ id }) => lasts[id] ?? 0);

test('looks at everything once: no needs, no retries, no polling, no samples', () => {
  const { checks } = triage(
    planOf([
      plannedCheck('a', {
        needs: ['b'],
        retry: { attempts: 5, delayMs: 1000 },
        eventually: { withinMs: 60_000, everyMs: 1000, stop: [] },
        samples: 50,
      }),
    ]),
  );
  expect(checks).toMatchObject([
    { id: 'a', needs: [], retry: { attempts: 1 }, eventually: null, samples: 1, timeoutMs: 1000 },
  ]);
});

test('the urgent comes first: by priority, then what a gate insists on, then as in the plan', () => {
  const ids = ['later', 'nice', 'must', 'p1', 'p0', 'last'];
  const priorities: { readonly [id: string]: string } = { p0: 'P0', p1: 'P1' };
  const { order, checks } = triage(
    planOf(
      ids.map((id) => plannedCheck(id, { priority: priorities[id] ?? null })),
      {
        gates: [
          gate('launch', [
            { id: 'must', tier: 'must' },
            { id: 'nice', tier: 'nice' },
          ]),
        ],
      },
    ),
  );
  expect(order).toEqual(['p0', 'p1', 'must', 'later', 'nice', 'last']);
  expect(checks.map(({ id }) => id)).toEqual(order);
});

test('everything that is looked at counts as a must, under one gate, and the whole ends in time', () => {
  const plan = triage(planOf([plannedCheck('a'), plannedCheck('b')], { gates: [gate('launch', [])] }));
  expect(plan.gates).toMatchObject([
    {
      id: 'triage',
      criteria: [
        { id: 'a', tier: 'must' },
        { id: 'b', tier: 'must' },
      ],
      needs: [],
    },
  ]);
  expect(plan.deadlineMs).toBe(WITHIN);
});

describe('how long a look may take', () => {
  const timeoutOf = (timeoutMs: number, lastsMs = 0): number | undefined =>
    triage(planOf([plannedCheck('a', { timeoutMs })]), { a: lastsMs }).checks[0]?.timeoutMs;

  test.each([
    ['a short one stays short', 2000, 0, 2000],
    ['the usual one is cut: somebody waits', 10_000, 0, 5000],
    ['one that was given more is known to be slow, and gets what there is', 30_000, 0, 14_500],
    ['its own time comes on top of the wait', 13_000, 3000, 8000],
  ])('%s', (_, given, lasts, expected) => {
    expect(timeoutOf(given, lasts)).toBe(expected);
  });

  test('one that takes longer by its own spec than there is time is left out, and the reason is told', () => {
    const plan = triage(planOf([plannedCheck('soak', { timeoutMs: 610_000 })]), { soak: 600_000 });
    expect(plan.checks).toEqual([]);
    expect(plan.notSelected).toEqual([{ id: 'soak', why: 'one look takes longer than this triage' }]);
  });
});

test('what may change something is left out: a triage is made as often as somebody likes', () => {
  const scenario = {
    id: 'flow',
    title: 'flow',
    component: null,
    owner: null,
    tags: [],
    needs: [],
    mutex: null,
    maintenance: [],
    runbook: null,
    priority: null,
    deadline: null,
    missing: [],
    source,
    withinMs: null,
    sections: { own: null, byCode: {}, default: null },
    forbidden: null,
    steps: [],
    cleanup: [],
  };
  const plan = triage(planOf([plannedCheck('burst', { changes: true }), plannedCheck('a')], { scenarios: [scenario] }));
  expect(plan.order).toEqual(['a']);
  expect(plan.scenarios).toEqual([]);
  expect(plan.notSelected.map(({ id }) => id)).toEqual(['burst', 'flow']);
});

test('what one look cannot tell is not asked of it; a check that asks nothing else is left out', () => {
  const p95 = expectation({ fact: 'duration.p95', matcher: 'below', expected: 300 });
  const plan = triage(
    planOf([
      plannedCheck('both', { samples: 20, expectations: [expectation(), p95] }),
      plannedCheck('only-fast', { samples: 20, expectations: [p95] }),
    ]),
  );
  expect(plan.checks.map(({ id, expectations }) => [id, expectations.map(({ fact }) => fact)])).toEqual([
    ['both', ['status']],
  ]);
  expect(plan.notSelected).toEqual([{ id: 'only-fast', why: 'it is judged by many looks: gonogo run makes them' }]);
});
