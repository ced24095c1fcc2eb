/** What starting a browser may take: a machine that is slow is not the fault of the page. */
export const START_MS = 15_000;

/** Of a time that has no room for that. */
const START_SHARE = 0.75;
const MOST_RESERVE_MS = 1500;

/** The time of a look, in milliseconds, for the three parts of a visit; a rest is left for the way home. */
export type TimeBudget = { readonly startMs: number; readonly pageMs: number; readonly reserveMs: number };

/** Divides the time of a look: first the browser's, then that of the check itself, of which some is for evidence. */
export const timeBudget = (timeoutMs: number): TimeBudget => {
  const startMs = timeoutMs > START_MS ? START_MS : timeoutMs * START_SHARE;
  const ownMs = timeoutMs - startMs;
  const lastMs = Math.min(MOST_RESERVE_MS, ownMs / 5);
  return { startMs, pageMs: ownMs - lastMs, reserveMs: lastMs * 0.7 };
};
