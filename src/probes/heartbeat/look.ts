import type { Facts } from '../../model/observation.ts';
import { look as lookOverHttp } from '../http/look.ts';
import { httpSigns } from '../http/signs.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { beatsIn, type Beats } from './beats.ts';
import { beatsOfFile } from './file-beats.ts';
import { earlierResults, goodTimes, lookBackMs } from './history.ts';
import { missedBeats, mostMs, scheduleOf, type Schedule } from './schedule.ts';
import type { Spec } from './schema.ts';
import { sourceOf, type Source } from './source.ts';
import { uptimeFacts } from './uptime-facts.ts';

/** Clocks differ a little: a beat that lies further ahead shows that one of them is wrong. */
const MOST_AHEAD_MS = 60_000;

/** What a source shows: no beats only where it is known that there were none. */
type Seen = { readonly beats: Beats | readonly []; readonly facts: Facts };

const overHttp = async ({ http, json }: Extract<Source, { kind: 'url' }>, context: ProbeContext): Promise<Seen> => {
  const facts = await lookOverHttp(http, context);
  const { status, json: document } = facts;
  const signs = httpSigns(facts);
  const refusal = (fact: string): CouldNotLook => {
    const { code, message } = signs.find((sign) => sign.fact === fact) ?? {
      code: 'not-json',
      message: 'the body is empty',
    };
    return new CouldNotLook(code, message, facts);
  };
  if (typeof status !== 'number' || status < 200 || status > 299) throw refusal('status');
  if (document === undefined) throw refusal(signs.some(({ fact }) => fact === 'json') ? 'json' : 'body');
  return { beats: beatsIn(document, json, facts), facts };
};

const inHistory = async (check: string, schedule: Schedule, context: ProbeContext): Promise<Seen> => {
  const sinceMs = lookBackMs(mostMs(schedule));
  const results = await earlierResults(check, sinceMs, context);
  if (results === null)
    throw new CouldNotLook('not-run', `there is no history in this run, so beats of ${check} are not known`);
  if (!results.some(({ outcome }) => outcome === 'pass' || outcome === 'warn' || outcome === 'fail')) {
    throw new CouldNotLook(
      'not-run',
      `no earlier run could tell anything about ${check}: nothing is known of its beats`,
    );
  }
  const [first, ...rest] = goodTimes(results);
  return { beats: first === undefined ? [] : [first, ...rest], facts: {} };
};

const seen = (spec: Spec, context: ProbeContext): Promise<Seen> => {
  const source = sourceOf(spec);
  switch (source?.kind) {
    case 'url':
      return overHttp(source, context);
    case 'file':
      return beatsOfFile(source.path, source.json, context.folder);
    case 'history':
      return inHistory(source.check, scheduleOf(spec), context);
    case undefined:
      throw new Error('a heartbeat without a source should not have been loaded');
  }
};

const beatFacts = (beats: Seen['beats'], schedule: Schedule, nowMs: number): Facts => {
  if (beats.length === 0) return { beats: 0 };
  const last = beats.reduce((a, b) => Math.max(a, b));
  const ageMs = Math.round(nowMs - last);
  return {
    'last-beat': new Date(last).toISOString(),
    beats: beats.length,
    ...(ageMs < -MOST_AHEAD_MS
      ? { ahead: -ageMs }
      : { age: Math.max(0, ageMs), missed: missedBeats(Math.max(0, ageMs), schedule) }),
  };
};

/** Looks when the last beat was, and how much of the time a check was good where that is asked. */
export const look: Look<Spec> = async (spec, context) => {
  const { beats, facts } = await seen(spec, context);
  return {
    ...facts,
    ...beatFacts(beats, scheduleOf(spec), context.now().getTime()),
    ...(await uptimeFacts(spec, context)),
  };
};
