import { byteSize } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';

const LF = 0x0a;
const CR = 0x0d;
const BOM = Buffer.of(0xef, 0xbb, 0xbf);

/** A buffer that has grown beyond this is given up once its line is whole. */
const KEPT_BYTES = 64 * 1024;
const LEAST_BYTES = 256;

/** The part of a line that has come so far: copied, so that no larger buffer is held for its sake. */
const heldLine = () => {
  let buffer = Buffer.alloc(0);
  let length = 0;
  return {
    length: (): number => length,
    add: (bytes: Uint8Array): void => {
      const needed = length + bytes.length;
      if (needed > buffer.length) {
        const larger = Buffer.allocUnsafe(Math.max(2 * needed, LEAST_BYTES));
        buffer.copy(larger, 0, 0, length);
        buffer = larger;
      }
      buffer.set(bytes, length);
      length = needed;
    },
    /** The line, valid until more is added. */
    take: (): Buffer => {
      const line = buffer.subarray(0, length);
      length = 0;
      if (buffer.length > KEPT_BYTES) buffer = Buffer.alloc(0);
      return line;
    },
  };
};

/**
 * Takes a stream apart into lines that end in CRLF, LF or CR, whose bytes may come in any pieces. A byte order mark at
 * its start is no part of the first line. `onLine` gets each line without its end; it may not keep it. A line of more
 * than `limit` bytes throws `CouldNotLook`, and one that has no end is never told.
 */
export const readLines = (
  limit: number,
  onLine: (line: Buffer, at: number) => void,
): ((bytes: Uint8Array, at: number) => void) => {
  const held = heldLine();
  let isFirst = true;
  /** The last byte was a CR, whose line was told at once: an LF that follows belongs to it. */
  let afterCr = false;

  const bound = (more: number): void => {
    if (held.length() + more <= limit) return;
    throw new CouldNotLook('body-limit', `a line of the stream is over ${byteSize(limit)}`);
  };
  const whole = (part: Buffer): Buffer => {
    bound(part.length);
    if (held.length() === 0) return part;
    held.add(part);
    return held.take();
  };
  const tell = (part: Buffer, at: number): void => {
    const line = whole(part);
    const marked = isFirst && line.subarray(0, BOM.length).equals(BOM);
    isFirst = false;
    onLine(marked ? line.subarray(BOM.length) : line, at);
  };

  return (bytes, at) => {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (chunk.length === 0) return;
    let start = afterCr && chunk[0] === LF ? 1 : 0;
    afterCr = false;
    let cr = chunk.indexOf(CR, start);
    let lf = chunk.indexOf(LF, start);
    while (cr !== -1 || lf !== -1) {
      const isCr = cr !== -1 && (lf === -1 || cr < lf);
      const end = isCr ? cr : lf;
      tell(chunk.subarray(start, end), at);
      start = end + 1;
      if (isCr && start === chunk.length) afterCr = true;
      else if (isCr && chunk[start] === LF) start += 1;
      if (cr !== -1 && cr < start) cr = chunk.indexOf(CR, start);
      if (lf !== -1 && lf < start) lf = chunk.indexOf(LF, start);
    }
    const part = chunk.subarray(start);
    bound(part.length);
    if (part.length > 0) held.add(part);
  };
};
