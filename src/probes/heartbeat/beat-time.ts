import type { Json } from '../../model/json.ts';
import { parseInstant } from '../../matchers/instant.ts';

/** Above what `parseInstant` takes for milliseconds: microseconds until the year 5138, then nanoseconds. */
const FIRST_MICROSECONDS = 1e14;
const FIRST_NANOSECONDS = 1e17;
const MOST_NANOSECONDS = 1e20;

/** A whole number beyond 2^53 stands in JSON that was read as the text of its digits. */
const LARGE_NUMBER = /^\d{16,20}$/;

/**
 * Milliseconds since 1970 of the time of a beat: ISO 8601 with time and offset, an HTTP date, or an epoch number whose
 * magnitude tells seconds, milliseconds, microseconds and nanoseconds apart. Null for anything else. A day without a
 * time is no beat: it may be any of 24 hours.
 */
export const beatTime = (value: Json): number | null => {
  if (typeof value === 'string') {
    if (LARGE_NUMBER.test(value)) return beatTime(Number(value));
    return value.includes(':') ? parseInstant(value) : null;
  }
  if (typeof value !== 'number' || value < FIRST_MICROSECONDS) return parseInstant(value);
  if (value >= MOST_NANOSECONDS) return null;
  return value < FIRST_NANOSECONDS ? value / 1e3 : value / 1e6;
};
