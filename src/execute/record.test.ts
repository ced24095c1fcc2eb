import { describe, expect, it } from 'vitest';
import { literalWorld, observed, plannedCheck, planOf, unobserved } from '../../tests/execute/literals.ts';
import type { RunEvent } from './event.ts';
import { executePlan } from './execute-plan.ts';
import { foldEvents, toRecordedPlan } from './record.ts';

const run = { runId: 'r1', tool: { name: 'gonogo', version: '0.1.0' } };

const eventsOfRun = async (): Promise<readonly RunEvent[]> => {
  const checks = [
    plannedCheck('good'),
    plannedCheck('flaky', { retry: { attempts: 2, delayMs: 10 } }),
    plannedCheck('skipped', { missing: ['TOKEN'] }),
  ];
  let looks = 0;
  const { ports, events } = literalWorld(async ({ id }) =>
    id === 'flaky' && looks++ === 0 ? unobserved('timeout') : observed({ status: 200 }),
  );
  await executePlan(planOf(checks), run, ports, new AbortController().signal);
  return events;
};

const polled = (attempts: number): readonly RunEvent[] => [
  {
    type: 'run-started',
    at: '2026-11-21T00:00:00Z',
    schemaVersion: 1,
    ...run,
    plan: toRecordedPlan(planOf([plannedCheck('a')])),
  },
  ...Array.from({ length: attempts }, (_, index): RunEvent => ({
    type: 'attempt',
    at: '2026-11-21T00:00:00Z',
    id: 'a',
    attempt: {
      number: index + 1,
      startedAt: '2026-11-21T00:00:00Z',
      durationMs: 1,
      observation: observed({}),
      results: [],
    },
  })),
];

const numbersOf = (events: readonly RunEvent[]) =>
  foldEvents(events)
    .checks.get('a')
    ?.attempts.map(({ number }) => number);

describe('foldEvents', () => {
  it('gives every check of the plan its record', async () => {
    const record = foldEvents(await eventsOfRun());
    expect(record).toMatchObject({ runId: 'r1', interruptedBy: null, durationMs: 20 });
    expect(record.finishedAt).not.toBeNull();
    expect(
      [...record.checks].map(([id, { attempts, finished, notRun }]) => [id, attempts.length, finished, notRun?.code]),
    ).toEqual([
      ['good', 1, true, undefined],
      ['flaky', 3, true, undefined],
      ['skipped', 0, false, 'missing-credential'],
    ]);
  });

  it('folds a journal that is cut off after any line, and calls nothing finished that did not end', async () => {
    const events = await eventsOfRun();
    for (let length = 1; length < events.length; length++) {
      const record = foldEvents(events.slice(0, length));
      expect(record).toMatchObject({ finishedAt: null, durationMs: null, interruptedBy: null });
      expect(record.checks.size).toBe(3);
      const ended = events.slice(0, length).filter(({ type }) => type === 'check-finished').length;
      expect([...record.checks.values()].filter(({ finished }) => finished)).toHaveLength(ended);
    }
  });

  it('survives being written down and read again', async () => {
    const events = await eventsOfRun();
    const read: RunEvent[] = JSON.parse(JSON.stringify(events));
    expect(foldEvents(read)).toEqual(foldEvents(events));
  });

  it('counts an event once that comes twice', async () => {
    const events = await eventsOfRun();
    expect(foldEvents(events.flatMap((event) => [event, event]))).toEqual(foldEvents(events));
  });

  it('keeps the first attempt and the last twenty', () => {
    expect(numbersOf(polled(21))).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(numbersOf(polled(100))).toEqual([1, ...Array.from({ length: 20 }, (_, index) => index + 81)]);
  });

  it('takes no notice of a check that is not in the plan', () => {
    const events = [...polled(1), { type: 'check-finished', at: '2026-11-21T00:00:00Z', id: '__proto__' } as const];
    expect([...foldEvents(events).checks.keys()]).toEqual(['a']);
  });

  it('refuses events that are not the beginning of a run', () => {
    expect(() => foldEvents([])).toThrow('there are no events');
    expect(() => foldEvents(polled(1).slice(1))).toThrow('begin with "run-started", not with "attempt"');
  });
});
