import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { execute, expectation, observed, plannedCheck, planOf, unobserved } from '../../tests/execute/literals.ts';
import { assessAttempt } from '../judge/assess.ts';
import { judgeRun } from '../judge/judge-run.ts';
import { gate } from '../judge/test-run.ts';
import { TIERS } from '../model/outcome.ts';
import type { Observation } from '../model/observation.ts';
import type { Run } from '../model/run.ts';
import type { Plan, PlannedCheck } from '../plan/plan.ts';
import { shardPlan } from '../plan/shard.ts';
import type { RunEvent } from './event.ts';
import { mergeEvents } from './merge-events.ts';
import type { Part } from './parts-of-one-run.ts';
import type { Ports } from './ports.ts';
import { foldEvents } from './record.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

type Ends = { readonly [id: string]: 'good' | 'bad' | 'unseen' };

const lookAt =
  (ends: Ends): Ports['observe'] =>
  async ({ id }) => {
    const end = ends[id] ?? 'good';
    return end === 'unseen' ? unobserved('probe-crashed') : observed({ status: end === 'good' ? 200 : 500 });
  };

const carriedOut = async (plan: Plan, ends: Ends): Promise<readonly RunEvent[]> =>
  (await execute(plan, lookAt(ends), { assess: assessAttempt })).events;

const partsOf = async (plan: Plan, count: number, ends: Ends): Promise<readonly Part[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, at) => ({
      name: `part-${at + 1}`,
      events: await carriedOut(
        shardPlan(plan, { index: at + 1, count }, () => null),
        ends,
      ),
    })),
  );

const judged = (events: readonly RunEvent[]): Run => judgeRun(foldEvents(events), NOW);
const merged = (parts: readonly Part[]): Run => judged(mergeEvents(parts, 'whole', assessAttempt).events);

/** What must not depend on how many machines a run was cut for. */
const essence = ({ verdict, reasons, gates, checks, blockers, notChecked, totals, contradictions, repair }: Run) => ({
  ...{ verdict, reasons, gates, notChecked, totals, contradictions, repair },
  checks: checks.map((check) => ({ ...check, startedAt: null, attempts: check.attempts.length, durationMs: null })),
  blockers: blockers.map(({ cause, same, affects, verdict: effect }) => ({ cause, same, affects, effect })),
});

const drawn = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(9), { maxLength: 2 }),
      end: fc.constantFrom('good', 'good', 'good', 'bad', 'unseen'),
      tier: fc.constantFrom(...TIERS, null),
      host: fc.constantFrom('a:80', 'b:80', null),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((entries) => {
    const checks = entries.map(({ needs, host }, at): PlannedCheck => {
      const before = [...new Set(needs.filter((need) => need < at))].map((need) => `c${need}`);
      return plannedCheck(`c${at}`, { needs: before, host, expectations: [expectation()] });
    });
    const criteria = entries.flatMap(({ tier }, at) => (tier === null ? [] : [{ id: `c${at}`, tier }]));
    const ends: Ends = Object.fromEntries(entries.map(({ end }, at) => [`c${at}`, end] as const));
    return { plan: planOf(checks, { gates: [gate('g', [], { criteria })] }), ends };
  });

test('all parts together are the run that one machine would have made', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, fc.integer({ min: 1, max: 5 }), fc.boolean(), async ({ plan, ends }, count, turned) => {
      const parts = await partsOf(plan, count, ends);
      const together = merged(turned ? parts.toReversed() : parts);
      expect(essence(together)).toEqual(essence(judged(await carriedOut(plan, ends))));
    }),
    { numRuns: 60 },
  );
});

test('a part that is missing is never GO, nor one that did not come to its end, however good the rest is', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, fc.integer({ min: 2, max: 4 }), fc.nat(3), async ({ plan }, count, which) => {
      const parts = await partsOf(plan, count, {});
      const at = which % count;
      const without = merged(parts.filter((_, index) => index !== at));
      expect(without.verdict).toBe('HOLD');
      expect(without.run.complete).toBe(false);
      const cutOff = merged(
        parts.map((part, index) => (index === at ? { ...part, events: part.events.slice(0, -1) } : part)),
      );
      expect(cutOff.verdict).toBe('HOLD');
    }),
    { numRuns: 40 },
  );
});

