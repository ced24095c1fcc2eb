import type { RunRecord } from './event.ts';
import type { Ports } from './ports.ts';

/** The end of a run before its time: a signal with the reason, and `release`, which lets go of clock and listener. */
export type RunStop = { readonly signal: AbortSignal; readonly release: () => void };

/** Joins the two things that stop a run: somebody's signal, and the deadline of the run, whose reason is `deadline`. */
export const watchStop = (deadlineMs: number | null, sleep: Ports['sleep'], outer: AbortSignal): RunStop => {
  const stop = new AbortController();
  const finished = new AbortController();
  const onOuter = (): void => stop.abort(outer.reason);
  outer.addEventListener('abort', onOuter, { once: true });
  if (outer.aborted) onOuter();
  if (deadlineMs !== null) {
    void sleep(deadlineMs, finished.signal).then(() => {
      if (!finished.signal.aborted) stop.abort('deadline');
    });
  }
  return {
    signal: stop.signal,
    release: () => {
      finished.abort();
      outer.removeEventListener('abort', onOuter);
    },
  };
};

/** Why the run ended early; null when it did not. A stop without one of our reasons counts as a request to end. */
export const interruptedBy = (signal: AbortSignal): RunRecord['interruptedBy'] => {
  if (!signal.aborted) return null;
  const reason: unknown = signal.reason;
  return reason === 'deadline' || reason === 'SIGINT' ? reason : 'SIGTERM';
};
