import { isUtf8 } from 'node:buffer';
import { byteSize } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';
import { readLines } from './stream-lines.ts';

/** What a stream tells, in the order in which it came; `at` is the instant that was given with its last byte. */
export type StreamListener = {
  /** `type` is `message` when the event has none. */
  readonly event: (event: { readonly type: string; readonly data: string }, at: number) => void;
  readonly comment: (at: number) => void;
  /** A line is not UTF-8; it is read with replacement characters, as browsers do. */
  readonly invalid: () => void;
};

export type EventStreamReader = {
  /** Takes the bytes that came at one instant. Throws `CouldNotLook` over the limit. */
  readonly push: (bytes: Uint8Array, at: number) => void;
  /** Empty when the server gave none. */
  readonly lastEventId: () => string;
  /** Milliseconds; null when the server did not say. */
  readonly retryMs: () => number | null;
};

const COLON = 0x3a;

/** A line as field and value: without a colon it is all name, and one space after the colon is not part of the value. */
const fieldOf = (line: string): readonly [name: string, value: string] => {
  const colon = line.indexOf(':');
  if (colon === -1) return [line, ''];
  return [line.slice(0, colon), line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)];
};

/**
 * Reads `text/event-stream` by the HTML standard (9.2.6, interpreting an event stream). What it keeps is bounded: one
 * event, and one line, of at most `limit` bytes. An event at the end without its empty line is not one.
 */
export const readEventStream = (limit: number, listener: StreamListener): EventStreamReader => {
  let type = '';
  let data = '';
  let id = '';
  let lastEventId = '';
  let retryMs: number | null = null;
  /** Bytes of the event under way. */
  let size = 0;

  const dispatch = (at: number): void => {
    lastEventId = id;
    size = 0;
    const event = { type: type === '' ? 'message' : type, data: data.slice(0, -1) };
    const empty = data === '';
    type = '';
    data = '';
    if (!empty) listener.event(event, at);
  };

  const field = (name: string, value: string): void => {
    if (name === 'data') data += `${value}\n`;
    else if (name === 'event') type = value;
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'retry' && /^[0-9]{1,15}$/.test(value)) retryMs = Number(value);
  };

  const grow = (bytes: number): void => {
    size += bytes;
    if (size > limit) throw new CouldNotLook('body-limit', `an event of the stream is over ${byteSize(limit)}`);
  };

  const take = (line: Buffer, at: number): void => {
    if (line.length === 0) return dispatch(at);
    if (!isUtf8(line)) listener.invalid();
    if (line[0] === COLON) return listener.comment(at);
    grow(line.length + 1);
    return field(...fieldOf(line.toString('utf8')));
  };

  return { push: readLines(limit, take), lastEventId: () => lastEventId, retryMs: () => retryMs };
};
