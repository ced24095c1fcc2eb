import { describe, expect, it } from 'vitest';
import { assess, literalWorld, observed, plannedCheck, planOf } from '../../tests/execute/literals.ts';
import type { RunEvent } from './event.ts';
import { executePlan } from './execute-plan.ts';
import { endedCount, noProgress, progressAfter, type Progress } from './progress.ts';

const run = { runId: 'r1', tool: { name: 'gonogo', version: '0.1.0' } };

const steps = (events: readonly RunEvent[]): readonly Progress[] => {
  const all = [noProgress(1000)];
  for (const [index, event] of events.entries()) {
    all.push(progressAfter(all.at(-1) ?? noProgress(0), event, 1001 + index, assess));
  }
  return all;
};

describe('progressAfter', () => {
  it('counts how checks ended, and knows what runs', async () => {
    const plan = planOf([
      plannedCheck('a'),
      plannedCheck('b'),
      plannedCheck('c', { needs: ['b'] }),
      plannedCheck('d', { missing: ['TOKEN'] }),
    ]);
    const { ports, events } = literalWorld(async ({ id }) => observed({ status: id === 'b' ? 500 : 200 }));
    await executePlan(plan, run, ports, new AbortController().signal);
    const all = steps(events);
    expect(all.at(-1)).toEqual({
      startedMs: 1000,
      total: 4,
      counts: { pass: 1, warn: 0, fail: 1, unknown: 0, blocked: 1, skipped: 1 },
      running: [],
    });
    expect(all.map(({ running }) => running.map(({ id }) => id).join())).toContain('a,b');
    expect(all.map(endedCount)).toEqual(all.map(endedCount).toSorted((a, b) => a - b));
  });

  it('tells since when a check runs, how often it looked and what came of it', () => {
    const attempt = { number: 3, startedAt: '', durationMs: 1, observation: observed({ status: 500 }), results: [] };
    const [, begun, looked] = steps([
      { type: 'check-started', at: '', id: 'a' },
      { type: 'attempt', at: '', id: 'a', attempt },
    ]);
    expect(begun?.running).toEqual([{ id: 'a', sinceMs: 1001, attempts: 0, outcome: null, code: null, said: '' }]);
    expect(looked?.running).toEqual([{ id: 'a', sinceMs: 1001, attempts: 3, outcome: 'pass', code: null, said: '' }]);
  });

  it('counts a check that was stopped as unknown, and no longer as running', () => {
    const last = steps([
      { type: 'check-started', at: '', id: 'a' },
      { type: 'check-not-run', at: '', id: 'a', code: 'cancelled', message: '' },
    ]).at(-1);
    expect(last).toMatchObject({ counts: { unknown: 1 }, running: [] });
  });

  it('does not take a check that finished without an attempt for a pass', () => {
    const last = steps([{ type: 'check-finished', at: '', id: 'a' }]).at(-1);
    expect(last).toMatchObject({ counts: { pass: 0, unknown: 1 } });
  });
});
