import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { RunEvent } from '../execute/event.ts';
import { UsageError } from '../model/fault.ts';
import { isRunEvent } from './journal-line.ts';
import { systemReason } from './system-error.ts';

const LINE_FEED = 0x0a;
const CHUNK_BYTES = 256 * 1024;

/** A plan of a hundred thousand checks is one line of some 100 MiB; nothing honest is longer than this. */
const LONGEST_LINE_BYTES = 256 * 1024 * 1024;

/**
 * The events of a journal, one by one. A last line that was cut off, as a killed run leaves it, is left out; anything
 * else that is not an event is refused by its line number. Throws `UsageError`, when the first event is asked for or later.
 */
export const readJournal = function* (path: string): Generator<RunEvent> {
  let number = 0;
  for (const { bytes, whole } of linesOf(path)) {
    number += 1;
    const event = parseLine(bytes);
    if (event !== null) yield event;
    else if (whole) {
      throw new UsageError(
        `${path}:${number}: this line of the journal is not an event`,
        'a journal is only read as it was written; it is never mended by hand',
      );
    }
  }
};

const parseLine = (bytes: Uint8Array): RunEvent | null => {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isRunEvent(value) ? value : null;
  } catch {
    return null;
  }
};

/** A line without its line feed; `whole` when it had one. */
type Line = { readonly bytes: Uint8Array; readonly whole: boolean };

const linesOf = function* (path: string): Generator<Line> {
  const file = openRegular(path);
  try {
    let parts: Buffer[] = [];
    for (const chunk of chunksOf(file, path)) {
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
        yield { bytes: Buffer.concat([...parts, chunk.subarray(start, end)]), whole: true };
        parts = [];
        start = end + 1;
      }
      if (start < chunk.length) parts.push(chunk.subarray(start));
      if (parts.length * CHUNK_BYTES > LONGEST_LINE_BYTES)
        throw new UsageError(`"${path}" is not a journal: a line has no end`);
    }
    if (parts.length > 0) yield { bytes: Buffer.concat(parts), whole: false };
  } finally {
    closeSync(file);
  }
};

const chunksOf = function* (file: number, path: string): Generator<Buffer> {
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const length = inWords(path, () => readSync(file, chunk));
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
};

const openRegular = (path: string): number => {
  const file = inWords(path, () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw new UsageError(`the journal "${path}" cannot be read: it is not a regular file`);
};

const inWords = <T>(path: string, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    throw new UsageError(`the journal "${path}" cannot be read: ${systemReason(error)}`, null, { cause: error });
  }
};
