import type { Outcome } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { RunEvent } from './event.ts';
import { allChecks } from './record.ts';
import type { Ports } from './ports.ts';

/** A check that has begun and not ended. `outcome` and `code` are what its last attempt came to; null before the first ended. */
export type RunningCheck = {
  readonly id: string;
  readonly sinceMs: number;
  readonly attempts: number;
  readonly outcome: Outcome | null;
  readonly code: ReasonCode | null;
  /** What a long look last said of itself; empty when it said nothing. */
  readonly said: string;
};

/** How far a run is: what ended and how, and what runs now, oldest first. Times are monotonic milliseconds. */
export type Progress = {
  readonly startedMs: number;
  readonly total: number;
  readonly counts: { readonly [outcome in Outcome]: number };
  readonly running: readonly RunningCheck[];
};

/** Before the first event of a run. */
export const noProgress = (startedMs: number): Progress => ({
  startedMs,
  total: 0,
  counts: { pass: 0, warn: 0, fail: 0, unknown: 0, blocked: 0, skipped: 0 },
  running: [],
});

/** How many checks have ended, in whatever way. */
export const endedCount = ({ counts }: Progress): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Progress after one more event, which happened at `atMs`. */
export const progressAfter = (progress: Progress, event: RunEvent, atMs: number, assess: Ports['assess']): Progress => {
  switch (event.type) {
    case 'run-started':
      return { ...progress, total: allChecks(event.plan).length };
    case 'check-started': {
      const begun: RunningCheck = { id: event.id, sinceMs: atMs, attempts: 0, outcome: null, code: null, said: '' };
      return { ...progress, running: [...progress.running, begun] };
    }
    case 'attempt': {
      const { outcome, code } = assess(event.attempt);
      const attempts = event.attempt.number;
      const running = progress.running.map((check) =>
        check.id === event.id ? { ...check, attempts, outcome, code } : check,
      );
      return { ...progress, running };
    }
    case 'check-finished':
      return ended(progress, event.id, runningCheck(progress, event.id)?.outcome ?? 'unknown');
    case 'step-bound':
      return progress;
    case 'step-left-out':
      return ended(progress, event.id, 'skipped');
    case 'check-not-run':
      return ended(progress, event.id, outcomeOfNotRun(event.code));
    case 'history-read':
    case 'run-finished':
      return progress;
  }
};

/** Progress after a look has said how far it is. */
export const progressSaid = (progress: Progress, id: string, said: string): Progress => ({
  ...progress,
  running: progress.running.map((check) => (check.id === id ? { ...check, said } : check)),
});

/** The running check of that id; null when it does not run. */
export const runningCheck = ({ running }: Progress, id: string): RunningCheck | null =>
  running.find((check) => check.id === id) ?? null;

/** What a check that did not run counts as while the run goes on; the judge has the last word. */
export const outcomeOfNotRun = (code: ReasonCode): Outcome => {
  if (code === 'needs-failed') return 'blocked';
  return code === 'missing-credential' ? 'skipped' : 'unknown';
};

const ended = (progress: Progress, id: string, outcome: Outcome): Progress => ({
  ...progress,
  counts: { ...progress.counts, [outcome]: progress.counts[outcome] + 1 },
  running: progress.running.filter((check) => check.id !== id),
});
