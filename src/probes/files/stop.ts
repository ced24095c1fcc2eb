import { CouldNotLook, type ProbeContext } from '../probe.ts';

/**
 * Runs a piece of work until the signal aborts. A call of the system cannot be stopped (a network file system may hang
 * for ever), so that the work is left behind then; `pause` throws in it at the next chance.
 */
export const untilStopped = async <T>(
  { signal, timeoutMs }: Pick<ProbeContext, 'signal' | 'timeoutMs'>,
  progress: () => string,
  work: (pause: () => void) => Promise<T>,
): Promise<T> => {
  const stopped = (): CouldNotLook =>
    new CouldNotLook('timeout', `timed out after ${timeoutMs / 1000} s, ${progress()}`);
  const pause = (): void => {
    if (signal.aborted) throw stopped();
  };
  pause();
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(stopped());
  });
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work(pause), aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};
