import { CouldNotLook } from '../probe.ts';
import { assembleLines } from './lines.ts';
import { takeMemory } from './memory.ts';
import { invalidResponse, parseFieldLine } from './parse-head.ts';
import { byteSize, printable } from './printable.ts';
import type { Limits } from './request.ts';

/** Takes a chunked body apart (RFC 9112, 7.1), with totals for everything that is not data. */
export type ChunkedReader = {
  /** The data in these bytes; `rest` is what follows the body once it has ended, else null. */
  readonly push: (bytes: Uint8Array) => { readonly data: readonly Uint8Array[]; readonly rest: Uint8Array | null };
};

const OVERHEAD = 'the chunk extensions and trailers are';
/** How far chunk sizes and line ends may outweigh the data: a body in pieces of one byte is an attack on the reader. */
const MOST_FRAMING = 1024 * 1024;

/** The size on a chunk's first line; throws when the line is not a size with well-formed extensions after it. */
export const parseChunkLine = (line: string): { readonly size: number; readonly extension: number } => {
  const [, digits] = /^([0-9A-Fa-f]+)(?:[ \t]*;[\t\x20-\x7e\x80-\xff]*)?$/.exec(line) ?? [];
  if (digits === undefined) throw invalidResponse(`bad chunk size: \`${printable(line, 40)}\``);
  const size = Number.parseInt(digits, 16);
  if (digits.length > 16 || !Number.isSafeInteger(size)) {
    throw invalidResponse(`the chunk size overflows: \`${printable(digits, 40)}\``);
  }
  return { size, extension: line.length - digits.length };
};

/** Puts pieces of at most `most` bytes in all together; the first is copied only when another follows. */
const gather = (most: number) => {
  let first: Uint8Array | null = null;
  let target: Buffer | null = null;
  let length = 0;
  return {
    add: (piece: Uint8Array): void => {
      if (first === null) first = piece;
      else {
        if (target === null) {
          target = takeMemory(most);
          target.set(first);
        }
        target.set(piece, length);
      }
      length += piece.length;
    },
    pieces: (): readonly Uint8Array[] => {
      if (target !== null) return [target.subarray(0, length)];
      return first === null ? [] : [first];
    },
  };
};

/** A reader for one body. */
export const readChunked = (limits: Limits): ChunkedReader => {
  const lines = assembleLines('the chunked body');
  let state: 'size' | 'data' | 'end-of-data' | 'trailer' = 'size';
  let remaining = 0;
  let overhead = 0;
  let trailers = 0;
  /** Bytes of framing less those of data. */
  let framing = 0;

  const spend = (bytes: number): void => {
    overhead += bytes;
    if (overhead > limits.headerBytes) {
      throw new CouldNotLook('header-limit', `${OVERHEAD} over ${byteSize(limits.headerBytes)}`);
    }
  };

  const trailer = (line: string): void => {
    trailers += 1;
    if (trailers > limits.headerFields) {
      throw new CouldNotLook('header-limit', `the trailer section has more than ${limits.headerFields} fields`);
    }
    parseFieldLine(line);
  };

  /** Whether the body has ended with this line. */
  const accept = (line: string): boolean => {
    if (state === 'size') {
      const { size, extension } = parseChunkLine(line);
      spend(extension);
      remaining = size;
      state = size === 0 ? 'trailer' : 'data';
    } else if (state === 'end-of-data') {
      if (line !== '') throw invalidResponse('a chunk is longer than its size');
      state = 'size';
    } else {
      if (line === '') return true;
      trailer(line);
    }
    return false;
  };

  /** Bytes of the line that is not whole yet: it may not grow without bound either. */
  let partial = 0;
  const count = (taken: number): void => {
    partial += taken;
    framing += taken;
    if (framing > MOST_FRAMING) {
      const message = `the chunk sizes outweigh the data by over ${byteSize(MOST_FRAMING)}`;
      throw new CouldNotLook('body-limit', message);
    }
    if (state === 'trailer') spend(taken);
    else if (state === 'end-of-data' && partial > 2) throw invalidResponse('a chunk is longer than its size');
    else if (partial > limits.headerBytes) spend(partial);
  };

  /** The offset after the line, or after all bytes when it is not whole; and whether the body ended with it. */
  const line = (bytes: Uint8Array, offset: number): readonly [offset: number, ended: boolean] => {
    const taken = lines.take(bytes, offset);
    count(taken.offset - offset);
    if (taken.line === null) return [taken.offset, false];
    partial = 0;
    return [taken.offset, accept(taken.line)];
  };

  const push: ChunkedReader['push'] = (bytes) => {
    const data = gather(bytes.length);
    let offset = 0;
    let ended = false;
    while (offset < bytes.length && !ended) {
      if (state === 'data') {
        const piece = bytes.subarray(offset, offset + remaining);
        data.add(piece);
        framing -= piece.length;
        remaining -= piece.length;
        offset += piece.length;
        if (remaining === 0) state = 'end-of-data';
      } else {
        [offset, ended] = line(bytes, offset);
      }
    }
    return { data: data.pieces(), rest: ended ? bytes.subarray(offset) : null };
  };
  return { push };
};
