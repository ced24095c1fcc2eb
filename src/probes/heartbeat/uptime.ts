import type { Outcome } from '../../model/outcome.ts';
import type { EarlierResult } from '../probe.ts';

/** The share of known time in which a check was good, and why there is none when too little is known. */
export type Uptime =
  { readonly known: true; readonly ratio: number } | { readonly known: false; readonly coverage: number };

type Span = { readonly from: number; readonly to: number; readonly good: boolean };

/** Of the window that history must tell something about, before a share of it means anything. */
export const LEAST_COVERAGE = 0.9;

const GOOD: ReadonlySet<Outcome> = new Set(['pass', 'warn']);
const TELLING: ReadonlySet<Outcome> = new Set(['pass', 'warn', 'fail']);

/** When uptime is asked, how far back it looks, and for how long a look speaks at least while no other follows it. */
export type UptimeWindow = { readonly nowMs: number; readonly windowMs: number; readonly holdsMs: number };

/**
 * Uptime over the `windowMs` before `nowMs`. A look speaks for the time until the next one, but at most for `holdsMs`,
 * or for twice the usual (median) distance between looks when that is longer: beyond that nobody was looking. Looks
 * that could not tell (unknown, blocked, skipped) speak for no time. The ratio is good time by told time; there is none
 * unless 90 % of the window is told.
 */
export const uptimeOf = (results: readonly EarlierResult[], { nowMs, windowMs, holdsMs }: UptimeWindow): Uptime => {
  const start = nowMs - windowMs;
  const looks = results
    .map(({ at, outcome }) => ({ at: Date.parse(at), outcome }))
    .filter(({ at }) => at <= nowMs)
    .sort((a, b) => a.at - b.at);
  const most = Math.max(holdsMs, 2 * medianDistance(looks.map(({ at }) => at)));
  const spans = looks.flatMap(({ at, outcome }, index): readonly Span[] => {
    const next = looks[index + 1]?.at ?? nowMs;
    const [from, to] = [Math.max(at, start), Math.min(next, at + most)];
    return TELLING.has(outcome) && to > from ? [{ from, to, good: GOOD.has(outcome) }] : [];
  });
  const told = total(spans);
  const coverage = told / windowMs;
  if (coverage < LEAST_COVERAGE) return { known: false, coverage };
  return { known: true, ratio: total(spans.filter(({ good }) => good)) / told };
};

const medianDistance = (times: readonly number[]): number => {
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
};

const total = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + (to - from), 0);
