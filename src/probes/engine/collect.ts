import { LARGE_BODY, makeRoom, noteGarbage } from './make-room.ts';
import { giveBack, takeMemory } from './memory.ts';

/** Room is at least doubled when it runs out, so that a body is not copied more often than its length has bits. */
const withRoom = (full: Buffer, length: number, needed: number): Buffer => {
  if (needed > LARGE_BODY) makeRoom();
  const larger = takeMemory(Math.max(2 * full.length, needed));
  full.copy(larger, 0, 0, length);
  giveBack(full);
  return larger;
};

/**
 * Puts the pieces of a body together, in memory that was taken for it, and gives theirs back. Nobody else may be using
 * the pieces. `expected` is how many bytes are probably to come, 0 when that is not known; whoever calls bounds the
 * source.
 */
export const collect = async (source: AsyncIterable<Uint8Array>, expected: number): Promise<Uint8Array> => {
  let all = takeMemory(0);
  let length = 0;
  try {
    for await (const piece of source) {
      const needed = length + piece.length;
      if (needed > all.length) all = withRoom(all, length, Math.max(needed, expected));
      all.set(piece, length);
      length = needed;
      if (!giveBack(piece) && length > LARGE_BODY) noteGarbage(piece.length);
    }
    return all.subarray(0, length);
  } catch (error) {
    giveBack(all);
    throw error;
  } finally {
    if (length > LARGE_BODY) noteGarbage(length);
  }
};
