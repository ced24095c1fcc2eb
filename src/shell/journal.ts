import { closeSync, constants, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import type { RunEvent } from '../execute/event.ts';
import { UsageError } from '../model/fault.ts';
import { systemReason } from './system-error.ts';

/** An open journal. */
export type Journal = {
  /** Writes one event as one line, at once. Never throws: the run goes on when the disk is full. */
  readonly append: (event: RunEvent) => void;
  /** Flushes to the disk and closes. What went wrong on the way, as a sentence; null when every event is written. */
  readonly close: () => string | null;
};

/**
 * Begins a journal in a new file; one of an earlier run in its place is removed, a symbolic link is not followed.
 * Throws `UsageError` when that is not possible.
 */
export const openJournal = (path: string): Journal => {
  const file = openNew(path);
  let trouble: string | null = null;
  const attempt = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      trouble ??= `the journal "${path}" is not complete: ${systemReason(error)}`;
    }
  };
  return {
    // After a line that was cut, a further one would turn a journal that is short into one that is corrupt.
    append: (event) => {
      if (trouble === null) attempt(() => writeWhole(file, `${JSON.stringify(event)}\n`));
    },
    close: () => {
      attempt(() => fsyncSync(file));
      attempt(() => closeSync(file));
      return trouble;
    },
  };
};

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND;

const openNew = (path: string): number => {
  try {
    rmSync(path, { force: true });
    return openSync(path, NEW_FILE, 0o666);
  } catch (error) {
    throw new UsageError(
      `the journal "${path}" cannot be written: ${systemReason(error)}`,
      'name another folder with --out DIR',
      {
        cause: error,
      },
    );
  }
};

/** One write may take only a part. */
const writeWhole = (file: number, line: string): void => {
  const bytes = Buffer.from(line);
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
};
