import type { FileHandle } from 'node:fs/promises';
import { byteSize } from '../engine/printable.ts';
import { encodingOf, type Encoding } from './encoding.ts';
import { quotePath, tooMuch, unreadable } from './trouble.ts';

/** One line without its end. The bytes are only good until the next one. */
export type Line = {
  readonly bytes: Buffer;
  readonly number: number;
  /** Whether a line feed came behind it; false for the rest of a file that does not end with one. */
  readonly ended: boolean;
};

export type Reading = {
  /** Room for what one read brings; whoever reads many files brings the same one along. */
  readonly buffer: Buffer;
  readonly file: FileHandle;
  /** How long the file was when it was opened. */
  readonly size: number;
  readonly path: string;
  /** Throws when there is no more time; called between reads. */
  readonly pause: () => void;
  /** Told once, before the first line; a file that is empty has no encoding. */
  readonly begin: (encoding: Encoding) => void;
  readonly line: (line: Line) => void;
};

/** How much one read brings. */
export const CHUNK_BYTES = 256 * 1024;
const LONGEST_LINE = 8 * 1024 * 1024;
const FEED = 0x0a;
const RETURN = 0x0d;

const withoutReturn = (bytes: Buffer): Buffer => (bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes);

/** Cuts chunks into lines; keeps what has no end yet. */
const makeSplitter = ({ path, line }: Reading) => {
  let pending: Buffer[] = [];
  let length = 0;
  let number = 0;
  const emit = (bytes: Buffer, ended: boolean): void => {
    number += 1;
    line({ bytes: withoutReturn(pending.length === 0 ? bytes : Buffer.concat([...pending, bytes])), number, ended });
    pending = [];
    length = 0;
  };
  return {
    isOpen: () => length > 0,
    push: (chunk: Buffer): void => {
      let from = 0;
      for (let at = chunk.indexOf(FEED); at >= 0; at = chunk.indexOf(FEED, from)) {
        emit(chunk.subarray(from, at), true);
        from = at + 1;
      }
      if (from === chunk.length) return;
      length += chunk.length - from;
      if (length > LONGEST_LINE) {
        throw tooMuch(
          `${quotePath(path)}:${number + 1} is longer than ${byteSize(LONGEST_LINE)}: no such line is judged`,
        );
      }
      pending.push(Buffer.from(chunk.subarray(from)));
    },
    end: (): number => {
      if (length > 0) emit(Buffer.alloc(0), false);
      return number;
    },
  };
};

/**
 * Reads a file line by line in constant memory, and answers how many there are. A file that grows is read as far as it
 * went at the beginning, and to the end of that line. Throws `CouldNotLook` for a line that is too long to be judged.
 */
export const readLines = async (reading: Reading): Promise<number> => {
  const { buffer, file, size, path, pause, begin } = reading;
  const splitter = makeSplitter(reading);
  let encoding: Encoding | null = null;
  let position = 0;
  try {
    for (;;) {
      pause();
      const beyond = size > 0 && position >= size;
      if (beyond && !splitter.isOpen()) break;
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      position += bytesRead;
      const read = buffer.subarray(0, bytesRead);
      if (encoding === null) {
        encoding = encodingOf(read);
        begin(encoding);
      }
      const chunk = encoding.decode(read);
      const end = beyond ? chunk.indexOf(FEED) + 1 : 0;
      splitter.push(end > 0 ? chunk.subarray(0, end) : chunk);
    }
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? unreadable(path, error) : error;
  }
  return splitter.end();
};
