/** Inside the time that a look has to end after its signal. */
const LAST_WORD_MS = 20;

/** A moment for the connection to say what it was waiting for, which is a better cause than the deadline alone. */
export const lastWord = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, LAST_WORD_MS));

/** The result of `work`, or a rejection with the signal's reason when that comes first. */
export const untilAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const stop = (): void => reject(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  return promise;
};

/** The result of `work`, or a rejection with what `late` makes when that takes longer than `ms`. */
export const within = async <T>(work: Promise<T>, ms: number, late: () => Error): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), ms);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
};
