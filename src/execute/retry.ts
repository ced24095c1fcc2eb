import type { Eventually, Retry } from '../config/config.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Assessment } from './ports.ts';

/** Doubling ends here, unless the delay asked for is longer. */
const LONGEST_BACKOFF_MS = 30_000;

/** Whether what needs this may go on: all that must hold does. */
export const isGood = (outcome: Outcome | null): boolean => outcome === 'pass' || outcome === 'warn';

/**
 * How long to wait before the next look, given what the looks so far came to; null when they settle the check.
 * Only trouble that can pass is worth another look. After a failed look two good ones in a row are asked for, and
 * `attempts + 1` looks are made at most: none that could not end in a pass any more. `random` is for jitter.
 */
export const retryDelayMs = (looks: readonly Assessment[], retry: Retry, random: number): number | null => {
  const last = looks.at(-1);
  if (last === undefined) return 0;
  const failures = looks.filter(({ outcome }) => !isGood(outcome)).length;
  const left = retry.attempts + 1 - looks.length;
  const again = isGood(last.outcome)
    ? failures > 0 && !isGood(looks.at(-2)?.outcome ?? null) && left >= 1
    : last.transient && left >= 2;
  return again ? backoffMs(retry.delayMs, failures, random) : null;
};

/** Doubles with each failure, and spreads from half to one and a half of that. */
const backoffMs = (delayMs: number, failures: number, random: number): number =>
  Math.min(delayMs * 2 ** (failures - 1), Math.max(LONGEST_BACKOFF_MS, delayMs)) * (0.5 + random);

/** When looks of a polled check began, in monotonic milliseconds, and what time it is. */
export type Polling = { readonly firstMs: number; readonly lastMs: number; readonly nowMs: number };

/** How long to wait before polling again; null when the check passed, or when the next look would come too late. */
export const pollDelayMs = (outcome: Outcome, { withinMs, everyMs }: Eventually, at: Polling): number | null => {
  const nextMs = Math.max(at.nowMs, at.lastMs + everyMs);
  return outcome === 'pass' || nextMs - at.firstMs > withinMs ? null : nextMs - at.nowMs;
};
