import { UsageError } from '../model/fault.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RecordedCheck, RecordedPlan, RecordedScenario, Shard } from '../plan/plan.ts';
import type { RunEvent } from './event.ts';
import type { Ports } from './ports.ts';
import { foldEvents } from './record.ts';
import { isGood } from './retry.ts';

type Started = Extract<RunEvent, { readonly type: 'run-started' }>;
type Finished = Extract<RunEvent, { readonly type: 'run-finished' }>;

/** The events of one part of a run, and how messages name it. */
export type Part = { readonly name: string; readonly events: readonly RunEvent[] };

/** The events of the whole run, and from which part each comes, for its evidence. */
export type Merged = {
  readonly events: readonly RunEvent[];
  /** By the id of a check or a step; null for one that nobody knows. */
  readonly partOf: (id: string) => Part | null;
};

type Known = Part & { readonly started: Started; readonly shard: Shard; readonly finished: Finished | null };

/**
 * Puts the parts of a run together, as if one machine had carried it out. A part that is missing, or that did not come
 * to its end, leaves a run without an end, which can only be HOLD or worse. A check that several parts looked at (a
 * control) counts as the worst of them. Throws `UsageError` for parts that are not of one run.
 */
export const mergeEvents = (parts: readonly Part[], runId: string, assess: Ports['assess']): Merged => {
  const known = parts.map(knownPart).toSorted((a, b) => a.shard.index - b.shard.index);
  const [first] = known;
  if (first === undefined) throw new UsageError('there is nothing to merge', 'name the folders of the parts');
  for (const part of known) refuseOther(part, first);
  for (const [at, part] of known.entries()) {
    const before = known[at - 1];
    if (before?.shard.index === part.shard.index) {
      const which = `shard ${part.shard.index}/${part.shard.count}`;
      throw new UsageError(`${before.name} and ${part.name} are both ${which}`, 'name each part once');
    }
  }
  const partOf = chooseParts(known, assess);
  const partOfStep = (id: string): Part | null => partOf.get(ownerOf(id, partOf)) ?? null;
  const started: Started = {
    ...first.started,
    at: earliest(known.map((part) => part.started.at)),
    runId,
    plan: wholePlan(first, known, partOf),
  };
  const between = known
    .flatMap((part) => part.events.filter((event) => 'id' in event && partOfStep(event.id) === part))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { events: [started, ...between, ...endOf(known, started), ...sinceOf(known)], partOf: partOfStep };
};

const knownPart = (part: Part): Known => {
  const [started] = part.events;
  if (started?.type !== 'run-started') throw new UsageError(`${part.name} holds no run`);
  const { shard } = started.plan;
  if (shard === undefined)
    throw new UsageError(`${part.name} is a whole run, and no part of one`, 'gonogo run --shard 1/3');
  const finished = part.events.findLast((event) => event.type === 'run-finished') ?? null;
  return { ...part, started, shard, finished };
};

const refuseOther = ({ name, started, shard }: Known, first: Known): void => {
  const other = (what: string, hint: string | null = null): never => {
    throw new UsageError(`${first.name} and ${name} are not parts of one run: ${what}`, hint);
  };
  if (shard.count !== first.shard.count) other(`one is of ${first.shard.count} parts, the other of ${shard.count}`);
  if (started.plan.configDigest !== first.started.plan.configDigest) other('their configurations are different');
  if (started.plan.environment !== first.started.plan.environment) other('their environments are different');
  if (JSON.stringify(shard.order) !== JSON.stringify(first.shard.order))
    other('they were asked to run different checks');
  if (shard.cut !== first.shard.cut)
    other(
      'they were cut differently',
      'each machine cuts by the durations in its history: give all the same, or --no-history',
    );
};

/** From which part each check and scenario is taken. */
const chooseParts = (known: readonly Known[], assess: Ports['assess']): ReadonlyMap<string, Part> => {
  const chosen = new Map<string, Part>();
  const outcomes = new Map<string, Outcome>();
  for (const part of known) {
    const { plan, checks } = foldEvents(part.events);
    for (const { id } of [...plan.checks, ...plan.scenarios]) {
      const last = checks.get(id)?.attempts.at(-1);
      const outcome = last === undefined ? 'unknown' : assess(last).outcome;
      const before = outcomes.get(id);
      if (before !== undefined && (isGood(outcome) || !isGood(before))) continue;
      chosen.set(id, part);
      outcomes.set(id, outcome);
    }
  }
  return chosen;
};

/** A step belongs to its scenario: `flow/create` to `flow`. */
const ownerOf = (id: string, partOf: ReadonlyMap<string, Part>): string => {
  if (partOf.has(id)) return id;
  let owner = id;
  for (let slash = id.lastIndexOf('/'); slash > 0; slash = id.lastIndexOf('/', slash - 1)) {
    owner = id.slice(0, slash);
    if (partOf.has(owner)) return owner;
  }
  return id;
};

const wholePlan = (first: Known, known: readonly Known[], partOf: ReadonlyMap<string, Part>): RecordedPlan => {
  const { shard: _, ...plan } = first.started.plan;
  const { order, count } = first.shard;
  const checks = new Map<string, RecordedCheck>();
  const scenarios = new Map<string, RecordedScenario>();
  for (const part of known) {
    for (const check of part.started.plan.checks) if (partOf.get(check.id) === part) checks.set(check.id, check);
    for (const one of part.started.plan.scenarios) if (partOf.get(one.id) === part) scenarios.set(one.id, one);
  }
  const whole = new Set(order);
  const there = new Set(known.map(({ shard }) => shard.index));
  const missing = [...Array(count).keys()].map((at) => at + 1).filter((index) => !there.has(index));
  const gone = order.filter((id) => !checks.has(id) && !scenarios.has(id));
  const why = `its part of the run is missing: ${missing.map((index) => `shard ${index}/${count}`).join(', ')}`;
  return {
    ...plan,
    order,
    checks: order.flatMap((id) => checks.get(id) ?? []),
    scenarios: order.flatMap((id) => scenarios.get(id) ?? []),
    notSelected: [...plan.notSelected.filter(({ id }) => !whole.has(id)), ...gone.map((id) => ({ id, why }))],
  };
};

const earliest = (times: readonly string[]): string => times.toSorted()[0] ?? '';

const sinceOf = (known: readonly Known[]): readonly RunEvent[] => {
  const read = known.flatMap(({ events }) => events.flatMap((event) => (event.type === 'history-read' ? [event] : [])));
  const last = read.at(-1);
  return last === undefined ? [] : [{ ...last, since: Object.assign({}, ...read.map(({ since }) => since)) }];
};

/** None unless every part is there and came to its end: then nothing is proved. */
const endOf = (known: readonly Known[], { at: startedAt, plan }: Started): readonly Finished[] => {
  const ends = known.flatMap(({ finished }) => finished ?? []);
  const there = plan.checks.length + plan.scenarios.length;
  if (known.some(({ shard }) => ends.length < shard.count || there < shard.order.length)) return [];
  const at =
    ends
      .map((end) => end.at)
      .toSorted()
      .at(-1) ?? startedAt;
  const interruptedBy = ends.find((end) => end.interruptedBy !== null)?.interruptedBy ?? null;
  return [{ type: 'run-finished', at, durationMs: Math.max(0, Date.parse(at) - Date.parse(startedAt)), interruptedBy }];
};
