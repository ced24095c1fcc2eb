import type { Risk, WorkItem } from '../config/readiness/work.ts';
import type { CheckResult, RiskResult, Run } from '../model/run.ts';

type Items = NonNullable<Run['work']>['items'];
type ItemResult = Items[number];

/** The state of the work on the way to a launch; null when the file has no work items. */
export const judgeWork = (items: readonly WorkItem[], checks: ReadonlyMap<string, CheckResult>): Run['work'] => {
  if (items.length === 0) return null;
  const done = new Map(items.map((item) => [item.id, isDone(item, checks)]));
  const results = items.map((item): ItemResult => {
    const open = item.blockedBy.filter((id) => done.get(id) !== true);
    const missing = item.accept.filter((id) => !isAccepted(id, checks));
    return {
      id: item.id,
      title: item.title,
      group: item.group,
      owner: item.owner,
      deadline: item.deadline,
      estimateMs: item.estimateMs,
      optional: item.optional,
      state: done.get(item.id) === true ? 'done' : open.length > 0 ? 'blocked' : 'ready',
      blockedBy: open,
      missing,
      claimedDone: item.claimedDone,
      source: item.source,
    };
  });
  return {
    items: results,
    criticalPath: longestChain(results),
    startable: results.filter(({ state }) => state === 'ready').map(({ id }) => id),
    withoutIds: results.filter(({ optional, state }) => optional && state !== 'done').map(({ id }) => id),
  };
};

/** What the checks say wins over what is claimed; without checks the claim is all there is. */
const isDone = ({ accept, claimedDone }: WorkItem, checks: ReadonlyMap<string, CheckResult>): boolean =>
  accept.length > 0 ? accept.every((id) => isAccepted(id, checks)) : claimedDone === true;

/** A waiver lets a launch go; it does not make work done. */
const isAccepted = (id: string, checks: ReadonlyMap<string, CheckResult>): boolean => {
  const outcome = checks.get(id)?.outcome;
  return outcome === 'pass' || outcome === 'warn';
};

/** Items that are claimed to be done and whose checks say otherwise. */
export const falseClaims = (work: Run['work']): Items =>
  (work?.items ?? []).filter(({ claimedDone, missing }) => claimedDone === true && missing.length > 0);

/** The chain of open items whose estimates add up to most, first to last; an item without an estimate counts nothing. */
const longestChain = (items: readonly ItemResult[]): NonNullable<Run['work']>['criticalPath'] => {
  const open = new Map(items.filter(({ state }) => state !== 'done').map((item) => [item.id, item]));
  const best = new Map<string, { readonly ids: readonly string[]; readonly totalMs: number }>();
  const chainTo = (id: string): { readonly ids: readonly string[]; readonly totalMs: number } => {
    const known = best.get(id);
    if (known !== undefined) return known;
    const item = open.get(id);
    if (item === undefined) return { ids: [], totalMs: 0 };
    const before = item.blockedBy
      .map(chainTo)
      .reduce((longest, one) => (one.totalMs > longest.totalMs || longest.ids.length === 0 ? one : longest), EMPTY);
    const chain = { ids: [...before.ids, id], totalMs: before.totalMs + (item.estimateMs ?? 0) };
    best.set(id, chain);
    return chain;
  };
  const longest = [...open.keys()].map(chainTo).reduce((a, b) => (b.totalMs > a.totalMs ? b : a), EMPTY);
  const unestimated = longest.ids.filter((id) => (open.get(id)?.estimateMs ?? null) === null);
  return { ...longest, unestimated };
};

const EMPTY: { readonly ids: readonly string[]; readonly totalMs: number } = { ids: [], totalMs: 0 };

/** The live state of each risk, from the checks that watch it. */
export const judgeRisks = (risks: readonly Risk[], checks: ReadonlyMap<string, CheckResult>): readonly RiskResult[] =>
  risks.map((risk) => {
    const outcomes = risk.checks.map((id) => checks.get(id)?.outcome ?? 'unknown');
    const showing = risk.checks.filter((id) => checks.get(id)?.outcome === 'fail');
    const state =
      showing.length > 0
        ? 'showing'
        : outcomes.length > 0 && outcomes.every((outcome) => outcome === 'pass' || outcome === 'warn')
          ? 'held'
          : 'unwatched';
    return { ...risk, state, showing };
  });
