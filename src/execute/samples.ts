import type { ExpectationResult } from '../matchers/expectation.ts';
import type { Facts, Observation } from '../model/observation.ts';

/** One look, and what the expectations made of it. No results when there was nothing to evaluate. */
export type Look = { readonly observation: Observation; readonly results: readonly ExpectationResult[] };

/** Whether a fact is about how long a look took, which samples answer together and not one by one. */
export const isAboutDuration = (fact: string): boolean => fact === 'duration' || fact.startsWith('duration.');

/** Nothing that follows can make an attempt better or much worse than this look: no need to look on. */
export const decides = (look: Look): boolean => severity(look) >= 2;

/** The look that speaks for all: the worst, and among equals the last. Null when there is none. */
export const worstLook = (looks: readonly Look[]): Look | null =>
  looks.reduce<Look | null>((worst, look) => (worst !== null && severity(worst) > severity(look) ? worst : look), null);

const severity = ({ observation, results }: Look): number => {
  if (observation.state === 'unobserved') return 3;
  if (results.some(({ held, level }) => !held && level === 'expect')) return 2;
  return results.some(({ held }) => !held) ? 1 : 0;
};

/** Facts with the durations of all looks in the place of one: nearest-rank percentiles, maximum and mean, in ms. */
export const withDurations = (facts: Facts, looks: readonly Look[]): Facts => {
  const durations = looks.map(({ observation }) => observation.facts['duration']).filter(isNumber);
  const { duration: _, ...others } = facts;
  if (durations.length !== looks.length || durations.length === 0) return others;
  const sorted = durations.toSorted((a, b) => a - b);
  return {
    ...others,
    duration: {
      p50: nearestRank(sorted, 50),
      p95: nearestRank(sorted, 95),
      p99: nearestRank(sorted, 99),
      max: nearestRank(sorted, 100),
      mean: Math.round((sorted.reduce((total, ms) => total + ms, 0) / sorted.length) * 1000) / 1000,
    },
  };
};

/** The smallest value that at least `percent` of all values do not exceed. */
const nearestRank = (sorted: readonly number[], percent: number): number =>
  sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1] ?? 0;

const isNumber = (value: unknown): value is number => typeof value === 'number';
