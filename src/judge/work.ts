import { sortByNeeds } from '../config/graph.ts';
import type { Risk, WorkItem } from '../config/readiness/work.ts';
import type { CheckResult, GateResult, RiskResult, Run } from '../model/run.ts';
import { deadlineState, earliest, leftUntil } from './deadline.ts';
import { isWorse } from './verdict.ts';

type Items = NonNullable<Run['work']>['items'];
type ItemResult = Items[number];

/** Until when the launch has to be possible, and what time it is. */
type WorkSetting = { readonly deadline: string | null; readonly now: Date };

/** The first deadline of those gates that no other gate needs: they are what everything leads to. */
export const launchDeadline = (gates: readonly GateResult[]): string | null => {
  const needed = new Set(gates.flatMap(({ needs }) => needs));
  return earliest(gates.filter(({ id }) => !needed.has(id)).map(({ deadline }) => deadline));
};

/** The state of the work on the way to a launch; null when the file has no work items. */
export const judgeWork = (
  items: readonly WorkItem[],
  checks: ReadonlyMap<string, CheckResult>,
  { deadline, now }: WorkSetting,
): Run['work'] => {
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
      deadlineState: null,
      estimateMs: item.estimateMs,
      optional: item.optional,
      state: done.get(item.id) === true ? 'done' : open.length > 0 ? 'blocked' : 'ready',
      blockedBy: open,
      missing,
      claimedDone: item.claimedDone,
      source: item.source,
    };
  });
  const chains = openChains(results);
  const path = longestChain(results, chains);
  return {
    items: results.map((item) => withTime(item, chains, now)),
    criticalPath: {
      ...path,
      deadline,
      leftMs: leftUntil(deadline, now),
      deadlineState: path.ids.length === 0 ? null : deadlineState(deadline, path.totalMs, now),
    },
    startable: results.filter(({ state }) => state === 'ready').map(({ id }) => id),
    withoutIds: results.filter(({ optional, state }) => optional && state !== 'done').map(({ id }) => id),
  };
};

/** An open item is late when all that comes before it and itself take longer than the time until its deadline. */
const withTime = (item: ItemResult, chains: Chains, now: Date): ItemResult => {
  const chain = chains.get(item.id);
  return chain === undefined ? item : { ...item, deadlineState: deadlineState(item.deadline, chain.totalMs, now) };
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

/** Above everything else: what a launch cannot do without and is still open, where the gates would let it go. */
export const openWork = (work: Run['work'], verdict: Run['verdict']): readonly string[] => {
  const open = (work?.items ?? []).filter(({ optional, state }) => !optional && state !== 'done').map(({ id }) => id);
  if (open.length === 0 || isWorse(verdict, 'CONDITIONAL')) return [];
  return [`Work that the launch cannot do without is open: ${open.join(', ')}`];
};

/** A chain of items by its last one. */
type Chain = {
  readonly id: string;
  readonly before: Chain | null;
  readonly totalMs: number;
  readonly length: number;
};

const longer = (a: Chain | null, b: Chain | null): Chain | null => {
  if (a === null || b === null) return a ?? b;
  return b.totalMs > a.totalMs || (b.totalMs === a.totalMs && b.length > a.length) ? b : a;
};

const idsOf = (last: Chain | null): readonly string[] => {
  const ids: string[] = [];
  for (let chain = last; chain !== null; chain = chain.before) ids.unshift(chain.id);
  return ids;
};

/** The open items by id, each with the chain that takes longest until it is done. */
type Chains = ReadonlyMap<string, Chain>;

const openChains = (items: readonly ItemResult[]): Chains => {
  const open = new Map(items.filter(({ state }) => state !== 'done').map((item) => [item.id, item]));
  const { order } = sortByNeeds([...open.keys()], (id) => open.get(id)?.blockedBy ?? []);
  const chains = new Map<string, Chain>();
  for (const id of order) {
    const item = open.get(id);
    const before = (item?.blockedBy ?? []).map((other) => chains.get(other) ?? null).reduce(longer, null);
    const totalMs = (before?.totalMs ?? 0) + (item?.estimateMs ?? 0);
    chains.set(id, { id, before, totalMs, length: (before?.length ?? 0) + 1 });
  }
  return chains;
};

type Path = Pick<NonNullable<Run['work']>['criticalPath'], 'ids' | 'totalMs' | 'unestimated'>;

/**
 * The chain of open items that takes longest until the launch, first to last: it ends with one that the launch cannot
 * do without. An item without an estimate counts nothing, and between chains of the same length the one with more items
 * is said.
 */
const longestChain = (items: readonly ItemResult[], chains: Chains): Path => {
  const ends = items.filter(({ id, optional }) => chains.has(id) && !optional);
  const longest = ends.map(({ id }) => chains.get(id) ?? null).reduce(longer, null);
  const ids = idsOf(longest);
  const estimates = new Map(items.map(({ id, estimateMs }) => [id, estimateMs]));
  return { ids, totalMs: longest?.totalMs ?? 0, unestimated: ids.filter((id) => (estimates.get(id) ?? null) === null) };
};

/** The live state of each risk, from the checks that watch it. */
export const judgeRisks = (risks: readonly Risk[], checks: ReadonlyMap<string, CheckResult>): readonly RiskResult[] =>
  risks.map((risk) => {
    const outcomes = risk.checks.map((id) => checks.get(id)?.outcome ?? 'unknown');
    const showing = risk.checks.filter((id) => checks.get(id)?.outcome === 'fail');
    const state =
      showing.length > 0
        ? 'showing'
        : outcomes.length > 0 && outcomes.every((outcome) => outcome === 'pass' || outcome === 'warn')
          ? 'clear'
          : 'unwatched';
    return { ...risk, state, showing };
  });
