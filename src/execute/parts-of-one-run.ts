import { UsageError } from '../model/fault.ts';
import type { RecordedPlan, Shard } from '../plan/plan.ts';
import type { RunEvent } from './event.ts';

export type Started = Extract<RunEvent, { readonly type: 'run-started' }>;
export type Finished = Extract<RunEvent, { readonly type: 'run-finished' }>;

/** The events of one part of a run, and how messages name it. */
export type Part = { readonly name: string; readonly events: readonly RunEvent[] };

/** A part with what it says of itself. */
export type Known = Part & { readonly started: Started; readonly shard: Shard; readonly finished: Finished | null };

/** What was seen longer ago than the rest by this is of another run, whatever else is alike: last night's, say. */
const LONGEST_APART_HOURS = 6;

/** The parts by their number. Throws `UsageError` where they are not those of one run, each once. */
export const partsOfOneRun = (parts: readonly Part[]): readonly [Known, ...(readonly Known[])] => {
  const [first, ...others] = parts.map(knownPart).toSorted((a, b) => a.shard.index - b.shard.index);
  if (first === undefined) throw new UsageError('there is nothing to merge', 'name the folders of the parts');
  for (const part of others) refuseOther(part, first);
  const known = [first, ...others] as const;
  for (const [at, part] of others.entries())
    if (known[at]?.shard.index === part.shard.index) throw twice(part, known[at]);
  return known;
};

const twice = ({ name, shard }: Known, before: Known | undefined): UsageError =>
  new UsageError(`${before?.name} and ${name} are both shard ${shard.index}/${shard.count}`, 'name each part once');

const knownPart = (part: Part): Known => {
  const [started] = part.events;
  if (started?.type !== 'run-started') throw new UsageError(`${part.name} holds no run`);
  const { shard } = started.plan;
  if (shard === undefined)
    throw new UsageError(`${part.name} is a whole run, and no part of one`, 'gonogo run --shard 1/3');
  const finished = part.events.findLast((event) => event.type === 'run-finished') ?? null;
  return { ...part, started, shard, finished };
};

type OwnKeys = 'configDigest' | 'environment' | 'checks' | 'scenarios' | 'order' | 'notSelected' | 'shard';
type HowMany = 'concurrency' | 'perHost';

/** What is the same in every part besides: by what all of it is judged. */
const COMMON: { readonly [Key in Exclude<keyof RecordedPlan, OwnKeys | HowMany>]: true } = {
  name: true,
  gates: true,
  owners: true,
  components: true,
  sections: true,
  controls: true,
  manual: true,
  waivers: true,
  items: true,
  risks: true,
  waiverHorizonMs: true,
  serviceLevels: true,
  deadlineMs: true,
};

const common = ({ plan }: Started): string =>
  JSON.stringify(Object.entries(plan).filter(([key]) => Object.hasOwn(COMMON, key)));

const refuseOther = (part: Known, first: Known): void => {
  const difference = differenceOf(part, first);
  if (difference === null) return;
  const [what, hint] = difference;
  throw new UsageError(`${first.name} and ${part.name} are not parts of one run: ${what}`, hint);
};

type Difference = readonly [what: string, hint: string | null];

const differenceOf = (part: Known, first: Known): Difference | null => {
  const [own, other] = [part.started, first.started];
  if (part.shard.count !== first.shard.count)
    return [`one is of ${first.shard.count} parts, the other of ${part.shard.count}`, null];
  if (own.tool.version !== other.tool.version)
    return [`one is of gonogo ${other.tool.version}, the other of ${own.tool.version}`, null];
  if (own.plan.configDigest !== other.plan.configDigest) return ['their configurations are different', null];
  if (own.plan.environment !== other.plan.environment) return ['their environments are different', null];
  if (JSON.stringify(part.shard.order) !== JSON.stringify(first.shard.order))
    return ['they were asked to run different checks', null];
  if (part.shard.cut !== first.shard.cut)
    return [
      'they were cut differently',
      'each machine cuts by the durations in its history: give all the same, or --no-history',
    ];
  if (common(own) !== common(other)) return ['their gates, sign-offs, waivers or runbooks are different', null];
  return differenceInTime(part, first);
};

/** What is left from an earlier run, which is alike in everything, proves nothing of this one. */
const differenceInTime = (part: Known, first: Known): Difference | null => {
  const hint = 'a part is left from an earlier run: carry it out again';
  const [pipeline, other] = [part.shard.pipeline, first.shard.pipeline];
  if (pipeline !== other)
    return [`one was made in ${other ?? 'no pipeline'}, the other in ${pipeline ?? 'none'}`, hint];
  const apartMs = Math.abs(Date.parse(part.started.at) - Date.parse(first.started.at));
  if (apartMs <= LONGEST_APART_HOURS * 3_600_000) return null;
  return [`one began at ${first.started.at}, the other at ${part.started.at}`, hint];
};
