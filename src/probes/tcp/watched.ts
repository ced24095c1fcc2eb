import { failureOf } from '../engine/failure.ts';
import type { Watch } from '../engine/reach.ts';
import { startClock } from '../engine/timings.ts';
import { newTrace } from '../engine/trace.ts';
import type { ProbeContext } from '../probe.ts';

/**
 * Runs one piece of work on a connection: its phases are timed, what it opened is closed when it ends or the signal
 * aborts, and what it throws becomes `CouldNotLook` with everything that was seen.
 */
export const watched = async <T>(
  { signal, monotonicMs, timeoutMs }: Pick<ProbeContext, 'signal' | 'monotonicMs' | 'timeoutMs'>,
  work: (watch: Watch) => Promise<T>,
): Promise<T> => {
  const clock = startClock(monotonicMs);
  const trace = newTrace();
  const close = (): void => {
    signal.removeEventListener('abort', close);
    for (const closer of trace.closers) closer();
  };
  try {
    signal.throwIfAborted();
    signal.addEventListener('abort', close, { once: true });
    return await work({ signal, clock, trace });
  } catch (error) {
    throw failureOf(error, trace, clock, signal, timeoutMs);
  } finally {
    close();
  }
};
