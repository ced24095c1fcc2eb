import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isJsonObject, type Json } from '../../model/json.ts';
import { printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';

/** Playwright's command line: the one that belongs to what the specs import. */
export type Runner = { readonly cli: string; readonly version: string };

const manifestOf = (folder: string): string => {
  try {
    return createRequire(join(folder, 'any.js')).resolve('@playwright/test/package.json');
  } catch (error) {
    const where = printable(folder, 300);
    const message = `there is no @playwright/test for the specs in ${where}: npm install --save-dev @playwright/test`;
    throw new CouldNotLook('command-missing', message, {}, { cause: error });
  }
};

/** The runner for specs in a folder. Throws `CouldNotLook` when there is none. */
export const findRunner = async (folder: string): Promise<Runner> => {
  const manifest = manifestOf(folder);
  const value: Json = JSON.parse(await readFile(manifest, 'utf8'));
  const version = isJsonObject(value) ? value['version'] : undefined;
  return { cli: join(dirname(manifest), 'cli.js'), version: typeof version === 'string' ? version : '' };
};

/** Whether this version knows `style` for screenshots (1.41), which is what covers fields. */
export const coversFields = ({ version }: Runner): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 41);
};
