import { join, resolve } from 'node:path';
import { statSync } from 'node:fs';
import type { RunRecord } from '../execute/event.ts';
import { foldEvents } from '../execute/record.ts';
import { UsageError } from '../model/fault.ts';
import { readJournal } from '../shell/read-journal.ts';
import type { World } from './world.ts';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Reads a saved run from its folder (or its journal itself). Throws `UsageError` when there is no run to judge. */
export const readSavedRun = (name: string, world: World): RunRecord => {
  const path = resolve(world.workingDirectory, name);
  const journal = isFolder(path) ? join(path, 'journal.jsonl') : path;
  try {
    return foldEvents(readJournal(journal));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `"${name}" holds no run: ${error instanceof Error ? error.message : String(error)}`,
      'name the folder of a run, for example reports/latest',
      { cause: error },
    );
  }
};
