import { isUtf8 } from 'node:buffer';
import { constants, open, stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Facts } from '../../model/observation.ts';
import { byteSize, printable } from '../engine/printable.ts';
import { readJson } from '../http/json-text.ts';
import { localLimit } from '../local-limit.ts';
import { CouldNotLook } from '../probe.ts';
import { beatsIn, type Beats } from './beats.ts';

const MOST_BYTES = 1024 * 1024;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';

/** A file that is not there never beat; one that we may not read tells nothing, and so does a limit of our own. */
const trouble = (path: string, error: unknown): CouldNotLook => {
  const code = codeOf(error);
  const options = { cause: error };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CouldNotLook('file-missing', `there is no file ${path}: there was never a beat`, {}, options);
  }
  if (localLimit(error) !== null) return new CouldNotLook('probe-crashed', `${path} could not be read`, {}, options);
  return new CouldNotLook('file-invalid', `the file ${path} cannot be read (${code})`, {}, options);
};

const mustBeFile = (found: { readonly isFile: () => boolean }, path: string): void => {
  if (!found.isFile()) throw new CouldNotLook('file-invalid', `${path} is not a regular file`);
};

const readBounded = async (file: FileHandle, path: string): Promise<Buffer> => {
  const buffer = Buffer.alloc(MOST_BYTES + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length);
    length += bytesRead;
    if (length > MOST_BYTES) throw new CouldNotLook('file-invalid', `${path} is larger than ${byteSize(MOST_BYTES)}`);
    if (bytesRead === 0) return buffer.subarray(0, length);
  }
};

const textOf = async (path: string, shown: string): Promise<string> => {
  // Without O_NONBLOCK a FIFO would hold us up until somebody writes to it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw trouble(shown, error);
  });
  try {
    mustBeFile(await file.stat(), shown);
    const bytes = await readBounded(file, shown);
    if (!isUtf8(bytes)) throw new CouldNotLook('file-invalid', `${shown} is not valid UTF-8`);
    return bytes.toString('utf8');
  } finally {
    await file.close();
  }
};

/** What a file tells of beats, and the facts of it. */
export type FileReading = { readonly beats: Beats; readonly facts: Facts };

/** The time of modification of a file, or the times that a JSONPath selects in it. Throws `CouldNotLook`. */
export const beatsOfFile = async (path: string, json: string | null, folder: string): Promise<FileReading> => {
  const absolute = resolve(folder, path);
  const shown = printable(absolute, 300);
  if (json === null) {
    const found = await stat(absolute).catch((error: unknown) => {
      throw trouble(shown, error);
    });
    mustBeFile(found, shown);
    return { beats: [found.mtimeMs], facts: {} };
  }
  const read = readJson(await textOf(absolute, shown));
  if (!read.ok) throw new CouldNotLook('file-invalid', `${shown} is not JSON: ${read.problem}`);
  const { value, numbersAsText } = read;
  const facts = { json: value, ...(numbersAsText.length === 0 ? {} : { 'numbers-as-text': numbersAsText }) };
  return { beats: beatsIn(value, json, facts), facts };
};
