import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Bound } from '../decision/record.ts';
import { hashFile } from '../shell/files.ts';

/** The reports are made of the journal: only what they are made of is bound. */
const BOUND = ['journal.jsonl', 'run.json', 'evidence'] as const;

const MOST_FILES = 10_000;

/** The files of a run that a decision rests on, each with its hash, sorted by path. */
export const boundFiles = async (folder: string): Promise<readonly Bound[]> => {
  const paths = BOUND.flatMap((name) => regularFiles(folder, name)).slice(0, MOST_FILES);
  const bound = await Promise.all(
    paths.map(async (path): Promise<readonly Bound[]> => {
      const sha256 = await hashFile(join(folder, path));
      return sha256 === null ? [] : [{ path, sha256, bytes: statSync(join(folder, path)).size }];
    }),
  );
  return bound.flat().toSorted((a, b) => (a.path < b.path ? -1 : 1));
};

const regularFiles = (folder: string, path: string): readonly string[] => {
  const found = lstatSync(join(folder, path), { throwIfNoEntry: false });
  if (found === undefined || found.isSymbolicLink()) return [];
  if (found.isFile()) return [path];
  if (!found.isDirectory()) return [];
  return readdirSync(join(folder, path)).flatMap((name) => regularFiles(folder, `${path}/${name}`));
};
