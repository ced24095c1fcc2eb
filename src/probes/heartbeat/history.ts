import type { EarlierResult, ProbeContext } from '../probe.ts';

const DAY_MS = 86_400_000;

/** How far back the last beat is looked for: ten times as long as it may be away, and a week at least. */
export const lookBackMs = (dueMs: number): number => Math.max(10 * dueMs, 7 * DAY_MS);

/** What earlier runs made of a check; null without a history. Rejects with the signal's reason when that comes first. */
export const earlierResults = async (
  check: string,
  sinceMs: number,
  { earlier, signal }: Pick<ProbeContext, 'earlier' | 'signal'>,
): Promise<readonly EarlierResult[] | null> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([promise, earlier(check, sinceMs)]).finally(() => signal.removeEventListener('abort', stop));
};

/** Times in milliseconds at which a check was good, in order. */
export const goodTimes = (results: readonly EarlierResult[]): readonly number[] =>
  results
    .filter(({ outcome }) => outcome === 'pass' || outcome === 'warn')
    .map(({ at }) => Date.parse(at))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
