import type { Outcome } from '../model/outcome.ts';
import type { RecordedCheck, RecordedPlan, RecordedScenario } from '../plan/plan.ts';
import type { CheckRecord, RunEvent } from './event.ts';
import { partsOfOneRun, type Finished, type Known, type Part, type Started } from './parts-of-one-run.ts';
import type { Ports } from './ports.ts';
import { foldEvents } from './record.ts';

/** The events of the whole run, and from which part each comes, for its evidence. */
export type Merged = {
  readonly events: readonly RunEvent[];
  /** What all parts together had to carry out. */
  readonly plan: RecordedPlan;
  /** By the id of a check or a step; null for one that nobody knows. */
  readonly partOf: (id: string) => Part | null;
};

/**
 * Puts the parts of a run together, as if one machine had carried it out. A part that is missing, or that did not come
 * to its end, leaves a run without an end, which can only be HOLD or worse. A check that several parts looked at (a
 * control) counts as the worst of them. Throws `UsageError` for parts that are not of one run.
 */
export const mergeEvents = (parts: readonly Part[], runId: string, assess: Ports['assess']): Merged => {
  const known = partsOfOneRun(parts);
  const [first] = known;
  const partOf = chooseParts(known, assess);
  const partOfStep = (id: string): Part | null => partOf.get(ownerOf(id, partOf)) ?? null;
  const started: Started = {
    ...first.started,
    at: earliest(known.map((part) => part.started.at)),
    runId,
    plan: wholePlan(first, known, partOf),
  };
  const between = known
    .flatMap((part) => inTime(part.events.filter((event) => 'id' in event && partOfStep(event.id) === part)))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ event }) => event);
  const events = [started, ...between, ...endOf(known, started), ...sinceOf(known)];
  return { events, plan: started.plan, partOf: partOfStep };
};

/** Events with the time by which they can be sorted in between others: a clock that is put back changes no order. */
const inTime = (events: readonly RunEvent[]) => {
  let latest = '';
  return events.map((event) => {
    latest = event.at > latest ? event.at : latest;
    return { at: latest, event };
  });
};

/** The better, the lower: what a control is like that machines saw differently. */
const BADNESS: { readonly [Name in Outcome]: number } = {
  pass: 0,
  warn: 2,
  skipped: 3,
  blocked: 3,
  unknown: 4,
  fail: 5,
};

/** A pass that took a second look is worse than a clean one. */
const badnessOf = (record: CheckRecord | undefined, assess: Ports['assess']): number => {
  const last = record?.attempts.at(-1);
  if (record === undefined || last === undefined) return BADNESS.unknown;
  const { outcome } = assess(last);
  return outcome === 'pass' && record.attempts.length > 1 ? 1 : BADNESS[outcome];
};

/** From which part each check and scenario is taken: the one that saw it at its worst. */
const chooseParts = (known: readonly Known[], assess: Ports['assess']): ReadonlyMap<string, Part> => {
  const chosen = new Map<string, { readonly part: Part; readonly badness: number }>();
  for (const part of known) {
    const { plan, checks } = foldEvents(part.events);
    for (const { id } of [...plan.checks, ...plan.scenarios]) {
      const badness = badnessOf(checks.get(id), assess);
      const before = chosen.get(id);
      if (before === undefined || badness > before.badness) chosen.set(id, { part, badness });
    }
  }
  return new Map([...chosen].map(([id, { part }]) => [id, part]));
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
