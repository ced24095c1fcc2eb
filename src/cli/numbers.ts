import { UsageError } from '../model/fault.ts';

const MOST_AT_ONCE = 10_000;
const MOST_TIMES = 100;

/** Reads `--concurrency N`; null when it was not given. */
export const concurrencyOf = (text: string | null): number | null => wholeNumber('concurrency', text, MOST_AT_ONCE);

/** Reads `--repeat-each N`; null when it was not given. */
export const repetitionsOf = (text: string | null): number | null => wholeNumber('repeat-each', text, MOST_TIMES);

const wholeNumber = (option: string, text: string | null, most: number): number | null => {
  if (text === null) return null;
  const number = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= most) return number;
  throw new UsageError(`--${option} must be a whole number from 1 to ${most}, found "${text}"`);
};
