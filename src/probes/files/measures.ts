import type { Json, JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { Match } from './gather.ts';

const MOST_LISTED = 100;
/** A time further ahead than this is no sign of freshness but of a wrong clock; as for the matcher `newer-than`. */
const MOST_AHEAD_MS = 5 * 60_000;

/** Permissions as `0640`. */
export const showMode = (mode: number): string => mode.toString(8).padStart(4, '0');

/** Null for a time that no calendar has. */
const showTime = (ms: number): string | null => {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

const ageFact = (modifiedMs: number, nowMs: number): JsonObject =>
  modifiedMs - nowMs > MOST_AHEAD_MS ? {} : { age: Math.max(0, nowMs - modifiedMs) };

const timeFact = (name: string, ms: number): JsonObject => {
  const time = showTime(ms);
  return time === null ? {} : { [name]: time };
};

const fileFacts = ({ path, size, mode, modifiedMs }: Match, nowMs: number): Json => ({
  path,
  size,
  mode: showMode(mode),
  ...timeFact('modified', modifiedMs),
  ...ageFact(modifiedMs, nowMs),
});

const newestFirst = (a: Match, b: Match): number => b.modifiedMs - a.modifiedMs || (a.path < b.path ? -1 : 1);

/** What sizes, times and permissions say of all matches; nothing of them when there is none. */
export const measure = (matches: readonly Match[], now: Date): Facts => {
  const [first, ...rest] = matches.toSorted(newestFirst);
  if (first === undefined) return { count: 0, files: [] };
  const all = [first, ...rest];
  const nowMs = now.getTime();
  let [size, smallest, largest, oldestMs] = [0, first.size, first.size, first.modifiedMs];
  for (const match of all) {
    size += match.size;
    smallest = Math.min(smallest, match.size);
    largest = Math.max(largest, match.size);
    oldestMs = Math.min(oldestMs, match.modifiedMs);
  }
  return {
    count: all.length,
    files: all.slice(0, MOST_LISTED).map((match) => fileFacts(match, nowMs)),
    size,
    smallest,
    largest,
    ...timeFact('newest', first.modifiedMs),
    ...timeFact('oldest', oldestMs),
    ...ageFact(first.modifiedMs, nowMs),
    modes: [...new Set(all.map(({ mode }) => mode))].sort((a, b) => a - b).map(showMode),
  };
};
