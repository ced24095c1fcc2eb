import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assess, literalWorld, observed, plannedCheck, planOf } from '../../tests/execute/literals.ts';
import type { RunEvent } from '../execute/event.ts';
import { executePlan } from '../execute/execute-plan.ts';
import { noProgress, type Progress } from '../execute/progress.ts';
import { makeProgressView, progressLines } from './progress-view.ts';

const live = { live: true, colour: true, columns: 60 };
const elsewhere = { live: false, colour: false, columns: 80 };

const eventsOfRun = async (): Promise<readonly RunEvent[]> => {
  const { ports, events } = literalWorld(async ({ id }) => observed({ status: id === 'bad' ? 500 : 200 }));
  const checks = [plannedCheck('good'), plannedCheck('bad'), plannedCheck('after', { needs: ['bad'] })];
  await executePlan(
    planOf(checks),
    { runId: 'r1', tool: { name: 'gonogo', version: '0' } },
    ports,
    new AbortController().signal,
  );
  return events;
};

const viewInto = (written: string[], terminal: typeof live, quiet = false) => {
  const clock = { ms: 0 };
  const view = makeProgressView(
    { write: (text) => written.push(text), monotonicMs: () => clock.ms, assess },
    terminal,
    quiet,
  );
  return { view, clock };
};

/** Any control character but the end of a line. */
const CONTROLS = /[^\P{Cc}\n]/u;

describe('makeProgressView', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('writes a line for each check that ended where nobody watches, without control codes', async () => {
    const written: string[] = [];
    const { view, clock } = viewInto(written, elsewhere);
    for (const event of await eventsOfRun()) {
      clock.ms += 100;
      view.show(event);
    }
    view.close();
    expect(written.join('')).toBe(
      [
        '[1/3] pass    good  400 ms',
        '[2/3] fail    bad  assertion-failed  400 ms',
        '[3/3] blocked after  needs "bad", which ended as fail',
        '',
      ].join('\n'),
    );
  });

  it('shows hostile names harmless', () => {
    const written: string[] = [];
    const { view } = viewInto(written, elsewhere);
    view.show({ type: 'check-not-run', at: '', id: '\u001b[2Ja\u009b', code: 'cancelled', message: 'x\r\n::error::y' });
    expect(written.join('')).not.toMatch(CONTROLS);
  });

  it('says nothing when it is to be quiet', async () => {
    const written: string[] = [];
    for (const terminal of [live, elsewhere]) {
      const { view } = viewInto(written, terminal, true);
      for (const event of await eventsOfRun()) view.show(event);
      vi.advanceTimersByTime(1000);
      view.close();
    }
    expect(written).toEqual([]);
  });

  it('redraws at most ten times a second, only what changed, and clears up after itself', async () => {
    const written: string[] = [];
    const { view, clock } = viewInto(written, live);
    const events = await eventsOfRun();
    for (const event of events.slice(0, 3)) view.show(event);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(written).toEqual(['0/3  2 running  0 ms\n  good  0 ms\n  bad  0 ms']);
    vi.advanceTimersByTime(900);
    expect(written).toHaveLength(1);
    for (const event of events) view.show(event);
    clock.ms = 2000;
    vi.advanceTimersByTime(100);
    expect(written[1]).toBe(
      '\u001b[2A\r\u001b[Jfail    bad  assertion-failed  0 ms\n3/3  1 pass  1 fail  1 blocked  0 running  2 s',
    );
    view.close();
    expect(written.at(-1)).toBe('\u001b[1A\r\u001b[J');
    vi.advanceTimersByTime(1000);
    expect(written).toHaveLength(3);
  });
});

describe('progressLines', () => {
  const progress: Progress = {
    ...noProgress(1000),
    total: 12,
    counts: { pass: 2, warn: 0, fail: 1, unknown: 0, blocked: 0, skipped: 0 },
    running: ['a', 'b', 'c', 'd'].map((id, index) => ({
      id,
      sinceMs: 1000 + index,
      attempts: index,
      outcome: null,
      code: null,
      said: '',
    })),
  };

  it('shows the counts, what runs longest, and for how long', () => {
    expect(progressLines(progress, ['fail    x  timeout'], 5000, 80)).toEqual([
      'fail    x  timeout',
      '3/12  2 pass  1 fail  4 running  4 s',
      '  a  4 s',
      '  b  4 s  attempt 2',
      '  c  4 s  attempt 3',
    ]);
  });

  it('stays narrower than the terminal, however narrow that is, and in ASCII', () => {
    const hostile = {
      ...progress,
      running: [{ id: '🚀\u001b[2Jé', sinceMs: 0, attempts: 0, outcome: null, code: null, said: '' }],
    };
    for (const columns of [1, 2, 10, 40]) {
      for (const line of progressLines(hostile, ['\u001b[2Jé'], 5000, columns)) {
        expect(line).toMatch(/^[\u0020-\u007e]*$/);
        expect(line.length).toBeLessThanOrEqual(Math.max(1, columns - 1));
      }
    }
  });
});
