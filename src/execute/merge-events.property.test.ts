import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { execute, expectation, observed, plannedCheck, planOf, unobserved } from '../../tests/execute/literals.ts';
import { plannedScenario, plannedStep } from '../../tests/execute/scenarios.ts';
import { assessAttempt } from '../judge/assess.ts';
import { exitCode } from '../judge/exit-code.ts';
import { judgeRun } from '../judge/judge-run.ts';
import { manualItem, signOff, waiver } from '../judge/test-manual.ts';
import { gate } from '../judge/test-run.ts';
import { TIERS } from '../model/outcome.ts';
import type { Run } from '../model/run.ts';
import type { Plan, PlannedCheck, PlannedScenario } from '../plan/plan.ts';
import { repeatPlan, withoutRepetition } from '../plan/repeat-plan.ts';
import { shardPlan } from '../plan/shard.ts';
import type { RunEvent } from './event.ts';
import { mergeEvents } from './merge-events.ts';
import type { Part } from './parts-of-one-run.ts';
import type { Ports } from './ports.ts';
import { foldEvents } from './record.ts';

/** Runs with everything that a file can ask for, carried out whole and in parts: nobody may be able to tell which. */

const NOW = new Date('2026-11-21T12:00:00Z');

const ENDS = ['good', 'good', 'good', 'bad', 'unseen', 'unreachable', 'flaky', 'warned'] as const;
type End = (typeof ENDS)[number];
type Ends = ReadonlyMap<string, End>;

/** A machine of its own each time: what is flaky there is flaky at its first look. */
const machine = (ends: Ends): Ports['observe'] => {
  const looked = new Set<string>();
  return async ({ id }) => {
    const end = ends.get(withoutRepetition(id.split('/', 1)[0] ?? '')) ?? 'good';
    const again = looked.has(id);
    looked.add(id);
    if (end === 'unseen') return unobserved('probe-crashed');
    if (end === 'unreachable') return unobserved('connect-refused');
    if (end === 'flaky' && !again) return unobserved('timeout');
    const tls = { 'valid-to': `2027-0${1 + (id.length % 9)}-01T00:00:00Z` };
    return observed({ status: end === 'bad' ? 500 : 200, slow: end === 'warned', tls });
  };
};

const carriedOut = async (plan: Plan, ends: Ends): Promise<readonly RunEvent[]> =>
  (await execute(plan, machine(ends), { assess: assessAttempt })).events;

const judged = (events: readonly RunEvent[]): Run => judgeRun(foldEvents(events), NOW);

const TIMES = new Set(['startedAt', 'finishedAt', 'durationMs']);

/** All that a run says but when it was, and what it is called. */
const essence = (run: Run): unknown =>
  JSON.parse(
    JSON.stringify({ ...run, run: { ...run.run, id: '' } }, (key, value: unknown) => (TIMES.has(key) ? null : value)),
  );

const entry = fc.record({
  kind: fc.constantFrom('check', 'check', 'check', 'scenario', 'manual'),
  needs: fc.array(fc.nat(9), { maxLength: 2 }),
  end: fc.constantFrom(...ENDS),
  tier: fc.constantFrom(...TIERS, null),
  host: fc.constantFrom('a:80', 'b:80', null),
  mutex: fc.constantFrom(null, null, 'db', 'queue'),
  component: fc.constantFrom(null, 'shop', 'search'),
  health: fc.boolean(),
  control: fc.constantFrom(false, false, false, true),
  waived: fc.constantFrom(null, 'assertion-failed' as const, 'connect-refused' as const),
  signed: fc.boolean(),
});
type Entry = typeof entry extends fc.Arbitrary<infer Value> ? Value : never;

const checkOf = (one: Entry, id: string, needs: readonly string[]): PlannedCheck =>
  plannedCheck(id, {
    ...{ needs, host: one.host, mutex: one.mutex, component: one.component },
    kind: one.health ? 'health' : 'http',
    retry: { attempts: 2, delayMs: 10 },
    expectations: [expectation(), expectation({ fact: 'slow', expected: false, level: 'warn' })],
  });

const scenarioOf = (one: Entry, id: string, needs: readonly string[]): PlannedScenario => {
  const step = (name: string) => {
    const check = { ...checkOf(one, `${id}/${name}`, []), mutex: null };
    return { ...plannedStep(name), check, bind: () => ({ ok: true, check }) as const };
  };
  return plannedScenario([step('create'), step('use')], [step('remove')], {
    ...{ id, needs, mutex: one.mutex, component: one.component },
  });
};

