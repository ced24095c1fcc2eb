import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { readJson } from '../http/json-text.ts';
import type { EventStreamReader, StreamListener } from './event-stream.ts';
import { startPulse } from './pulse.ts';

/** Counts what a stream tells, in memory that does not grow with it. */
export type Tally = StreamListener & {
  readonly events: () => number;
  readonly heartbeats: () => number;
  /** The longest silence up to an instant, in milliseconds. */
  readonly maxGapMs: (until: number) => number;
  /** What came until an instant at which the stream was still open, or at which it was closed. */
  readonly facts: (until: number, reader: EventStreamReader) => Facts;
};

export type TallyOptions = {
  readonly openedAt: number;
  /** Names of the events that count; null for all. */
  readonly names: readonly string[] | null;
  /** Facts that the check asks about: events that it names are told although there are none. */
  readonly asked: readonly string[];
};

const MOST_NAMES = 64;
const LONGEST_NAME = 200;
const BY_EVENT = 'by-event.';

/** Microseconds are as exact as an arrival can be. */
export const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

const countByName = ({ names, asked }: TallyOptions) => {
  const wanted = asked.filter((fact) => fact.startsWith(BY_EVENT)).map((fact) => fact.slice(BY_EVENT.length));
  const counts = new Map([...(names ?? []), ...wanted].map((name) => [name, 0]));
  const most = counts.size + MOST_NAMES;
  let untold = 0;
  return {
    add: (name: string): void => {
      const count = counts.get(name);
      if (count === undefined && (counts.size >= most || name.length > LONGEST_NAME)) untold += 1;
      else counts.set(name, (count ?? 0) + 1);
    },
    facts: (): Facts => ({
      'by-event': Object.fromEntries(counts),
      ...(untold === 0 ? {} : { 'untold-events': untold }),
    }),
  };
};

/** The JSON of an event's data as the fact `json`; none when it is not JSON. */
const jsonFact = (data: string): { readonly json?: Json } => {
  const read = readJson(data);
  return read.ok ? { json: read.value } : {};
};

/** Starts counting at the opening of a stream. */
export const startTally = (options: TallyOptions): Tally => {
  const { openedAt, names } = options;
  const counting = names === null ? null : new Set(names);
  const byName = countByName(options);
  const pulse = startPulse(openedAt);
  const eventPulse = startPulse(openedAt);
  let events = 0;
  let others = 0;
  let heartbeats = 0;
  let invalid = 0;
  let firstAt: number | null = null;
  let lastData: string | null = null;

  const facts = (until: number, reader: EventStreamReader): Facts => {
    const gap = pulse.longest(until);
    const id = reader.lastEventId();
    const retry = reader.retryMs();
    return {
      events,
      heartbeats,
      'signs-of-life': events + heartbeats,
      ...(counting === null ? {} : { 'other-events': others }),
      ...byName.facts(),
      ...(firstAt === null ? {} : { 'first-event': rounded(firstAt - openedAt) }),
      'max-gap': rounded(gap.ms),
      'max-gap-from': rounded(gap.from - openedAt),
      'max-event-gap': rounded(eventPulse.longest(until).ms),
      ...(id === '' ? {} : { 'last-event-id': id }),
      ...(retry === null ? {} : { retry }),
      ...(lastData === null ? {} : { 'last-data': lastData, ...jsonFact(lastData) }),
      'invalid-utf8': invalid,
      lasted: rounded(until - openedAt),
    };
  };

  return {
    event: ({ type, data }, at) => {
      byName.add(type);
      if (counting !== null && !counting.has(type)) {
        others += 1;
        return;
      }
      events += 1;
      firstAt ??= at;
      lastData = data;
      pulse.beat(at);
      eventPulse.beat(at);
    },
    comment: (at) => {
      heartbeats += 1;
      pulse.beat(at);
    },
    invalid: () => {
      invalid += 1;
    },
    events: () => events,
    heartbeats: () => heartbeats,
    maxGapMs: (until) => pulse.longest(until).ms,
    facts,
  };
};
