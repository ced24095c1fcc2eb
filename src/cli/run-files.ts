import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Bound } from '../decision/record.ts';
import { UsageError } from '../model/fault.ts';
import { hashFile } from '../shell/files.ts';
import type { ReportRequest } from './report-requests.ts';

/** Where runs are written, from the working folder, unless they are told where. */
export const REPORTS = 'reports';

/** The reports that every run leaves in its folder. */
export const filesOf = (folder: string): readonly ReportRequest[] => [
  { format: 'json', path: join(folder, 'run.json') },
  { format: 'html', path: join(folder, 'report.html') },
  { format: 'markdown', path: join(folder, 'report.md') },
];

/** What a run leaves, its reports too: they are what people read before they decide. */
const BOUND = ['journal.jsonl', 'run.json', 'report.html', 'report.md', 'evidence'] as const;

const MOST_FILES = 10_000;

/**
 * The files of a run that a decision rests on, each with its hash, sorted by path. Throws `UsageError` for what cannot be
 * bound: a decision that leaves a part of its evidence open binds nothing.
 */
export const boundFiles = async (folder: string): Promise<readonly Bound[]> => {
  const paths = BOUND.flatMap((name) => regularFiles(folder, name));
  if (paths.length > MOST_FILES) throw new UsageError(`the run has ${paths.length} files, more than ${MOST_FILES}`);
  const bound: Bound[] = [];
  for (const path of paths) {
    const sha256 = await hashFile(join(folder, path));
    if (sha256 === null) throw new UsageError(`${path} of the run cannot be read`);
    bound.push({ path, sha256, bytes: statSync(join(folder, path)).size });
  }
  return bound.toSorted((a, b) => (a.path < b.path ? -1 : 1));
};

const regularFiles = (folder: string, path: string): readonly string[] => {
  const found = lstatSync(join(folder, path), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [path];
  if (!found.isDirectory()) throw new UsageError(`${path} of the run is neither a file nor a folder`);
  return readdirSync(join(folder, path)).flatMap((name) => regularFiles(folder, `${path}/${name}`));
};