test('a check that no part has looked at keeps the run from its end, though every part is there', async () => {
  const [first, second] = await partsOf(four, 2, {});
  const [started, ...events] = second?.events ?? [];
  if (first === undefined || started?.type !== 'run-started') throw new Error('no parts');
  const plan = { ...started.plan, checks: started.plan.checks.filter(({ id }) => id !== 'd') };
  const without = merged([first, { name: 'part-2', events: [{ ...started, plan }, ...events] }]);
  expect(without).toMatchObject({ verdict: 'HOLD', run: { complete: false } });
});

const four = planOf(
  ['a', 'b', 'c', 'd'].map((id) => plannedCheck(id)),
  { gates: [gate('g', ['a', 'b', 'c', 'd'])] },
);

test('each part by itself is HOLD, for it proves nothing of the rest', async () => {
  for (const { events } of await partsOf(four, 2, {})) expect(judged(events).verdict).toBe('HOLD');
});

test('what a missing part would have looked at is named', async () => {
  const [first] = await partsOf(four, 2, {});
  if (first === undefined) throw new Error('no part');
  expect(merged([first]).notChecked).toEqual([
    { id: 'b', why: 'its part of the run is missing: shard 2/2' },
    { id: 'd', why: 'its part of the run is missing: shard 2/2' },
  ]);
});

test('a control that one machine cannot see makes its failures unknown, whatever the others see', async () => {
  const plan = planOf([plannedCheck('sky'), ...four.checks], { gates: four.gates, controls: ['sky'] });
  const blind: Ports['observe'] = async () => unobserved('connect-timeout');
  const [first, second] = await partsOf(plan, 2, {});
  const dark = await execute(
    shardPlan(plan, { index: 2, count: 2 }, () => null),
    blind,
    { assess: assessAttempt },
  );
  const run = merged([first ?? { name: '', events: [] }, { ...(second ?? { name: '' }), events: dark.events }]);
  expect(run.verdict).toBe('HOLD');
  expect(run.checks.find(({ id }) => id === 'b')).toMatchObject({ outcome: 'unknown', reasonCode: 'control-failed' });
});

test.each([
  ['a warning', observed({ status: 200, slow: true }), observed({ status: 200 }), 'CONDITIONAL'],
  ['a failure', unobserved('probe-crashed'), observed({ status: 500 }), 'NO-GO'],
])('what a control needs is what the machine saw that saw it at its worst: %s', async (_what, one, other, verdict) => {
  const warnings = [expectation(), expectation({ fact: 'slow', expected: true, level: 'warn', matcher: 'not' })];
  const dns = plannedCheck('dns', { expectations: warnings });
  const plan = planOf([dns, plannedCheck('sky', { needs: ['dns'] }), ...four.checks], {
    gates: [gate('g', ['dns'])],
    controls: ['sky'],
  });
  const seenAs =
    (seen: Observation): Ports['observe'] =>
    async ({ id }) =>
      id === 'dns' ? seen : observed({ status: 200, slow: false });
  const parts = await Promise.all(
    [one, other].map(async (seen, at) => {
      const part = shardPlan(plan, { index: at + 1, count: 2 }, () => null);
      return { name: `part-${at + 1}`, events: (await execute(part, seenAs(seen), { assess: assessAttempt })).events };
    }),
  );
  expect(merged(parts).verdict).toBe(verdict);
  expect(merged(parts.toReversed()).verdict).toBe(verdict);
});

