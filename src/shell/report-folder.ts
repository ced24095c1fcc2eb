import { lstat, rename, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { UsageError } from '../model/fault.ts';
import { EVIDENCE } from './evidence.ts';
import { isDevice, readText, writeFileAtomically } from './files.ts';
import { makeFolder } from './make-folder.ts';
import { systemReason } from './system-error.ts';

/** What a run writes into its folder. */
const RUN_FILES = ['journal.jsonl', 'run.json', 'report.html', 'report.md', 'notifications.json'] as const;

const OUT_HINT = 'name another one with --out DIR';

/**
 * Makes the folder of a run, and proves that files can be written there before anything is probed. What an earlier run
 * wrote there goes: were this run killed, the old verdict would be taken for its own.
 * Throws `UsageError` when the folder cannot be used; nothing is removed then.
 */
export const prepareReportFolder = async (folder: string): Promise<void> => {
  await proveWritable(folder, OUT_HINT);
  for (const name of RUN_FILES) {
    if (await isFolder(join(folder, name))) throw unusable(folder, `"${name}" in it is a folder`, OUT_HINT);
  }
  // A folder "evidence" is ours only where a run has been.
  const ours = (await stat(join(folder, 'journal.jsonl')).catch(() => null)) !== null;
  for (const name of RUN_FILES) await rm(join(folder, name), { force: true });
  if (ours) await rm(join(folder, EVIDENCE), { recursive: true, force: true });
};

/** Makes the folder that a single report goes to, and proves that it can be written. Throws `UsageError`. */
export const prepareReportFile = async (path: string): Promise<void> => {
  if (await isDevice(path))
    throw unusable(dirname(path), `"${basename(path)}" in it is no file`, 'for stdout leave out =PATH');
  await proveWritable(dirname(path), 'name another file with --report FORMAT=PATH');
  if (await isFolder(path)) throw unusable(dirname(path), `"${basename(path)}" in it is a folder`, 'name a file');
};

const proveWritable = async (folder: string, hint: string): Promise<void> => {
  try {
    await makeFolder(folder);
    const probe = join(folder, `.gonogo-probe-${randomBytes(6).toString('hex')}`);
    await writeFileAtomically(probe, 'gonogo was here\n');
    await rm(probe);
  } catch (error) {
    throw unusable(folder, systemReason(error), hint, error);
  }
};

const unusable = (folder: string, why: string, hint: string, cause?: unknown): UsageError =>
  new UsageError(`the report folder "${folder}" cannot be written: ${why}`, hint, cause === undefined ? {} : { cause });

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
