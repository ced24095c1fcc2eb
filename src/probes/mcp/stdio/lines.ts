import { byteSize } from '../../engine/printable.ts';
import { CouldNotLook } from '../../probe.ts';

const LF = 0x0a;

/** Takes a stream apart into lines that end in LF. */
export type Lines = {
  /** Throws `CouldNotLook` for a line over the limit. */
  readonly push: (bytes: Uint8Array) => void;
  /** What has come of a line that has no end yet. */
  readonly unfinished: () => Buffer;
};

/** `onLine` gets each line without its end. A line that never ends is kept up to `limit` bytes and never told. */
export const splitLines = (limit: number, onLine: (line: Buffer) => void): Lines => {
  let held: Buffer[] = [];
  let heldBytes = 0;

  const hold = (part: Buffer): void => {
    heldBytes += part.length;
    if (heldBytes > limit) {
      throw new CouldNotLook('body-limit', `the server wrote a line of more than ${byteSize(limit)} to stdout`);
    }
    if (part.length > 0) held.push(part);
  };

  return {
    push: (bytes) => {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      let start = 0;
      for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, start)) {
        hold(chunk.subarray(start, end));
        const line = Buffer.concat(held);
        held = [];
        heldBytes = 0;
        start = end + 1;
        onLine(line);
      }
      hold(chunk.subarray(start));
    },
    unfinished: () => Buffer.concat(held),
  };
};
