import type { Run } from '../model/run.ts';
import { factChanges, type FactChange } from './diff.ts';
import { keptRun } from './kept-run.ts';
import type { Episode, HistoryStore, KeptRun, Scope } from './store.ts';
import { isFlapping } from './trends.ts';

/** What earlier runs tell about one root cause. */
export type Insight = {
  readonly check: string;
  /** When it was last seen good, and in which run; null when it never was. */
  readonly lastGood: { readonly run: string; readonly at: string } | null;
  /** When it was first seen bad after that; null when this run is the first. */
  readonly firstBad: string | null;
  /** Facts that differ from the last good run, of the check and of others of its component. */
  readonly changes: readonly (FactChange & { readonly check: string })[];
  readonly flapping: boolean;
  /** An earlier time with the same cause, and how it ended; null when there was none. */
  readonly seenBefore: Episode | null;
};

const MOST_CHANGES = 12;
const FLAPPING_RESULTS = 20;

/** What the history knows of the blockers of a run, in their order. Without a history there is nothing to know. */
export const findInsights = async (
  run: Run,
  scope: Scope,
  store: HistoryStore | null,
  since: string | null = null,
): Promise<readonly Insight[]> => {
  if (store === null) return [];
  const now = keptRun(run, scope.file);
  const insights: Insight[] = [];
  for (const { cause } of run.blockers) insights.push(await insightOf(cause.check, now, scope, store, since));
  return insights;
};

const insightOf = async (
  check: string,
  now: KeptRun,
  scope: Scope,
  store: HistoryStore,
  since: string | null,
): Promise<Insight> => {
  const broken = valueOf(await store.brokenSince(scope, check));
  const results = valueOf(await store.results(scope, check, { since: null, limit: FLAPPING_RESULTS })) ?? [];
  const own = now.checks.find(({ id }) => id === check);
  const cause = own?.causeKey ?? null;
  const lastGood = broken?.lastGood ?? null;
  const compared = since ?? lastGood?.run ?? null;
  const before = compared === null ? null : valueOf(await store.run(compared));
  return {
    check,
    lastGood: lastGood === null ? null : { run: lastGood.run, at: lastGood.at },
    firstBad: broken?.firstBad?.at ?? null,
    changes: before === null ? [] : changesSince(before, now, check),
    flapping: isFlapping(results),
    seenBefore: cause === null ? null : valueOf(await store.seenBefore(scope, check, cause)),
  };
};

/** Of the check first, then of the others of its component: what changed beside it may be why. */
const changesSince = (before: KeptRun, now: KeptRun, check: string): Insight['changes'] => {
  const component = now.checks.find(({ id }) => id === check)?.component ?? null;
  const related = now.checks
    .filter((one) => one.id === check || (component !== null && one.component === component))
    .toSorted((a, b) => Number(b.id === check) - Number(a.id === check));
  return related
    .flatMap(({ id, facts }) => {
      const earlier = before.checks.find((one) => one.id === id);
      return earlier === undefined ? [] : factChanges(earlier.facts, facts).map((change) => ({ ...change, check: id }));
    })
    .slice(0, MOST_CHANGES);
};

const valueOf = <T>(told: { readonly ok: true; readonly value: T } | { readonly ok: false }): T | null =>
  told.ok ? told.value : null;
