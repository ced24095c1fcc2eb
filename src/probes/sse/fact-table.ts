import type { FactTable } from '../../model/fact.ts';
import { connectionFactTable, httpFactTable } from '../http/fact-table.ts';
import { familyFactTable } from '../http/family-facts.ts';

const { status, 'status-text': statusText, 'http-version': httpVersion, 'headers.*': headers } = httpFactTable;
const { size, 'wire-size': wireSize, 'timings.*': timings } = httpFactTable;
const { unreachable } = familyFactTable;

const present = (table: { readonly [name: string]: FactTable[string] | undefined }): FactTable =>
  Object.fromEntries(Object.entries(table).flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact]])));

/** What a stream of any protocol shows of its connection and its life. */
export const streamFactTable: FactTable = {
  opened: { type: 'boolean', description: 'whether the stream was opened at all' },
  'max-gap': {
    type: 'duration',
    description: 'the longest time without a sign of life, from the opening to the end of the look',
    code: 'stream-gap',
  },
  'max-gap-from': { type: 'duration', description: 'when that time began, counted from the opening' },
  lasted: {
    type: 'duration',
    description: 'how long the stream was open while we looked',
    code: 'stream-closed',
  },
  duration: { type: 'duration', description: 'from the look-up of the name to the end of the look', code: 'slow' },
  ...present({ 'timings.*': timings, status, 'status-text': statusText, 'headers.*': headers, unreachable }),
  ...connectionFactTable,
};

/** What an event stream shows. */
export const sseFactTable: FactTable = {
  ...streamFactTable,
  state: {
    type: 'string',
    description:
      'how it stood at the end: `open`, `closed` by the server before `for` was over, or `refused`: the answer is no event stream with status 200',
    code: 'stream-closed',
  },
  ending: { type: 'string', description: 'how the server ended the stream; absent when it did not' },
  disconnects: {
    type: 'number',
    description: '1 when the stream was closed, else 0: the first disconnect ends the look',
    code: 'stream-closed',
  },
  'content-type': {
    type: 'string',
    description: 'type of the answer in lower case, without parameters; `text/event-stream` for a stream',
    code: 'wrong-content-type',
  },
  events: { type: 'number', description: 'events that count: with `event:` those of its names alone' },
  'other-events': { type: 'number', description: 'events of names that `event:` does not list; absent without it' },
  heartbeats: { type: 'number', description: 'comment lines, which servers send to keep a stream alive' },
  'signs-of-life': { type: 'number', description: 'events that count and heartbeats together', code: 'stream-gap' },
  'by-event.*': {
    type: 'number',
    description: 'events by their name, as `by-event.price`; those that the check names, and up to 64 others',
  },
  'untold-events': {
    type: 'number',
    description: 'events that `by-event` leaves out, because there were too many names; absent when there are none',
  },
  'first-event': { type: 'duration', description: 'from the opening to the first event that counts', code: 'slow' },
  'max-event-gap': {
    type: 'duration',
    description: 'as `max-gap`, with heartbeats left out',
    code: 'stream-gap',
  },
  'last-event-id': { type: 'string', description: 'the last id that the server gave; absent when it gave none' },
  retry: { type: 'duration', description: 'after which time the server wants clients to come back; absent if untold' },
  'last-data': { type: 'string', description: 'the whole data of the last event that counts' },
  json: { type: 'json', description: '`last-data` as JSON; absent when it is not JSON' },
  $: { type: 'json', description: 'a JSONPath (RFC 9535) over `json`, as `$.status`' },
  'invalid-utf8': {
    type: 'number',
    description: 'lines that are not UTF-8, which an event stream must be',
    code: 'invalid-utf8',
  },
  ...present({ 'http-version': httpVersion, size, 'wire-size': wireSize }),
};
