import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isJsonObject, type Json } from '../../model/json.ts';
import { printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';

const MOST_BYTES = 5 * 1024 * 1024;

const parsed = (text: string): Json => {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
};

/** The text of a regular file, at most 5 MiB of it; null when there is none. */
const readBounded = async (path: string): Promise<string | null> => {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const found = await file.stat();
    return found.isFile() && found.size <= MOST_BYTES ? await file.readFile('utf8') : null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
};

/**
 * The absolute path of a storage state of Playwright. It stands for a sign-in, so that one that is missing or is none
 * is a missing credential.
 */
export const findAuthState = async (written: string, folder: string): Promise<string> => {
  const path = resolve(folder, written);
  const text = await readBounded(path);
  const shown = printable(written, 200);
  if (text === null) throw new CouldNotLook('missing-credential', `auth-state: there is no file ${shown}`);
  const state = parsed(text);
  if (isJsonObject(state) && Array.isArray(state['cookies']) && Array.isArray(state['origins'])) return path;
  throw new CouldNotLook('missing-credential', `auth-state: ${shown} is no storage state of Playwright`);
};
