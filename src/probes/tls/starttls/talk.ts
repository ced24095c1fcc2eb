import type { Duplex } from 'node:stream';
import { type Incoming, listen } from '../../engine/incoming.ts';
import { byteSize, printable } from '../../engine/printable.ts';
import type { Trace } from '../../engine/trace.ts';
import { CouldNotLook } from '../../probe.ts';

/** A conversation in plain text before TLS, bounded in every direction. `what` names what is waited for, for messages. */
export type Talk = {
  /** The next line without its end, one character a byte. */
  readonly line: (what: string) => Promise<string>;
  /** The next byte. */
  readonly byte: (what: string) => Promise<number>;
  readonly say: (text: string | Uint8Array) => void;
  /** Hands the connection over; throws when the server has said more than it should. */
  readonly end: () => void;
};

const MOST_BYTES = 64 * 1024;
const LF = 0x0a;

/** Something that the server did wrong before TLS, or refused. */
export const refusal = (message: string): CouldNotLook => new CouldNotLook('tls-handshake', message);

/** What a server said, for a message. */
export const quoted = (line: string): string => `"${printable(line, 120)}"`;

const readMore = async (incoming: Incoming, what: string): Promise<Uint8Array> => {
  const bytes = await incoming.next();
  if (bytes === null) throw refusal(`the server closed the connection before TLS: no ${what} came`);
  return bytes;
};

/** Starts to talk over a connected socket. A timeout tells what was waited for, through the trace. */
export const startTalk = (socket: Duplex, trace: Trace, monotonicMs: () => number): Talk => {
  const incoming = listen(socket, monotonicMs);
  let pending = Buffer.alloc(0);
  let total = 0;

  const fill = async (what: string): Promise<void> => {
    trace.progress = () => `no ${what}`;
    const bytes = await readMore(incoming, what);
    total += bytes.length;
    if (total > MOST_BYTES) throw refusal(`the server said more than ${byteSize(MOST_BYTES)} before TLS`);
    pending = Buffer.concat([pending, bytes]);
  };

  return {
    line: async (what) => {
      while (!pending.includes(LF)) await fill(what);
      const end = pending.indexOf(LF);
      const line = pending.toString('latin1', 0, end).replace(/\r$/, '');
      pending = pending.subarray(end + 1);
      return line;
    },
    byte: async (what) => {
      if (pending.length === 0) await fill(what);
      const [byte = 0] = pending;
      pending = pending.subarray(1);
      return byte;
    },
    say: (text) => void socket.write(text),
    end: () => {
      const more = Buffer.concat([pending, incoming.detach()]);
      if (more.length > 0) {
        const said = quoted(more.toString('latin1', 0, 40));
        throw refusal(`the server went on in plain text after it had agreed to TLS: ${said}`);
      }
      trace.progress = () => null;
    },
  };
};
