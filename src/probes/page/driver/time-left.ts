/** A point in time that everything in a visit must be ready by. */
export type TimeLeft = {
  /** Milliseconds that are left, at least 1: to Playwright 0 means for ever. */
  readonly left: () => number;
  readonly isOver: () => boolean;
};

/** Milliseconds on the clock of this process, which starts with it. */
export const timeUntil = (atMs: number): TimeLeft => ({
  left: () => Math.max(1, Math.floor(atMs - performance.now())),
  isOver: () => performance.now() >= atMs,
});

/** The earlier of an own limit and what is left in all. */
export const within = (ms: number, time: TimeLeft): TimeLeft =>
  timeUntil(performance.now() + Math.min(ms, time.left()));

/** What work comes to, or null when it takes longer; a page that hangs answers nothing at all. */
export const orNull = async <T>(work: Promise<T>, ms: number): Promise<T | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return Promise.race([work.catch(() => null), late]).finally(() => clearTimeout(timer));
};
