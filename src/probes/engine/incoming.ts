import type { Duplex } from 'node:stream';
import { takeTurn } from './turn.ts';

/** What a peer sends, pulled chunk by chunk; while nobody pulls, no more than a little is kept. */
export type Incoming = {
  /** Null at an orderly end. Rejects with the socket's own error, after everything that came before it. */
  readonly next: () => Promise<Uint8Array | null>;
  /** Puts bytes back in front. */
  readonly unread: (bytes: Uint8Array) => void;
  /** Monotonic instant at which the bytes last pulled, or the end, reached us; null before any. */
  readonly arrivedAt: () => number | null;
  /** Stops listening to data, so that another reader (TLS) can take over. Answers what came and was not pulled. */
  readonly detach: () => Uint8Array;
};

type Arrival = { readonly bytes: Uint8Array; readonly at: number };
type Closing = { readonly error: Error | null; readonly at: number };

const KEPT_BYTES = 256 * 1024;

/** Reads from a connected socket. Takes over its errors: none of them is ever uncaught. */
export const listen = (socket: Duplex, monotonicMs: () => number): Incoming => {
  const queue: Arrival[] = [];
  let queued = 0;
  let closing: Closing | null = null;
  let latest: number | null = null;
  let wake: (() => void) | null = null;

  /** What has come is noted at once, and read when its turn comes: reading must not delay the noting of others. */
  const awake = (): void => {
    const reader = wake;
    wake = null;
    if (reader !== null) void takeTurn('read').then(reader);
  };
  const onData = (bytes: Uint8Array): void => {
    queue.push({ bytes, at: monotonicMs() });
    queued += bytes.length;
    if (queued > KEPT_BYTES) socket.pause();
    awake();
  };
  const close = (error: Error | null): void => {
    closing ??= { error, at: monotonicMs() };
    awake();
  };
  socket.on('data', onData);
  socket.on('end', () => close(null));
  socket.on('error', (error) => close(error));
  socket.on('close', () => close(new Error('the connection was closed')));

  const shift = (): Uint8Array | null => {
    const arrival = queue.shift();
    if (arrival === undefined) return null;
    queued -= arrival.bytes.length;
    if (queued <= KEPT_BYTES && socket.isPaused()) socket.resume();
    latest = arrival.at;
    return arrival.bytes;
  };

  const next = async (): Promise<Uint8Array | null> => {
    for (;;) {
      const bytes = shift();
      if (bytes !== null) return bytes;
      if (closing !== null) {
        if (closing.error !== null) throw closing.error;
        latest = closing.at;
        return null;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  return {
    next,
    unread: (bytes) => {
      if (bytes.length === 0) return;
      queue.unshift({ bytes, at: latest ?? monotonicMs() });
      queued += bytes.length;
    },
    arrivedAt: () => latest,
    detach: () => {
      socket.off('data', onData);
      socket.pause();
      queued = 0;
      return Buffer.concat(queue.splice(0).map(({ bytes }) => bytes));
    },
  };
};
