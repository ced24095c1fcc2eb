import { lstat, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CouldNotLook } from '../probe.ts';
import { pathBytes, shownPath, toRaw, type RawPath } from './names.ts';
import { isGone, quotePath, systemCode, unreadable } from './trouble.ts';

/**
 * The folder to look in, free of links. One that is not there is no empty folder: nothing was looked at, and a check
 * that asks for absence must not take that for a proof. Throws `CouldNotLook` then.
 */
export const findRoot = async (root: string | undefined, folder: string): Promise<RawPath> => {
  const wanted = resolve(folder, root ?? '.');
  const shown = quotePath(wanted);
  try {
    const raw = await realpath(pathBytes(toRaw(wanted)), { encoding: 'latin1' });
    if ((await lstat(pathBytes(raw))).isDirectory()) return raw;
  } catch (error) {
    if (!isGone(error) && systemCode(error) !== 'ELOOP') throw unreadable(wanted, error);
    throw new CouldNotLook('file-missing', `the root ${shown} does not exist, so nothing could be looked at`);
  }
  throw new CouldNotLook('file-missing', `the root ${shown} is no folder, so nothing could be looked at`);
};

/** The root as a fact. */
export const rootFact = (root: RawPath): { readonly root: string } => ({ root: shownPath(root) });
