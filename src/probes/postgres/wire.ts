import { Duplex } from 'node:stream';
import { CouldNotLook } from '../probe.ts';
import { type Frame, startFrames } from './frames.ts';
import type { Gate } from './gate.ts';
import type { Opened } from './open.ts';

/** What the client of the library takes for its socket. */
export type Wire = {
  readonly stream: Duplex;
  /** Hands messages to the client until the connection ends. Never resolves; rejects with the reason. */
  readonly pump: () => Promise<never>;
  /** What a request to cancel must carry; null until the server has told. */
  readonly key: () => Buffer | null;
};

const KEY = 'K';
const HEADER_BYTES = 5;

const streamFor = ({ stream, secured }: Opened): Duplex => {
  const wire = new Duplex({
    read: () => {},
    write: (chunk: Uint8Array, _encoding, done) => void stream.write(chunk, () => done()),
  });
  wire.on('error', () => {});
  return Object.assign(wire, {
    setNoDelay: () => wire,
    setKeepAlive: () => wire,
    ref: () => wire,
    unref: () => wire,
    /** It is connected already; the client waits to hear of it. */
    connect: () => {
      queueMicrotask(() => wire.emit('connect'));
      return wire;
    },
    /** What a login can be bound to. Node hands it out once, so it is that of the handshake. */
    ...(secured === null ? {} : { getPeerCertificate: () => ({ raw: secured.chain[0]?.raw }) }),
  });
};

const nonsense = (cause: unknown): CouldNotLook =>
  new CouldNotLook('invalid-response', 'the server sent a message that breaks the protocol of Postgres', {}, { cause });

/** Errors and notices are fields of a letter and a text each, and a zero that ends them. */
const hasEnd = (bytes: Buffer): boolean => {
  for (let at = HEADER_BYTES; bytes[at] !== 0;) {
    const end = bytes.indexOf(0, at);
    if (end === -1) return false;
    at = end + 1;
  }
  return true;
};

/**
 * The parser of the library trusts its server: on an error without an end it would read for ever, and what it throws on
 * other nonsense must not escape from an event.
 */
const deliver = (stream: Duplex, { type, bytes }: Frame): void => {
  if ((type === 'E' || type === 'N') && !hasEnd(bytes)) throw nonsense(null);
  try {
    stream.emit('data', bytes);
  } catch (error) {
    throw nonsense(error);
  }
};

/** Stands between a connection and the client: only whole, bounded messages that passed the gate come through. */
export const makeWire = (opened: Opened, gate: Gate): Wire => {
  const stream = streamFor(opened);
  let key: Buffer | null = null;
  return {
    stream,
    key: () => key,
    pump: async () => {
      const frames = startFrames(opened.incoming, gate.expects);
      for (;;) {
        const frame = await frames.next();
        if (frame === null) throw new CouldNotLook('closed-early', 'the server closed the connection');
        gate.check(frame);
        if (frame.type === KEY) key = frame.bytes.subarray(HEADER_BYTES);
        deliver(stream, frame);
      }
    },
  };
};
