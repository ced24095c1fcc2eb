import type { Readable } from 'node:stream';

/** What is kept of a stream: all of it in `head`, or its first and last bytes, `leftOut` bytes apart. */
export type Output = {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly size: number;
  readonly leftOut: number;
};

/** A stream that is read to its end, whatever comes: who writes to it is never held up, and memory stays constant. */
export type Collector = {
  /** What has come so far. */
  readonly output: () => Output;
  /** When the stream has ended, was broken or was closed by `stop`. Never rejects. */
  readonly done: Promise<void>;
  /** Reads no more. */
  readonly stop: () => void;
};

type Keeper = { readonly add: (bytes: Buffer) => void; readonly kept: () => Buffer };

const FIRST_ROOM = 4096;

/** The first `most` bytes, in a buffer that doubles: a byte at a time may not cost an object for each. */
const keepFirst = (most: number): Keeper & { readonly room: () => number } => {
  let buffer = Buffer.alloc(Math.min(FIRST_ROOM, most));
  let length = 0;
  const grow = (needed: number): void => {
    if (needed <= buffer.length) return;
    const larger = Buffer.alloc(Math.min(most, Math.max(needed, buffer.length * 2)));
    buffer.copy(larger, 0, 0, length);
    buffer = larger;
  };
  return {
    room: () => most - length,
    add: (bytes) => {
      grow(length + bytes.length);
      bytes.copy(buffer, length);
      length += bytes.length;
    },
    kept: () => Buffer.from(buffer.subarray(0, length)),
  };
};

/** The last `most` bytes, in a ring. */
const keepLast = (most: number): Keeper => {
  const ring = Buffer.alloc(most);
  let total = 0;
  return {
    add: (bytes) => {
      const last = bytes.subarray(Math.max(0, bytes.length - most));
      const at = (total + bytes.length - last.length) % most;
      const fits = Math.min(last.length, most - at);
      last.copy(ring, at, 0, fits);
      last.copy(ring, 0, fits);
      total += bytes.length;
    },
    kept: () => {
      const at = total % most;
      return total < most
        ? Buffer.from(ring.subarray(0, total))
        : Buffer.concat([ring.subarray(at), ring.subarray(0, at)]);
    },
  };
};

/** Reads a stream to its end and keeps its first `headBytes` and the last `tailBytes` of what comes after them. */
export const collectOutput = (stream: Readable, headBytes: number, tailBytes: number): Collector => {
  const head = keepFirst(headBytes);
  let tail: Keeper | null = null;
  let size = 0;
  stream.on('data', (bytes: Buffer) => {
    size += bytes.length;
    const first = bytes.subarray(0, head.room());
    head.add(first);
    if (first.length === bytes.length) return;
    tail ??= keepLast(tailBytes);
    tail.add(bytes.subarray(first.length));
  });
  const { promise: done, resolve } = Promise.withResolvers<void>();
  if (stream.closed) resolve();
  else stream.once('close', resolve);
  return {
    output: () => {
      const [first, last] = [head.kept(), tail?.kept() ?? Buffer.alloc(0)];
      return { head: first, tail: last, size, leftOut: size - first.length - last.length };
    },
    done,
    stop: () => stream.destroy(),
  };
};
