import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CouldNotLook } from '../probe.ts';
import type { Spec } from './schema.ts';

type Tls = NonNullable<Spec['tls']>;

/** PEM text as it is, or read from the file that the text names. */
const pem = async (value: string, what: string, folder: string): Promise<string> => {
  if (value.includes('-----BEGIN ')) return value;
  try {
    const text = await readFile(resolve(folder, value), 'utf8');
    if (text.includes('-----BEGIN ')) return text;
  } catch (error) {
    throw new CouldNotLook('missing-credential', `tls.${what}: the file ${value} cannot be read`, {}, { cause: error });
  }
  throw new CouldNotLook('missing-credential', `tls.${what}: the file ${value} holds no PEM text`);
};

/**
 * The options with `ca`, `cert` and `key` as PEM texts; relative paths start at `folder`. Throws `CouldNotLook` when a
 * file is not usable.
 */
export const readPemFiles = async (tls: Tls, folder = ''): Promise<Tls> => ({
  ...tls,
  ...(tls.ca === undefined ? {} : { ca: await pem(tls.ca, 'ca', folder) }),
  ...(tls.cert === undefined ? {} : { cert: await pem(tls.cert, 'cert', folder) }),
  ...(tls.key === undefined ? {} : { key: await pem(tls.key, 'key', folder) }),
});