const drawn = fc
  .record({ entries: fc.array(entry, { minLength: 1, maxLength: 9 }), times: fc.constantFrom(1, 1, 2) })
  .map(({ entries, times }) => {
    const ids = entries.map(({ kind }, at) => `${kind}${at}`);
    const needsOf = (at: number): readonly string[] =>
      [...new Set(entries[at]?.needs)]
        .filter((need) => need < at && entries[need]?.kind !== 'manual')
        .map((need) => ids[need] ?? '');
    const of = <Made>(kind: Entry['kind'], make: (one: Entry, id: string, needs: readonly string[]) => Made) =>
      entries.flatMap((one, at) => (one.kind === kind ? [make(one, ids[at] ?? '', needsOf(at))] : []));
    const plan = planOf(of('check', checkOf), {
      order: ids.filter((_, at) => entries[at]?.kind !== 'manual'),
      scenarios: of('scenario', scenarioOf),
      manual: of('manual', ({ signed }, id) =>
        manualItem(id, { signOffs: signed ? [signOff('ada', { item: id })] : [] }),
      ),
      controls: entries.flatMap(({ control, kind }, at) => (control && kind === 'check' ? [ids[at] ?? ''] : [])),
      waivers: entries.flatMap(({ waived }, at) =>
        waived === null ? [] : [waiver(ids[at] ?? '', { reasonCode: waived })],
      ),
      gates: [
        gate('first', [], {
          criteria: entries.flatMap(({ tier }, at) => (tier === null ? [] : [{ id: ids[at] ?? '', tier }])),
        }),
        gate('second', ids.slice(0, 1), { needs: ['first'] }),
      ],
    });
    const ends: Ends = new Map(entries.map(({ end }, at) => [ids[at] ?? '', end]));
    return { plan: times === 1 ? plan : repeatPlan([plan, plan]), ends };
  });

const partsOf = (plan: Plan, count: number, ends: Ends): Promise<readonly Part[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const part = shardPlan(plan, { index: at + 1, count }, (id) => id.length);
      return { name: `part-${at + 1}`, events: await carriedOut(part, ends) };
    }),
  );

test('all parts together say what one machine would have said: outcomes, gates, causes, repair, until when, exit code', async () => {
  const seen = { flaky: 0, waived: 0, contradicted: 0, scenarios: 0, until: 0, repair: 0 };
  await fc.assert(
    fc.asyncProperty(drawn, fc.integer({ min: 1, max: 12 }), fc.boolean(), async ({ plan, ends }, count, turned) => {
      const parts = await partsOf(plan, count, ends);
      const whole = judged(await carriedOut(plan, ends));
      const merged = judged(mergeEvents(turned ? parts.toReversed() : parts, 'whole', assessAttempt).events);
      expect(essence(merged)).toEqual(essence(whole));
      for (const strict of [false, true]) expect(exitCode(merged, { strict })).toBe(exitCode(whole, { strict }));
      seen.flaky += whole.totals.flaky;
      seen.waived += whole.checks.filter((check) => check.waiver !== null).length;
      seen.contradicted += whole.contradictions.length;
      seen.scenarios += whole.scenarios.length;
      seen.until += whole.validUntil === null ? 0 : 1;
      seen.repair += whole.repair === null ? 0 : 1;
    }),
    { numRuns: 200 },
  );
  // What was drawn has to have held each of these, or nothing is shown.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});

test('without one of its parts, or with one that was stopped, no run is GO or CONDITIONAL', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, fc.integer({ min: 2, max: 6 }), fc.nat(5), async ({ plan, ends }, count, which) => {
      const parts = await partsOf(plan, count, ends);
      const at = which % count;
      const stopped = parts.map((part, index) => {
        if (index !== at) return part;
        const events = part.events.map((event) =>
          event.type === 'run-finished' ? ({ ...event, interruptedBy: 'SIGTERM' } as const) : event,
        );
        return { ...part, events };
      });
      for (const some of [parts.filter((_, index) => index !== at), stopped]) {
        const run = judged(mergeEvents(some, 'whole', assessAttempt).events);
        expect(['HOLD', 'NO-GO']).toContain(run.verdict);
        expect(run.run.complete).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});
