import { lstat, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { UsageError } from '../model/fault.ts';
import { readText, writeFileAtomically } from './files.ts';
import { systemReason } from './system-error.ts';

/** What a run writes into its folder. */
const RUN_FILES = ['journal.jsonl', 'run.json', 'report.html', 'report.md'] as const;

/**
 * Makes the folder of a run, and proves that files can be written there before anything is probed. What an earlier run
 * wrote there goes: were this run killed, the old verdict would be taken for its own.
 * Throws `UsageError` when the folder cannot be used; nothing is removed then.
 */
export const prepareReportFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
    const probe = join(folder, '.gonogo-probe');
    await writeFileAtomically(probe, 'gonogo was here\n');
    await rm(probe);
  } catch (error) {
    throw unusable(folder, systemReason(error), error);
  }
  for (const name of RUN_FILES) {
    if (await isFolder(join(folder, name))) throw unusable(folder, `"${name}" in it is a folder`);
  }
  for (const name of RUN_FILES) await rm(join(folder, name), { force: true });
};

const unusable = (folder: string, why: string, cause?: unknown): UsageError =>
  new UsageError(
    `the report folder "${folder}" cannot be written: ${why}`,
    'name another one with --out DIR',
    cause === undefined ? {} : { cause },
  );

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await lstat(path)).isDirectory();
  } catch {
    return false;
  }
};

/** How `latest` names a run: as a link, as a text file where there are no links, or not at all. */
export type Latest = 'link' | 'text' | 'kept';

/**
 * Lets `latest` in the reports folder name a run's folder beside it, in one step, so that it always names a whole one.
 * Something there that is not ours (a folder, a file with other content) is kept. Rejects with the system's error.
 */
export const pointLatestAt = async (reportsFolder: string, runFolderName: string): Promise<Latest> => {
  const latest = join(reportsFolder, 'latest');
  if (!(await isOurs(latest))) return 'kept';
  const temporary = join(reportsFolder, `.gonogo-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await symlink(runFolderName, temporary, 'dir');
    await rename(temporary, latest);
    return 'link';
  } catch {
    await rm(temporary, { force: true });
    await writeFileAtomically(latest, `${runFolderName}\n`);
    return 'text';
  }
};

/** A link, a short text with one name in it, or nothing yet. */
const isOurs = async (latest: string): Promise<boolean> => {
  const found = await lstat(latest).catch(() => null);
  if (found === null || found.isSymbolicLink()) return true;
  if (!found.isFile()) return false;
  const content = await readText(latest, 300);
  return content.ok && /^[\w.-]+\n$/.test(content.text);
};
