import { constants } from 'node:fs';
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import { pathBytes, type RawPath } from './names.ts';
import { isGone, replaced, systemCode, unreadable } from './trouble.ts';

/** Never waits for the other end of a pipe, never follows a link, and never takes a terminal. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOCTTY;

/** What the system says when there is something else than a file by now. */
const SWAPPED: ReadonlySet<string> = new Set(['ELOOP', 'EMLINK', 'ENXIO', 'EISDIR']);

/** An open file, and how long it was when it was opened. */
export type Opened = { readonly file: FileHandle; readonly size: number };

/** The size of an open file; null when it is not what its path names, with no link on the way: it may lie outside root. */
const sizeAtItsPath = async (file: FileHandle, raw: RawPath): Promise<number | null> => {
  const [opened, real, named] = await Promise.all([
    file.stat({ bigint: true }),
    realpath(pathBytes(raw), { encoding: 'latin1' }),
    lstat(pathBytes(raw), { bigint: true }),
  ]);
  const isSame = opened.isFile() && real === raw && named.ino === opened.ino && named.dev === opened.dev;
  return isSame ? Number(opened.size) : null;
};

/** A log that is turned over may be replaced at that very moment, and is a file again at the next. */
const ATTEMPTS = 3;

const openOnce = async (raw: RawPath, shown: string): Promise<Opened | 'gone' | 'replaced'> => {
  let file: FileHandle | null = null;
  try {
    file = await open(pathBytes(raw), FLAGS);
    const size = await sizeAtItsPath(file, raw);
    if (size !== null) return { file, size };
  } catch (error) {
    await file?.close();
    if (isGone(error)) return 'gone';
    if (SWAPPED.has(systemCode(error))) return 'replaced';
    throw unreadable(shown, error);
  }
  await file.close();
  return 'replaced';
};

/**
 * Opens a regular file by its real path; null when it is gone. What was put in its place meanwhile (a pipe, a link, or
 * a link for one of its folders) is never read: that throws `CouldNotLook`, as a file that may not be read does.
 */
export const openFile = async (raw: RawPath, shown: string): Promise<Opened | null> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const opened = await openOnce(raw, shown);
    if (opened === 'gone') return null;
    if (opened !== 'replaced') return opened;
  }
  throw replaced(shown);
};
