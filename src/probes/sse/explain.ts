import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts, Sign } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { printable } from '../engine/printable.ts';
import { addressSigns } from '../http/family-facts.ts';
import { readJson } from '../http/json-text.ts';
import { httpSigns, tlsSigns } from '../http/signs.ts';
import type { Spec } from './schema.ts';
import { settingsOf } from './settings.ts';
import { showTime } from './show-time.ts';

const SHOWN = 60;

const number = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

/** One condition that shows in several facts. */
export const signsOn = (facts: readonly string[], code: ReasonCode, message: string): readonly Sign[] =>
  facts.map((fact) => ({ code, fact, message }));

/** What a silence that is longer than allowed shows. */
export const gapSigns = (facts: Facts, heartbeatMs: number | null): readonly Sign[] => {
  const gap = number(facts['max-gap']);
  if (gap === null || heartbeatMs === null || gap <= heartbeatMs) return [];
  const from = number(facts['max-gap-from']) ?? 0;
  const where = from === 0 ? 'right after it opened' : `from ${showTime(from)} after it opened`;
  const message = `the stream was silent for ${showTime(gap)}, ${where}, and ${showTime(heartbeatMs)} are allowed`;
  return signsOn(['max-gap'], 'stream-gap', message);
};

/** `1 event and 3 heartbeats`. */
const came = (facts: Facts): string => {
  const count = (name: string, word: string): string => {
    const value = number(facts[name]) ?? 0;
    return `${value} ${word}${value === 1 ? '' : 's'}`;
  };
  return `${count('events', 'event')} and ${count('heartbeats', 'heartbeat')}`;
};

const typeSentence = (type: string | null): string => {
  if (type === null) return 'the answer does not say its type, so it is no event stream';
  const shown = printable(type, SHOWN);
  return type === 'text/html'
    ? 'the answer is an HTML page, and no event stream: a login, an error page or the fallback of an application'
    : `the answer is ${shown}, and no event stream (text/event-stream)`;
};

const refusedSigns = (facts: Facts): readonly Sign[] => {
  if (facts['status'] === 200) {
    const asked = ['state', 'opened', 'content-type'];
    return signsOn(asked, 'wrong-content-type', typeSentence(text(facts['content-type'])));
  }
  const sign = httpSigns(facts).find(({ fact }) => fact === 'status');
  return sign === undefined ? [] : signsOn(['state', 'opened', 'status'], sign.code, sign.message);
};

const closedSigns = (facts: Facts, forMs: number): readonly Sign[] => {
  const ending = text(facts['ending']) ?? 'the server ended the stream';
  const when = `${showTime(number(facts['lasted']) ?? 0)} after it opened, of ${showTime(forMs)}`;
  const message = `${ending} ${when}, after ${came(facts)}`;
  return signsOn(['state', 'disconnects', 'lasted'], 'stream-closed', message);
};

const otherNames = (facts: Facts, names: readonly string[]): string => {
  const told = isJsonObject(facts['by-event']) ? Object.entries(facts['by-event']) : [];
  const others = told.filter(([name, count]) => count !== 0 && !names.includes(name)).map(([name]) => name);
  return others.length === 0
    ? ''
    : ` (${others
        .slice(0, 4)
        .map((name) => printable(name, SHOWN))
        .join(', ')}${others.length > 4 ? ', ...' : ''})`;
};

const lifeSigns = (facts: Facts, spec: Spec): readonly Sign[] => {
  const { names } = settingsOf(spec);
  const lasted = number(facts['lasted']);
  if (lasted === null) return [];
  const time = `in ${showTime(lasted)}`;
  const dead =
    facts['signs-of-life'] === 0
      ? signsOn(
          ['signs-of-life'],
          'stream-gap',
          `nothing came ${time}: no event${names === null ? '' : ' that counts'} and no heartbeat`,
        )
      : [];
  if (facts['events'] !== 0 || names === null) return dead;
  const wanted = names.map((name) => `"${printable(name, SHOWN)}"`).join(' or ');
  const others = number(facts['other-events']) ?? 0;
  const rest = `${others} other event${others === 1 ? '' : 's'}${otherNames(facts, names)}`;
  const heartbeats = number(facts['heartbeats']) ?? 0;
  const message = `no event of the name ${wanted} came ${time}; what came: ${rest}, ${heartbeats} heartbeat${heartbeats === 1 ? '' : 's'}`;
  return [...dead, ...signsOn(['events'], 'value-missing', message)];
};

const dataSigns = (facts: Facts): readonly Sign[] => {
  const invalid = number(facts['invalid-utf8']) ?? 0;
  const broken =
    invalid === 0
      ? []
      : signsOn(['invalid-utf8'], 'invalid-utf8', `${invalid} line${invalid === 1 ? ' is' : 's are'} not valid UTF-8`);
  const data = text(facts['last-data']);
  if (data === null || facts['json'] !== undefined) return broken;
  const read = readJson(data);
  return read.ok
    ? broken
    : [...broken, ...signsOn(['json'], 'not-json', `the last event is not JSON: ${read.problem}`)];
};

/** The conditions that an event stream can show. Pure. */
export const explainSse = (facts: Facts, spec: Spec): readonly Sign[] => {
  const { forMs, heartbeatMs } = settingsOf(spec);
  return [
    ...(facts['state'] === 'refused' ? refusedSigns(facts) : []),
    ...(facts['state'] === 'closed' ? closedSigns(facts, forMs) : []),
    ...gapSigns(facts, heartbeatMs),
    ...lifeSigns(facts, spec),
    ...dataSigns(facts),
    ...tlsSigns(facts),
    ...addressSigns(facts),
  ];
};
