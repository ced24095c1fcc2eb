import type { Dir } from 'node:fs';
import { opendir, realpath } from 'node:fs/promises';
import { entryAt, typeOf, type EntryType } from './entry.ts';
import { childOf, pathBytes, shownPath, toRaw, type RawPath } from './names.ts';
import { isGone, replaced, unreadable } from './trouble.ts';

/** An entry of a folder by its name alone. */
export type Named = { readonly name: RawPath; readonly type: EntryType };

/** How many entries one call of the system brings. */
const BATCH = 1024;

/** Opens a folder that is still where it was found, with no link on the way to it: else it may lie outside root. */
const openFolder = async (raw: RawPath, shown: string): Promise<Dir> => {
  const folder = await opendir(pathBytes(raw), { encoding: 'latin1', bufferSize: BATCH });
  try {
    if ((await realpath(pathBytes(raw), { encoding: 'latin1' })) === raw) return folder;
  } catch (error) {
    await folder.close();
    throw error;
  }
  await folder.close();
  throw replaced(shown);
};

type Folder = { readonly raw: RawPath; readonly shown: RawPath };

/**
 * All entries of a folder, or only those of some names; none when the folder is gone, unless it is the root. Throws
 * `CouldNotLook` when it cannot be read.
 */
export async function* entriesOf(
  folder: Folder,
  isRoot: boolean,
  names: readonly string[] | null,
): AsyncGenerator<Named> {
  const shown = shownPath(isRoot ? folder.raw : folder.shown);
  if (names !== null) {
    for (const name of names.map(toRaw)) {
      const found = await entryAt(childOf(folder.raw, name), `${shown}/${name}`);
      if (found !== null) yield { name, type: typeOf(found) };
    }
    return;
  }
  try {
    for await (const entry of await openFolder(folder.raw, shown)) yield { name: entry.name, type: typeOf(entry) };
  } catch (error) {
    if (!isRoot && isGone(error)) return;
    throw error instanceof Error && 'syscall' in error ? unreadable(shown, error) : error;
  }
}
