/** What the system's codes mean to a person, as the end of a sentence about a path. */
const MEANINGS: { readonly [code: string]: string } = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'something of that name is in the way',
  ELOOP: 'it is a symbolic link that leads nowhere',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EIO: 'the disk reports an error',
  EMFILE: 'this process has too many files open',
  ERR_INVALID_ARG_VALUE: 'that is no possible path',
};

/** The code of a system error (`ENOENT`); empty when it is none. */
export const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Why the system refused, in words: `permission denied`. */
export const systemReason = (error: unknown): string => {
  const code = systemCode(error);
  const meaning = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  return meaning ?? (code === '' ? 'for an unknown reason' : `the system says ${code}`);
};
