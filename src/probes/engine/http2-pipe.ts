import { Duplex } from 'node:stream';
import type { Incoming } from './incoming.ts';
import type { Http2Watch } from './http2-watch.ts';

/** Called at most once: with null when the peer closed before the end of the response. */
export type OnTrouble = (error: unknown) => void;

/**
 * What an HTTP/2 session takes for its socket: everything that passes is watched. It never fails and never ends by
 * itself; whoever made it hears of trouble, and after the end of the response of nothing any more.
 */
export const watchedPipe = (socket: Duplex, incoming: Incoming, watch: Http2Watch, onTrouble: OnTrouble): Duplex => {
  let over = false;

  const trouble = (error: unknown): void => {
    if (!over) onTrouble(error);
    over = true;
  };
  const pull = async (pipe: Duplex): Promise<void> => {
    try {
      const bytes = await incoming.next();
      if (bytes === null) return trouble(null);
      const taken = watch.received(bytes);
      if (watch.ended()) over = true;
      pipe.push(bytes.subarray(0, taken));
    } catch (error) {
      trouble(error);
    }
    return undefined;
  };

  return new Duplex({
    read() {
      if (!over) void pull(this);
    },
    write: (chunk: Uint8Array, _encoding, done) => {
      watch.sent(chunk);
      socket.write(chunk, () => done());
    },
    final: (done) => done(),
  });
};
