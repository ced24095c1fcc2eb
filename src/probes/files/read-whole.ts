import type { JsonReading } from '../http/json-text.ts';
import { readJson } from '../http/json-text.ts';
import { byteSize } from '../engine/printable.ts';
import type { Match } from './gather.ts';
import { openFile } from './open-file.ts';
import { quotePath, tooMuch, unreadable } from './trouble.ts';

/** The bytes of a file; null when it is gone. Throws when there are more than `limit`, or it cannot be read. */
const readWhole = async ({ raw, path }: Match, limit: number, pause: () => void): Promise<Buffer | null> => {
  const opened = await openFile(raw, path);
  if (opened === null) return null;
  const { file } = opened;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for (;;) {
      pause();
      const chunk = Buffer.allocUnsafe(64 * 1024);
      const { bytesRead } = await file.read(chunk, 0, chunk.length, null);
      if (bytesRead === 0) return Buffer.concat(chunks);
      length += bytesRead;
      if (length > limit) throw tooMuch(`${quotePath(path)} is longer than ${byteSize(limit)}, and must be read whole`);
      chunks.push(chunk.subarray(0, bytesRead));
    }
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? unreadable(path, error) : error;
  } finally {
    await file.close();
  }
};

/** As UTF-8, without a byte order mark; null when it is something else. */
const textOf = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

const MOST_TEXT = 1024 * 1024;
const MOST_JSON = 10 * 1024 * 1024;

/** A file of at most 1 MiB as text, or why it has none, to stand behind its path; null when it is gone. */
export const readContent = async (
  match: Match,
  pause: () => void,
): Promise<{ readonly text: string } | { readonly problem: string } | null> => {
  if (match.size > MOST_TEXT) return { problem: `is longer than ${byteSize(MOST_TEXT)}` };
  const bytes = await readWhole(match, MOST_TEXT, pause);
  if (bytes === null) return null;
  const text = textOf(bytes);
  return text === null ? { problem: 'is not UTF-8' } : { text };
};

/** A file of at most 10 MiB as JSON; null when it is gone. */
export const readJsonFile = async (match: Match, pause: () => void): Promise<JsonReading | null> => {
  const bytes = await readWhole(match, MOST_JSON, pause);
  if (bytes === null) return null;
  const text = textOf(bytes);
  return text === null ? { ok: false, problem: 'it is not UTF-8' } : readJson(text);
};
