import { isUtf8 } from 'node:buffer';
import { constants, open, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { byteSize, printable } from '../../engine/printable.ts';
import { localLimit } from '../../local-limit.ts';
import { CouldNotLook } from '../../probe.ts';

const MOST_BYTES = 10 * 1024 * 1024;

/**
 * The text of a regular file of at most 10 MiB, `path` relative to `folder`; null when there is none. Throws
 * `CouldNotLook` when it is there and cannot be read.
 */
export const readTextFile = async (path: string, folder: string): Promise<string | null> => {
  const shown = printable(path, 300);
  const file = await openFile(resolve(folder, path), shown);
  if (file === null) return null;
  try {
    const { isFile, size } = await file.stat().then((found) => ({ isFile: found.isFile(), size: found.size }));
    if (!isFile) throw new CouldNotLook('file-invalid', `${shown} is not a regular file`);
    if (size > MOST_BYTES) throw new CouldNotLook('file-invalid', `${shown} is larger than ${byteSize(MOST_BYTES)}`);
    const bytes = await file.readFile();
    if (!isUtf8(bytes)) throw new CouldNotLook('file-invalid', `${shown} is not valid UTF-8`);
    return bytes.toString('utf8');
  } finally {
    await file.close();
  }
};

/** Without O_NONBLOCK a FIFO would hold us up until somebody writes to it. */
const openFile = async (path: string, shown: string): Promise<FileHandle | null> => {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    const reason = localLimit(error) === null ? 'file-invalid' : 'probe-crashed';
    throw new CouldNotLook(reason, `the file ${shown} cannot be read (${code})`, {}, { cause: error });
  }
};
