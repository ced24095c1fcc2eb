import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plannedCheck, planOf } from '../../tests/execute/literals.ts';
import { UsageError } from '../model/fault.ts';
import type { Plan, PlannedCheck } from './plan.ts';
import { parseShard, shardPlan } from './shard.ts';

const unknown = (): null => null;

const cut = (plan: Plan, count: number, durationOf: (id: string) => number | null = unknown): readonly Plan[] =>
  Array.from({ length: count }, (_, at) => shardPlan(plan, { index: at + 1, count }, durationOf));

const ids = (plans: readonly Plan[]) => plans.map(({ order }) => order.join(' '));

describe('--shard', () => {
  test.each([
    ['1/1', { index: 1, count: 1 }],
    ['2/5', { index: 2, count: 5 }],
  ])('%s is a part', (text, expected) => {
    expect(parseShard(text)).toEqual(expected);
  });

  test.each(['', '0/3', '4/3', '1/0', '1', 'a/b', '1/1001', '-1/3', '1/3/5', ' 1/3'])('%j is none', (text) => {
    expect(() => parseShard(text)).toThrow(UsageError);
  });
});

describe('a cut', () => {
  test('is balanced by how long checks took, those of unknown duration counting as the usual one', () => {
    const durations: { readonly [id: string]: number } = { slow: 1000, a: 300, b: 300, c: 300 };
    const plan = planOf(['slow', 'a', 'b', 'c', 'new'].map((id) => plannedCheck(id)));
    expect(ids(cut(plan, 2, (id) => durations[id] ?? null))).toEqual(['slow', 'a b c new']);
    expect(ids(cut(plan, 2))).toEqual(['slow b new', 'a c']);
  });

  test('keeps together what needs each other, what shares a mutex, and whole scenarios', () => {
    const scenario = {
      id: 'flow',
      title: 'flow',
      component: null,
      owner: null,
      tags: [],
      needs: ['b'],
      mutex: null,
      maintenance: [],
      runbook: null,
      priority: null,
      deadline: null,
      missing: [],
      source: { file: 'gonogo.yaml', line: 1, column: 1 },
      withinMs: null,
      sections: { own: null, byCode: {}, default: null },
      forbidden: null,
      steps: [],
      cleanup: [],
    };
    const plan = planOf(
      [
        plannedCheck('a'),
        plannedCheck('b', { needs: ['a'] }),
        plannedCheck('c', { mutex: 'db' }),
        plannedCheck('d', { mutex: 'db' }),
        plannedCheck('e'),
      ],
      { order: ['a', 'b', 'c', 'd', 'e', 'flow'], scenarios: [scenario] },
    );
    const parts = cut(plan, 3);
    expect(ids(parts)).toEqual(['a b flow', 'c d', 'e']);
    expect(parts[0]?.scenarios.map(({ id }) => id)).toEqual(['flow']);
  });

  test('has the controls and what they need in every part', () => {
    const plan = planOf(
      [plannedCheck('dns'), plannedCheck('sky', { needs: ['dns'] }), plannedCheck('a'), plannedCheck('b')],
      {
        controls: ['sky'],
      },
    );
    expect(ids(cut(plan, 2))).toEqual(['dns sky a', 'dns sky b']);
  });

  test('keeps the gates whole, and says where the rest is', () => {
    const gates: Plan['gates'] = [
      {
        id: 'launch',
        title: 'launch',
        criteria: [{ id: 'a', tier: 'must' }],
        needs: [],
        owner: null,
        deadline: null,
        estimateMs: null,
        flaky: 'warn',
        source: { file: 'gonogo.yaml', line: 1, column: 1 },
      },
    ];
    const [, second] = cut(planOf([plannedCheck('a'), plannedCheck('b')], { gates }), 2);
    expect(second?.gates).toEqual(gates);
    expect(second?.notSelected).toEqual([{ id: 'a', why: 'in another part of the run: shard 1/2' }]);
  });

  test('into more parts than there are checks leaves some empty', () => {
    expect(ids(cut(planOf([plannedCheck('a')]), 3))).toEqual(['a', '', '']);
  });
});

const drawnPlan: fc.Arbitrary<Plan> = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(20), { maxLength: 2 }),
      mutex: fc.option(fc.constantFrom('x', 'y'), { freq: 3 }),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((drawn) =>
    planOf(
      drawn.map(({ needs, mutex }, at): PlannedCheck => {
        const before = [...new Set(needs.filter((need) => need < at))].map((need) => `c${need}`);
        return plannedCheck(`c${at}`, { needs: before, mutex });
      }),
    ),
  );

const cost = (seed: number) => (id: string) =>
  (id.length * 7919 + Number(id.slice(1)) * 104_729 + seed) % 5 === 0 ? null : 100;

test('every check is in exactly one part, with all that it needs and in its order, and all parts know of one cut', () => {
  fc.assert(
    fc.property(drawnPlan, fc.integer({ min: 1, max: 6 }), fc.nat(), (plan, count, seed) => {
      const parts = cut(plan, count, cost(seed));
      expect(parts.flatMap(({ order }) => order).toSorted()).toEqual([...plan.order].toSorted());
      for (const { checks, order } of parts) {
        const own = new Set(order);
        expect(checks.map(({ id }) => id)).toEqual(order);
        expect(plan.order.filter((id) => own.has(id))).toEqual(order);
        for (const { needs } of checks) for (const need of needs) expect(own.has(need)).toBe(true);
      }
      expect(new Set(parts.map(({ shard }) => shard?.cut)).size).toBe(1);
    }),
  );
});
