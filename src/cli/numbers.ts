import { UsageError } from '../model/fault.ts';

const MOST = 10_000;

/** Reads `--concurrency N`; null when it was not given. */
export const concurrencyOf = (text: string | null): number | null => {
  if (text === null) return null;
  const number = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= MOST) return number;
  throw new UsageError(`--concurrency must be a whole number from 1 to ${MOST}, found "${text}"`);
};
