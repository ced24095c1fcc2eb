/** The longest that a timer of Node can wait; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Clock, sleep and randomness of this machine. `monotonicMs` never jumps, whatever happens to the wall clock. */
export const clock = {
  now: (): Date => new Date(),
  monotonicMs: (): number => performance.now(),
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep: async (ms: number, signal: AbortSignal): Promise<void> => {
    for (let leftMs = ms; !signal.aborted && leftMs > 0; leftMs -= LONGEST_TIMER_MS) {
      await nap(Math.min(leftMs, LONGEST_TIMER_MS), signal);
    }
  },
  /** 0 <= n < 1. */
  random: (): number => Math.random(),
} as const;

const nap = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener('abort', wake, { once: true });
  });
