import type { Facts } from '../../model/observation.ts';
import { printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';

const MOST_SHOWN = 300;

/** A path for a message: controls escaped, cut when it is very long. */
export const quotePath = (path: string): string => printable(path, MOST_SHOWN);

/** The code of an error of the system (`ENOENT`); empty when it is none. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['ELOOP', 'too many symbolic links'],
  ['ENAMETOOLONG', 'its path is too long'],
  ['EIO', 'the disk reports an error'],
  ['ESTALE', 'the file system it lies on is gone'],
]);

/** Whether it is gone: what vanishes while we look is not there. */
export const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error));

/** That a file or folder could not be read, which proves nothing of what is in it. */
export const unreadable = (path: string, error: unknown): CouldNotLook => {
  const code = systemCode(error);
  const why = MEANINGS.get(code) ?? (code === '' ? 'for an unknown reason' : `the system says ${code}`);
  return new CouldNotLook(
    'file-unreadable',
    `${quotePath(path)} cannot be read: ${why}. What is not seen proves nothing; exclude: leaves it out`,
    {},
    { cause: error },
  );
};

/** That there is more than is looked at, so that what was seen is not all there is. */
export const tooMuch = (message: string, facts: Facts = {}): CouldNotLook =>
  new CouldNotLook('probe-crashed', message, facts);

/** That something else stands at a path than a moment ago, so that it may lie outside root. */
export const replaced = (path: string): CouldNotLook =>
  new CouldNotLook('probe-crashed', `${quotePath(path)} was replaced while it was looked at: look again`);
