import type { ProbeContext } from '../probe.ts';

/** The time that the opening of a stream has, apart from the time for which it is then watched. */
export type Opening = {
  /** For the opening and everything after it: aborts with the look, or when the opening takes too long. */
  readonly context: ProbeContext;
  /** The stream is open: from here on only the look itself can end it. */
  readonly done: () => void;
  /** Leaves no timer and no listener behind. */
  readonly release: () => void;
};

/** Keeps `lastsMs` of the time of a look for what comes after the opening. */
export const limitOpening = (context: ProbeContext, lastsMs: number): Opening => {
  const { signal } = context;
  const own = context.timeoutMs - lastsMs;
  const timeoutMs = own > 0 ? own : context.timeoutMs;
  const controller = new AbortController();
  const relay = (): void => controller.abort(signal.reason);
  const timer = setTimeout(
    () => controller.abort(new DOMException(`not open within ${timeoutMs} ms`, 'TimeoutError')),
    timeoutMs,
  );
  const done = (): void => clearTimeout(timer);
  if (signal.aborted) relay();
  signal.addEventListener('abort', relay, { once: true });
  return {
    context: { ...context, signal: controller.signal, timeoutMs },
    done,
    release: () => {
      done();
      signal.removeEventListener('abort', relay);
    },
  };
};