test('a clock that is put back in the middle of a part does not hide a failed look', async () => {
  const plan = planOf([plannedCheck('a', { retry: { attempts: 2, delayMs: 10 } })], { gates: [gate('g', ['a'])] });
  let looks = 0;
  const observe: Ports['observe'] = async () => {
    looks += 1;
    return looks === 1 ? unobserved('timeout') : observed({ status: 200 });
  };
  const { events } = await execute(
    shardPlan(plan, { index: 1, count: 1 }, () => null),
    observe,
    {
      assess: assessAttempt,
    },
  );
  const back = events.map((event) =>
    event.type === 'attempt' && event.attempt.number > 1 ? { ...event, at: '2026-11-20T23:00:00.000Z' } : event,
  );
  expect(merged([{ name: 'part', events: back }]).checks[0]).toMatchObject({ flaky: true });
});

describe('parts that are not of one run are refused', () => {
  const refusal = (parts: readonly Part[]): string => {
    try {
      merged(parts);
      return 'nothing';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const cutOf = async (
    plan: Plan,
    index: number,
    count: number,
    durationOf: (id: string) => number | null = () => null,
    pipeline?: string,
  ): Promise<Part> => {
    const shard = { index, count, ...(pipeline === undefined ? {} : { pipeline }) };
    return { name: `${index}/${count}`, events: await carriedOut(shardPlan(plan, shard, durationOf), {}) };
  };
  const started = ({ name, events }: Part, changes: Partial<Extract<RunEvent, { type: 'run-started' }>>): Part => ({
    name,
    events: events.map((event) => (event.type === 'run-started' ? { ...event, ...changes } : event)),
  });

  test.each<[string, () => Promise<readonly Part[]>, string]>([
    ['one twice', async () => [await cutOf(four, 1, 2), await cutOf(four, 1, 2)], 'are both shard 1/2'],
    [
      'of different counts',
      async () => [await cutOf(four, 1, 2), await cutOf(four, 2, 3)],
      'one is of 2 parts, the other of 3',
    ],
    [
      'of different configurations',
      async () => [await cutOf(four, 1, 2), await cutOf({ ...four, configDigest: 'other' }, 2, 2)],
      'their configurations are different',
    ],
    [
      'of different environments',
      async () => [await cutOf(four, 1, 2), await cutOf({ ...four, environment: 'staging' }, 2, 2)],
      'their environments are different',
    ],
    [
      'of different selections',
      async () => [await cutOf(four, 1, 2), await cutOf(planOf(four.checks.slice(1), { gates: four.gates }), 2, 2)],
      'they were asked to run different checks',
    ],
    [
      'cut by different durations',
      async () => [await cutOf(four, 1, 2), await cutOf(four, 2, 2, (id) => (id === 'a' ? 900 : 1))],
      'they were cut differently',
    ],
    [
      'of different versions',
      async () => [
        await cutOf(four, 1, 2),
        started(await cutOf(four, 2, 2), { tool: { name: 'gonogo', version: '0.2.0' } }),
      ],
      'one is of gonogo 0.1.0, the other of 0.2.0',
    ],
    [
      'left from another night',
      async () => [await cutOf(four, 1, 2), started(await cutOf(four, 2, 2), { at: '2026-11-20T00:00:00.000Z' })],
      'one began at 2026-11-21T00:00:00.000Z, the other at 2026-11-20T00:00:00.000Z',
    ],
    [
      'of different pipelines',
      async () => [
        await cutOf(four, 1, 2, undefined, 'GITHUB_RUN_ID=1'),
        await cutOf(four, 2, 2, undefined, 'GITHUB_RUN_ID=2'),
      ],
      'one was made in GITHUB_RUN_ID=1, the other in GITHUB_RUN_ID=2',
    ],
    [
      'judged by different gates',
      async () => [await cutOf(four, 1, 2), await cutOf({ ...four, gates: [gate('g', ['a'])] }, 2, 2)],
      'their gates, sign-offs, waivers or runbooks are different',
    ],
    ['a whole run', async () => [{ name: 'whole', events: await carriedOut(four, {}) }], 'whole is a whole run'],
    ['nothing', async () => [], 'there is nothing to merge'],
    ['a journal without a run', async () => [{ name: 'x', events: [] }], 'x holds no run'],
  ])('%s', async (_, parts, message) => {
    expect(refusal(await parts())).toContain(message);
  });
});
