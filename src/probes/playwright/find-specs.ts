import { glob } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { printable } from '../engine/printable.ts';
import { CouldNotLook } from '../probe.ts';

/** The absolute files that one pattern names, sorted. */
export type SpecFiles = { readonly pattern: string; readonly files: readonly string[] };

const MOST_FILES = 1000;

const filesOf = async (pattern: string, folder: string): Promise<readonly string[]> => {
  const files: string[] = [];
  const found = glob(pattern, {
    cwd: folder,
    withFileTypes: true,
    exclude: ({ name }) => name === 'node_modules' && !pattern.includes('node_modules'),
  });
  for await (const entry of found) {
    if (!entry.isDirectory()) files.push(join(entry.parentPath, entry.name));
    if (files.length > MOST_FILES) {
      throw new CouldNotLook('not-run', `more than ${MOST_FILES} files fit ${printable(pattern, 200)}`);
    }
  }
  return files.toSorted();
};

/** The specs that patterns name. One that names no file would silently leave a part of the smoke out. */
export const findSpecs = async (patterns: readonly string[], folder: string): Promise<readonly SpecFiles[]> =>
  Promise.all(
    patterns.map(async (pattern) => {
      const files = await filesOf(pattern, folder);
      if (files.length > 0) return { pattern, files };
      throw new CouldNotLook('nothing-asserted', `no file fits ${printable(pattern, 200)}, so nothing was asserted`);
    }),
  );

/** The deepest folder that all files lie in. */
export const commonFolder = (files: readonly string[]): string => {
  const [first = [], ...others] = files.map((file) => dirname(file).split(sep));
  const length = first.findIndex((part, at) => others.some((other) => other[at] !== part));
  const folder = first.slice(0, length === -1 ? first.length : length).join(sep);
  return folder === '' ? sep : folder;
};

/** A regular expression, as text, for exactly this file. */
export const exactly = (file: string): string => `^${file.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}$`;
