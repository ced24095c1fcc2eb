import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { CouldNotLook, type ProbeContext } from '../probe.ts';

/** A secret file is a line or a certificate. */
const MOST_BYTES = 1024 * 1024;

/** Why a file cannot be used, as the end of a sentence. */
class Unusable extends Error {
  override readonly name = 'Unusable';
}

/** An empty variable counts as one that is not set. */
const variable = ({ environment }: Pick<ProbeContext, 'environment'>, name: string): string | null => {
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  return value === undefined || value === '' ? null : value;
};

const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The whole of a regular file as text, without its last line end. Never waits for a pipe. */
const readValue = async (path: string): Promise<string> => {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new Unusable('is not a regular file');
    const bytes = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length > MOST_BYTES) break;
    }
    if (length > MOST_BYTES) throw new Unusable('is longer than 1 MiB');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length)).replace(/\r?\n$/, '');
  } finally {
    await file.close();
  }
};

const FORBIDDEN: ReadonlySet<string> = new Set(['EACCES', 'EPERM']);
const ABSENT: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

const WRONG: ReadonlyMap<string, string> = new Map([
  ['ELOOP', 'is a symbolic link that leads nowhere'],
  ['ENAMETOOLONG', 'has a name that is too long'],
  ['ENXIO', 'is not a regular file'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'is not UTF-8'],
]);

/** No cause goes along: the path, which an error of the system quotes, is the value of a variable. */
const unusable = (name: string, error: unknown): CouldNotLook => {
  const file = `the file that ${name}_FILE points to`;
  const code = systemCode(error);
  if (FORBIDDEN.has(code)) return new CouldNotLook('auth-forbidden', `${file} may not be read from here`);
  const reason = error instanceof Unusable ? error.message : WRONG.get(code);
  return reason === undefined
    ? new CouldNotLook('probe-crashed', `${file} cannot be read: the system says ${code || 'nothing'}`)
    : new CouldNotLook('variable-invalid', `${file} ${reason}`);
};

/**
 * The value of a variable, from `NAME` or from the file that `NAME_FILE` points to; null when neither has one. Throws
 * `CouldNotLook`, without a word of the value, when both are set or the file cannot be read.
 */
export const valueOf = async (name: string, context: Pick<ProbeContext, 'environment'>): Promise<string | null> => {
  const value = variable(context, name);
  const path = variable(context, `${name}_FILE`);
  if (path === null) return value;
  if (value !== null) {
    throw new CouldNotLook('variable-invalid', `${name} and ${name}_FILE are both set: which one is meant?`);
  }
  try {
    const text = await readValue(path);
    return text === '' ? null : text;
  } catch (error) {
    if (ABSENT.has(systemCode(error))) return null;
    throw unusable(name, error);
  }
};
