import type { Json } from '../model/json.ts';
import { different, holdsIf, wrongType, type Compare } from './comparison.ts';
import { parseInstant } from './instant.ts';
import { showBound } from './phrase.ts';
import { showTyped } from './show.ts';

/** A time further ahead than this is no sign of freshness but of a wrong clock. */
const MOST_AHEAD_MS = 5 * 60_000;

/** Younger than an age (and not in the future), or after an instant. */
export const compareNewer: Compare = (value, expected, { now }) => {
  const instant = instantOf(value, expected);
  const bound = boundOf(expected, now);
  if (instant === null || bound === null) return notATime(value);
  if (typeof expected === 'number' && instant > now.getTime() + MOST_AHEAD_MS) {
    return different(`${showTyped(value)} lies in the future`);
  }
  return holdsIf(
    instant > bound,
    () => `${showTyped(value)} is not newer than ${showBound(expected)}${age(instant, now)}`,
  );
};

/** Of a higher age, or before an instant. */
export const compareOlder: Compare = (value, expected, { now }) => {
  const instant = instantOf(value, expected);
  const bound = boundOf(expected, now);
  if (instant === null || bound === null) return notATime(value);
  return holdsIf(
    instant < bound,
    () => `${showTyped(value)} is not older than ${showBound(expected)}${age(instant, now)}`,
  );
};

/** A day alone may be any of its 24 hours, and in any zone: it has no age, but it is before or after another day. */
const instantOf = (value: Json, expected: Json): number | null =>
  typeof expected === 'number' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? null
    : parseInstant(value);

const boundOf = (expected: Json, now: Date): number | null =>
  typeof expected === 'number' ? now.getTime() - expected : parseInstant(expected);

const notATime = (value: Json) =>
  wrongType(`${showTyped(value)} is not a time: expected ISO 8601 with an offset, an HTTP date or an epoch number`);

const age = (instant: number, now: Date): string => {
  const seconds = Math.round((now.getTime() - instant) / 1000);
  return seconds < 0 ? '' : `, it is ${roughly(seconds)} old`;
};

const roughly = (seconds: number): string => {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} days`;
};
