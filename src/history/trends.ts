import type { Outcome } from '../model/outcome.ts';
import type { KeptCheck } from './store.ts';

/** A result as far as trends need it. Lists of them are oldest first. */
export type Point = Pick<KeptCheck, 'outcome' | 'standing' | 'durationMs' | 'at'>;

/** How far back flapping is looked for, and how many changes it takes (Kibana's rule for its alerts). */
const FLAPPING = { results: 20, transitions: 4 };

/** Fewer durations than this tell no percentile that means anything. */
const LEAST_OF_A_PART = 5;

const BARS = '▁▂▃▄▅▆▇█';

const MARKS: { readonly [Name in Outcome]: string } = {
  pass: '.',
  warn: '!',
  fail: 'x',
  unknown: '?',
  blocked: '-',
  skipped: ' ',
};

/** One character for each number, from the lowest bar for 0 to the highest for the largest; a space for null. */
export const sparkline = (values: readonly (number | null)[]): string => {
  const most = values.reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  return values
    .map((value) => {
      if (value === null) return ' ';
      const height = most === 0 ? 0 : Math.round((Math.max(0, value) / most) * (BARS.length - 1));
      return BARS[height] ?? ' ';
    })
    .join('');
};

/** One character for each outcome: `.` pass, `!` warn, `x` fail, `?` unknown, `-` blocked, a space for skipped. */
export const outcomeMarks = (points: readonly Pick<Point, 'outcome'>[]): string =>
  points.map(({ outcome }) => MARKS[outcome]).join('');

/** How often the last 20 results that tell something changed between good and bad. */
export const transitions = (points: readonly Pick<Point, 'standing'>[]): number => {
  const told = points.filter(({ standing }) => standing !== null).slice(-FLAPPING.results);
  return told.filter(({ standing }, index) => index > 0 && standing !== told[index - 1]?.standing).length;
};

/** Whether a check comes and goes: four changes or more in its last 20 results. */
export const isFlapping = (points: readonly Pick<Point, 'standing'>[]): boolean =>
  transitions(points) >= FLAPPING.transitions;

/** The share of looks that were good, from 0 to 1, and how many could tell; null when none could. */
export type Uptime = { readonly ratio: number | null; readonly told: number; readonly untold: number };

/**
 * Uptime by looks in a window (ISO times, both ends included; null for no end). A look that could not tell (unknown,
 * blocked, skipped) counts for neither side and is given as `untold`.
 */
export const uptime = (
  points: readonly Pick<Point, 'outcome' | 'at'>[],
  { from, to }: { readonly from: string | null; readonly to: string | null } = { from: null, to: null },
): Uptime => {
  const [least, most] = [from === null ? -Infinity : Date.parse(from), to === null ? Infinity : Date.parse(to)];
  const inside = points.filter(({ at }) => Date.parse(at) >= least && Date.parse(at) <= most);
  const good = inside.filter(({ outcome }) => outcome === 'pass' || outcome === 'warn').length;
  const told = good + inside.filter(({ outcome }) => outcome === 'fail').length;
  return { ratio: told === 0 ? null : good / told, told, untold: inside.length - told };
};

/** The smallest value that at least `percent` of all values do not exceed (nearest rank); null for no values. */
export const percentile = (values: readonly number[], percent: number): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1] ?? null;
};

/** p95 of a part of the time, in milliseconds. */
export type DurationPart = {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly p95Ms: number;
};

/** `change` is the last part against the first: 0.25 is a quarter slower. */
export type DurationTrend = { readonly parts: readonly DurationPart[]; readonly change: number | null };

/**
 * How p95 of the duration went, over as many parts of equal count as `most` and at least five durations in each allow.
 * Good results alone count: the duration of a failure is that of a timeout, or of a refusal. Null when there are fewer
 * than five.
 */
export const durationTrend = (points: readonly Omit<Point, 'outcome'>[], most = 4): DurationTrend | null => {
  const timed = points.flatMap(({ standing, durationMs, at }) =>
    standing === 'good' && durationMs !== null ? [{ at, durationMs }] : [],
  );
  const count = Math.min(most, Math.floor(timed.length / LEAST_OF_A_PART));
  if (count < 1) return null;
  const parts = Array.from({ length: count }, (_, index) => {
    const part = timed.slice(
      Math.floor((index * timed.length) / count),
      Math.floor(((index + 1) * timed.length) / count),
    );
    return {
      from: part[0]?.at ?? '',
      to: part.at(-1)?.at ?? '',
      count: part.length,
      p95Ms:
        percentile(
          part.map(({ durationMs }) => durationMs),
          95,
        ) ?? 0,
    };
  });
  const [first, last] = [parts[0]?.p95Ms ?? 0, parts.at(-1)?.p95Ms ?? 0];
  return { parts, change: count < 2 || first === 0 ? null : last / first - 1 };
};
