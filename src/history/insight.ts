import type { Run } from '../model/run.ts';
import { factChanges, type FactChange } from './diff.ts';
import { keptRun } from './kept-run.ts';
import type { Episode, HistoryStore, KeptRun, Scope, Told } from './store.ts';
import { isFlapping } from './trends.ts';

/** What earlier runs tell about one root cause. */
export type Insight = {
  readonly check: string;
  /** When it was last seen good, and in which run; null when it never was. */
  readonly lastGood: { readonly run: string; readonly at: string } | null;
  /** When it was first seen bad after that; null when this run is the first. */
  readonly firstBad: string | null;
  /** The run that `changes` are told against: the last good one, or the one that was asked for; null for none. */
  readonly comparedWith: string | null;
  /** Facts that differ from that run, of the check and of others of its component that are not bad themselves. */
  readonly changes: readonly (FactChange & { readonly check: string })[];
  /** Whether the configuration is another one than in that run. */
  readonly otherConfig: boolean;
  readonly flapping: boolean;
  /** An earlier time with the same cause, and how it ended; null when there was none. */
  readonly seenBefore: Episode | null;
};

const MOST_CHANGES = 12;
const FLAPPING_RESULTS = 20;

/** A history, and what takes its answers: trouble with it comes out as null, and is told there. */
export type Memory = {
  readonly store: HistoryStore | null;
  readonly valueOf: <T>(told: Told<T>) => T | null;
};

/**
 * What the history knows of the blockers of a run that is not in it yet, in their order. Without a history there is
 * nothing to know, and nothing is said of what it cannot tell. `against` is the run to compare with instead of the last
 * good one.
 */
export const findInsights = async (
  run: Run,
  scope: Scope,
  { store, valueOf }: Memory,
  against: KeptRun | null = null,
): Promise<readonly Insight[]> => {
  if (store === null) return [];
  const now = keptRun(run, scope.file);
  const runOf = remembering(store, valueOf);
  const insights: Insight[] = [];
  for (const { cause } of run.blockers) {
    const comparedWith = (lastGood: string | null) => against ?? runOf(lastGood);
    const insight = await insightOf(cause.check, now, scope, { store, valueOf }, comparedWith);
    if (insight !== null) insights.push(insight);
  }
  return insights;
};

/** Many causes have the same last good run: it is read once. */
const remembering = (
  store: HistoryStore,
  valueOf: Memory['valueOf'],
): ((id: string | null) => Promise<KeptRun | null>) => {
  const known = new Map<string, Promise<KeptRun | null>>();
  return async (id) => {
    if (id === null) return null;
    const asked = known.get(id) ?? store.run(id).then(valueOf);
    known.set(id, asked);
    return asked;
  };
};

const insightOf = async (
  check: string,
  now: KeptRun,
  scope: Scope,
  { store, valueOf }: Memory & { readonly store: HistoryStore },
  compared: (lastGood: string | null) => KeptRun | Promise<KeptRun | null> | null,
): Promise<Insight | null> => {
  const broken = valueOf(await store.brokenSince(scope, check));
  const results = valueOf(await store.results(scope, check, { since: null, limit: FLAPPING_RESULTS }));
  if (broken === null || results === null) return null;
  const own = now.checks.find(({ id }) => id === check);
  const cause = own?.causeKey ?? null;
  const lastGood = broken.lastGood;
  const before = await compared(lastGood?.run ?? null);
  return {
    check,
    lastGood: lastGood === null ? null : { run: lastGood.run, at: lastGood.at },
    firstBad: broken.firstBad?.at ?? null,
    comparedWith: before?.id ?? null,
    changes: before === null ? [] : changesSince(before, now, check),
    otherConfig: before !== null && before.configDigest !== now.configDigest,
    flapping: isFlapping(own === undefined ? results : [...results, own]),
    seenBefore: cause === null ? null : valueOf(await store.seenBefore(scope, check, cause)),
  };
};

/** Of the check first, then of the others of its component: what changed beside it may be why. */
const changesSince = (before: KeptRun, now: KeptRun, check: string): Insight['changes'] => {
  const earlier = new Map(before.checks.map((one) => [one.id, one.facts]));
  const component = now.checks.find(({ id }) => id === check)?.component ?? null;
  const own = now.checks.filter(({ id }) => id === check);
  // One that is bad itself is told as a cause of its own, with what changed at it.
  const beside = now.checks.filter(
    (one) => one.id !== check && component !== null && one.component === component && one.standing === 'good',
  );
  return [...own, ...beside]
    .flatMap(({ id, facts }) => factChanges(earlier.get(id) ?? {}, facts).map((change) => ({ ...change, check: id })))
    .slice(0, MOST_CHANGES);
};
