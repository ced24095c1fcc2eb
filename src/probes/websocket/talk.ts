import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { byteSize } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';
import { type Pulse, startPulse } from '../sse/pulse.ts';
import { frameFault } from './faults.ts';
import type { Settings } from './settings.ts';

/** A message; `text` is null when it is binary. */
export type Message = { readonly text: string | null; readonly size: number; readonly at: number };

export type Closing = { readonly code: number; readonly reason: string; readonly at: number };

/** Everything that has happened on a connection so far, in memory that does not grow with it. */
export type Talk = {
  /** Null until the connection is open. Instants are monotonic milliseconds. */
  openedAt: number | null;
  pulse: Pulse;
  messages: number;
  size: number;
  pings: number;
  first: Message | null;
  /** From here on a message can be the answer; null while none can. */
  askedAt: number | null;
  answer: Message | null;
  closing: Closing | null;
  /** What ended the talk, because it could not be read or was too much. */
  fault: CouldNotLook | Error | null;
  /** Called after each change. */
  changed: () => void;
};

/** A talk of nothing yet. */
export const newTalk = (): Talk => ({
  openedAt: null,
  pulse: startPulse(0),
  messages: 0,
  size: 0,
  pings: 0,
  first: null,
  askedAt: null,
  answer: null,
  closing: null,
  fault: null,
  changed: () => {},
});

/** Servers ping every few seconds; so many at once, and so many a second, are an attack on the reader. */
const PINGS_AT_ONCE = 1000;
const PINGS_A_SECOND = 100;

/** The code of a connection that ended without a close frame (RFC 6455, 7.1.5). */
const DROPPED = 1006;

const bytesOf = (data: Buffer | ArrayBuffer | readonly Buffer[]): Buffer => {
  if (Buffer.isBuffer(data)) return data;
  return data instanceof ArrayBuffer ? Buffer.from(data) : Buffer.concat(data);
};

export type Listening = {
  readonly settings: Settings;
  readonly monotonicMs: () => number;
  readonly isAnswer: (message: Message) => boolean;
};

/** Ends a talk that cannot go on, or is too much. */
const guardOf = (talk: Talk, socket: WebSocket, { totalBytes }: Settings) => {
  const fail = (fault: CouldNotLook | Error): void => {
    talk.fault ??= fault;
    talk.changed();
    socket.terminate();
  };
  return {
    fail,
    boundBytes: (bytes: number): void => {
      if (bytes > totalBytes) fail(new CouldNotLook('body-limit', `what came is over ${byteSize(totalBytes)}`));
    },
    boundPings: (at: number): void => {
      const passedS = (at - (talk.openedAt ?? at)) / 1000;
      if (talk.pings <= PINGS_AT_ONCE + PINGS_A_SECOND * passedS) return;
      fail(new CouldNotLook('body-limit', `over ${PINGS_AT_ONCE} pings came at once`));
    },
  };
};

/** Of several pings only the last needs its pong (RFC 6455, 5.5.3): a flood of them makes us send little. */
const answerPings = (socket: WebSocket): void => {
  let isBusy = false;
  socket.on('ping', (data) => {
    if (isBusy || socket.readyState !== socket.OPEN) return;
    isBusy = true;
    socket.pong(data, true, () => {
      isBusy = false;
    });
  });
};

const note = (talk: Talk, message: Message, isAnswer: Listening['isAnswer']): void => {
  talk.messages += 1;
  talk.size += message.size;
  talk.first ??= message;
  if (talk.answer === null && talk.askedAt !== null && isAnswer(message)) talk.answer = message;
};

/** Notes everything that comes over a connection, and ends it when that is too much. */
export const listenTo = (talk: Talk, socket: WebSocket, wire: Duplex, listening: Listening): void => {
  const { settings, monotonicMs, isAnswer } = listening;
  const guard = guardOf(talk, socket, settings);
  let arrivedAt = monotonicMs();
  let wireBytes = 0;

  const beat = (): void => {
    talk.pulse.beat(arrivedAt);
    talk.changed();
  };
  const ping = (): void => {
    talk.pings += 1;
    guard.boundPings(arrivedAt);
    beat();
  };

  wire.prependListener('data', (bytes: Uint8Array) => {
    arrivedAt = monotonicMs();
    wireBytes += bytes.length;
    if (talk.openedAt !== null) guard.boundBytes(wireBytes);
  });
  socket.on('message', (data, isBinary) => {
    if (talk.fault !== null) return;
    const bytes = bytesOf(data);
    const text = isBinary ? null : bytes.toString('utf8');
    note(talk, { text, size: bytes.length, at: arrivedAt }, isAnswer);
    guard.boundBytes(talk.size);
    beat();
  });
  socket.on('ping', ping);
  socket.on('pong', ping);
  answerPings(socket);
  socket.on('error', (error) => {
    if (talk.openedAt !== null) guard.fail(frameFault(error, settings) ?? error);
  });
  socket.on('close', (code, reason) => {
    // A close frame is the last thing that arrives; a connection that is dropped ends now.
    const at = code === DROPPED ? monotonicMs() : arrivedAt;
    talk.closing ??= { code, reason: reason.toString('utf8'), at };
    talk.changed();
  });
};
