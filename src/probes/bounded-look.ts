/** How long a look may take to end after it was told to: then we go on without it. */
const GRACE_MS = 250;

/** The longest that a timer of Node can wait; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What ended a look early: its own time was over, or the run stopped (`cancelled`) or had no more time itself. */
export type StopCode = 'timeout' | 'cancelled' | 'deadline-exceeded';

/** How a look ended. `stop` is what had told it to end before it did; `gave-up` is a look that would not. */
export type LookEnd<T> =
  | { readonly how: 'returned'; readonly stop: StopCode | null; readonly value: T }
  | { readonly how: 'threw'; readonly stop: StopCode | null; readonly error: unknown }
  | { readonly how: 'gave-up'; readonly stop: StopCode };

/** The reason that the run's signal carries when the run's own deadline is over; any other reason is a cancellation. */
export const stopCodeOf = (reason: unknown): Exclude<StopCode, 'timeout'> =>
  reason === 'deadline' ? 'deadline-exceeded' : 'cancelled';

/**
 * Runs a look with a signal that aborts after `timeoutMs` (a `TimeoutError`) or with the run's signal (its reason).
 * Ends at most `GRACE_MS` after that, whatever the look does, and does not begin once the run has stopped.
 * Never rejects, and leaves no timer or listener behind.
 */
export const boundedLook = <T>(
  look: (signal: AbortSignal) => Promise<T>,
  timeoutMs: number,
  runSignal: AbortSignal,
): Promise<LookEnd<T>> =>
  new Promise((resolve) => {
    if (runSignal.aborted) return resolve({ how: 'gave-up', stop: stopCodeOf(runSignal.reason) });
    const controller = new AbortController();
    let stop: StopCode | null = null;
    let grace: NodeJS.Timeout | undefined;

    const finish = (end: LookEnd<T>): void => {
      clearTimeout(deadline);
      clearTimeout(grace);
      runSignal.removeEventListener('abort', onRunStop);
      resolve(end);
    };
    const halt = (code: StopCode, reason: unknown): void => {
      if (stop !== null) return;
      stop = code;
      grace = setTimeout(() => finish({ how: 'gave-up', stop: code }), GRACE_MS);
      controller.abort(reason);
    };
    const onRunStop = (): void => halt(stopCodeOf(runSignal.reason), runSignal.reason);
    const deadline = setTimeout(
      () => halt('timeout', new DOMException(`no result within ${timeoutMs} ms`, 'TimeoutError')),
      Math.min(timeoutMs, LONGEST_TIMER_MS),
    );
    runSignal.addEventListener('abort', onRunStop, { once: true });

    look(controller.signal).then(
      (value) => finish({ how: 'returned', stop, value }),
      (error: unknown) => finish({ how: 'threw', stop, error }),
    );
  });
