import type { Incoming } from '../engine/incoming.ts';
import { byteSize } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';
import { notPostgres } from './open.ts';

/** One message of the server, whole: a byte for its type, four for its length, and the rest. */
export type Frame = { readonly type: string; readonly bytes: Buffer };

export type Frames = {
  /** Null when the server closes the connection between two messages. */
  readonly next: () => Promise<Frame | null>;
};

const HEADER_BYTES = 5;
/** A length counts itself. */
const LEAST_LENGTH = 4;
const MOST_FRAME_BYTES = 1024 * 1024;
const MOST_BYTES = 16 * 1024 * 1024;
/** Notices, parameters and the like: everything but rows. */
const MOST_OTHERS = 10_000;
const ROW = 'D';

const WHAT: ReadonlyMap<string, string> = new Map([
  [ROW, 'a row'],
  ['E', 'an error'],
  ['N', 'a notice'],
  ['T', 'the description of the columns'],
]);

const refuse = (message: string): CouldNotLook => new CouldNotLook('invalid-response', message);

/** An honest database can give a row that is too large for us, but nothing else. */
const tooLarge = (type: string, length: number): CouldNotLook => {
  const message = `the server announces ${WHAT.get(type) ?? 'a message'} of ${byteSize(length)}: a look reads at most ${byteSize(MOST_FRAME_BYTES)}`;
  return type === ROW ? new CouldNotLook('query-failed', message) : refuse(message);
};

/**
 * Cuts what a server sends into messages; every count and length is bounded before memory is taken for it. What begins
 * like no message that is expected now comes from something else than Postgres.
 */
export const startFrames = (incoming: Incoming, isExpected: (type: string) => boolean): Frames => {
  let pending = Buffer.alloc(0);
  let total = 0;
  let others = 0;

  /** Makes sure that so many bytes are there; false at the end of the connection. */
  const fill = async (wanted: number): Promise<boolean> => {
    const parts = [pending];
    let length = pending.length;
    while (length < wanted) {
      const bytes = await incoming.next();
      if (bytes === null) break;
      parts.push(Buffer.from(bytes));
      length += bytes.length;
      total += bytes.length;
      if (total > MOST_BYTES) throw refuse(`the server sent more than ${byteSize(MOST_BYTES)}`);
    }
    if (parts.length > 1) pending = Buffer.concat(parts);
    return length >= wanted;
  };

  const next = async (): Promise<Frame | null> => {
    if (!(await fill(HEADER_BYTES))) {
      if (pending.length === 0) return null;
      throw new CouldNotLook('closed-early', 'the server closed the connection in the middle of a message');
    }
    const type = String.fromCodePoint(pending[0] ?? 0);
    if (!isExpected(type)) throw notPostgres(pending);
    const length = pending.readUInt32BE(1);
    if (length < LEAST_LENGTH)
      throw refuse(`the server announces a message of ${length} bytes, shorter than its length`);
    if (length > MOST_FRAME_BYTES) throw tooLarge(type, length);
    if (type !== ROW && (others += 1) > MOST_OTHERS) {
      throw refuse(`the server sent more than ${MOST_OTHERS} messages that are no rows`);
    }
    if (!(await fill(length + 1))) {
      throw new CouldNotLook('closed-early', 'the server closed the connection in the middle of a message');
    }
    // A buffer of its own: what reads it cannot stray into the next message.
    const bytes = Buffer.from(pending.subarray(0, length + 1));
    pending = pending.subarray(length + 1);
    return { type, bytes };
  };

  return { next };
};
