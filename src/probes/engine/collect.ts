import { LARGE_BODY, makeRoom, noteGarbage } from './make-room.ts';

/** Memory that was taken here, and that nobody else can be using unawares. */
const own = new WeakSet<ArrayBufferLike>();

const free = ({ buffer }: Uint8Array): void => {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
};

/** A piece that shares its memory with others is left alone. */
const isAlone = ({ buffer, byteLength }: Uint8Array): boolean => buffer.byteLength === byteLength;

/** Room is at least doubled when it runs out, so that a body is not copied more often than its length has bits. */
const withRoom = (full: Buffer, length: number, needed: number): Buffer => {
  if (needed > LARGE_BODY) makeRoom();
  const larger = Buffer.allocUnsafeSlow(Math.max(2 * full.length, needed));
  own.add(larger.buffer);
  full.copy(larger, 0, 0, length);
  free(full);
  return larger;
};

/**
 * Puts the pieces of a body together, and gives their memory back at once: read by read, a body would otherwise lie in
 * memory a second time until the garbage collector comes. Nobody else may be using the pieces. `expected` is how many
 * bytes are probably to come, 0 when that is not known; whoever calls bounds the source.
 */
export const collect = async (source: AsyncIterable<Uint8Array>, expected: number): Promise<Uint8Array> => {
  let all: Buffer = Buffer.alloc(0);
  let length = 0;
  try {
    for await (const piece of source) {
      const needed = length + piece.length;
      if (needed > all.length) all = withRoom(all, length, Math.max(needed, expected));
      all.set(piece, length);
      length = needed;
      if (isAlone(piece)) free(piece);
      else if (length > LARGE_BODY) noteGarbage(piece.length);
    }
    return all.subarray(0, length);
  } catch (error) {
    free(all);
    throw error;
  } finally {
    if (length > LARGE_BODY) noteGarbage(length);
  }
};

/** Gives the memory of a body that `collect` has made back at once; the body is empty then. Others are left alone. */
export const releaseBody = (body: Uint8Array): void => {
  if (own.delete(body.buffer)) free(body);
};
