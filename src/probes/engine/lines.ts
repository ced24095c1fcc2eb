import { CouldNotLook } from '../probe.ts';

const CR = 0x0d;
const LF = 0x0a;

/** Puts lines together out of chunks. Every line ends in CRLF, and neither CR nor LF stands alone (RFC 9112, 2.2). */
export type LineAssembler = {
  /** Takes bytes from `offset` on. `line` is a whole line, one character a byte, without its end; null for "more". */
  readonly take: (chunk: Uint8Array, offset: number) => { readonly line: string | null; readonly offset: number };
};

const invalid = (rule: string, where: string): CouldNotLook =>
  new CouldNotLook('invalid-response', `invalid response: ${rule} in ${where}`);

/** `where` names the part of the message for faults: `the header section`. Whoever calls bounds the bytes. */
export const assembleLines = (where: string): LineAssembler => {
  let pieces: Uint8Array[] = [];
  return {
    take: (chunk, offset) => {
      const end = chunk.indexOf(LF, offset);
      if (end === -1) {
        // A copy: the chunk's memory may be given back once all of it is taken.
        pieces.push(Buffer.from(chunk.subarray(offset)));
        return { line: null, offset: chunk.length };
      }
      pieces.push(chunk.subarray(offset, end));
      const [only = chunk] = pieces;
      const bytes =
        pieces.length === 1 ? Buffer.from(only.buffer, only.byteOffset, only.length) : Buffer.concat(pieces);
      pieces = [];
      if (bytes.at(-1) !== CR) throw invalid('a line ends in a bare LF', where);
      if (bytes.indexOf(CR) !== bytes.length - 1) throw invalid('a bare CR', where);
      return { line: bytes.toString('latin1', 0, bytes.length - 1), offset: end + 1 };
    },
  };
};
