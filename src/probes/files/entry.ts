import type { Dirent, Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { isInside, pathBytes, type RawPath } from './names.ts';
import { isGone, systemCode, unreadable } from './trouble.ts';

/** What an entry of a folder is. */
export type EntryType = 'file' | 'folder' | 'link' | 'pipe' | 'socket' | 'device' | 'unknown';

export const typeOf = (one: Dirent | Stats): EntryType => {
  if (one.isFile()) return 'file';
  if (one.isDirectory()) return 'folder';
  if (one.isSymbolicLink()) return 'link';
  if (one.isFIFO()) return 'pipe';
  if (one.isSocket()) return 'socket';
  return one.isBlockDevice() || one.isCharacterDevice() ? 'device' : 'unknown';
};

/** Where a symbolic link leads. What lies outside root is not looked at, beyond whether it is a folder. */
export type Target =
  | { readonly where: 'inside'; readonly raw: RawPath; readonly type: EntryType }
  | { readonly where: 'outside'; readonly folder: boolean }
  | { readonly where: 'nowhere' };

/** What an entry is, without following it; null when it is gone. */
export const entryAt = async (raw: RawPath, shown: string): Promise<Stats | null> => {
  try {
    return await lstat(pathBytes(raw));
  } catch (error) {
    if (isGone(error)) return null;
    throw unreadable(shown, error);
  }
};

/** A folder for all that can be known: a target that cannot be asked may be one. */
const mayBeFolder = async (raw: RawPath): Promise<boolean> => {
  try {
    return (await stat(pathBytes(raw))).isDirectory();
  } catch (error) {
    return !isGone(error);
  }
};

/** Follows a link by name only. `root` and the answer are free of links. Throws when it cannot be told where it leads. */
export const targetOf = async (link: RawPath, shown: string, root: RawPath): Promise<Target> => {
  try {
    const raw = await realpath(pathBytes(link), { encoding: 'latin1' });
    if (!isInside(root, raw)) return { where: 'outside', folder: await mayBeFolder(raw) };
    const found = await entryAt(raw, shown);
    return found === null ? { where: 'nowhere' } : { where: 'inside', raw, type: typeOf(found) };
  } catch (error) {
    if (isGone(error) || systemCode(error) === 'ELOOP') return { where: 'nowhere' };
    throw unreadable(shown, error);
  }
};
