import { createHash } from 'node:crypto';
import { UsageError } from '../model/fault.ts';
import type { Plan, PlannedCheck, Shard } from './plan.ts';

const MOST_SHARDS = 1000;

/** Reads `2/5`. Throws `UsageError`. */
export const parseShard = (text: string): { readonly index: number; readonly count: number } => {
  const [, index, count] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (index !== undefined && shard.count <= MOST_SHARDS && shard.index <= shard.count) return shard;
  throw new UsageError(`--shard takes a part of a number of parts, found "${text}"`, 'for example --shard 2/5');
};

/** What is not cut apart: a check with what it needs, and those that may not run at the same time. */
type Group = { readonly ids: readonly string[]; readonly costMs: number };

/**
 * The part of a plan that one of several machines carries out. Checks that need each other or share a mutex stay
 * together, scenarios stay whole, and controls are looked at by every part: each machine has to know whether it sees
 * the network. Parts are balanced by `durationOf`, milliseconds of an earlier run or null; the same durations give the
 * same cut. Gates stay whole, so that a part by itself proves nothing. Pure.
 */
export const shardPlan = (
  plan: Plan,
  { index, count, pipeline }: Pick<Shard, 'index' | 'count' | 'pipeline'>,
  durationOf: (id: string) => number | null,
): Plan => {
  const shared = withNeeds(plan.controls, needsIn(plan));
  const parts = balanced(groupsOf(plan, shared, durationOf), count);
  const own = new Set([...shared, ...(parts[index - 1] ?? [])]);
  const home = new Map(parts.flatMap((ids, at) => ids.map((id) => [id, at + 1] as const)));
  const elsewhere = plan.order.filter((id) => !own.has(id));
  return {
    ...plan,
    order: plan.order.filter((id) => own.has(id)),
    checks: plan.checks.filter(({ id }) => own.has(id)),
    scenarios: plan.scenarios.filter(({ id }) => own.has(id)),
    notSelected: [
      ...plan.notSelected,
      ...elsewhere.map((id) => ({ id, why: `in another part of the run: shard ${home.get(id)}/${count}` })),
    ],
    shard: {
      ...{ index, count, order: plan.order },
      cut: digestOf([plan.order, parts, plan.gates.map(({ id }) => id)]),
      ...(pipeline === undefined ? {} : { pipeline }),
    },
  };
};

const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

type Needing = Pick<PlannedCheck, 'id' | 'needs' | 'mutex'>;

const entriesOf = ({ checks, scenarios }: Plan): readonly Needing[] => [...checks, ...scenarios];

const needsIn = (plan: Plan): ReadonlyMap<string, readonly string[]> =>
  new Map(entriesOf(plan).map(({ id, needs }) => [id, needs]));

const withNeeds = (start: readonly string[], needs: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> => {
  const seen = new Set(start.filter((id) => needs.has(id)));
  for (const id of seen) for (const need of needs.get(id) ?? []) if (needs.has(need)) seen.add(need);
  return seen;
};

const groupsOf = (
  plan: Plan,
  shared: ReadonlySet<string>,
  durationOf: (id: string) => number | null,
): readonly Group[] => {
  const entries = entriesOf(plan).filter(({ id }) => !shared.has(id));
  const usualMs = median(entries.flatMap(({ id }) => durationOf(id) ?? []));
  const root = joined(entries, shared);
  const groups = new Map<string, { readonly ids: string[]; costMs: number }>();
  const known = new Set(entries.map(({ id }) => id));
  for (const id of plan.order.filter((one) => known.has(one))) {
    const group = groups.get(root(id)) ?? { ids: [], costMs: 0 };
    groups.set(root(id), group);
    group.ids.push(id);
    group.costMs += durationOf(id) ?? usualMs;
  }
  return [...groups.values()];
};

/** Joins what stays together; answers the one that stands for the group of an id. */
const joined = (entries: readonly Needing[], shared: ReadonlySet<string>): ((id: string) => string) => {
  const above = new Map(entries.map(({ id }) => [id, id]));
  const root = (id: string): string => {
    let at = id;
    for (let next = above.get(at); next !== undefined && next !== at; next = above.get(at)) at = next;
    above.set(id, at);
    return at;
  };
  const join = (a: string, b: string): void => void above.set(root(a), root(b));
  const byMutex = new Map<string, string>();
  for (const { id, needs, mutex } of entries) {
    for (const need of needs) if (above.has(need) && !shared.has(need)) join(id, need);
    if (mutex === null) continue;
    const first = byMutex.get(mutex);
    if (first === undefined) byMutex.set(mutex, id);
    else join(id, first);
  }
  return root;
};

/** The most costly first, each to the part that has least to do; ids in the order of the plan. */
const balanced = (groups: readonly Group[], count: number): readonly (readonly string[])[] => {
  const parts = Array.from({ length: count }, () => ({ costMs: 0, ids: [] as readonly string[] }));
  for (const group of groups.toSorted((a, b) => b.costMs - a.costMs)) {
    const [least] = parts.toSorted((a, b) => a.costMs - b.costMs || a.ids.length - b.ids.length);
    if (least === undefined) break;
    least.costMs += group.costMs;
    least.ids = [...least.ids, ...group.ids];
  }
  return parts.map(({ ids }) => ids);
};

/** Half of the numbers are no larger; 1 for none, so that groups are cut by how many they are. */
const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 1;
};
