import { join, resolve } from 'node:path';
import { statSync } from 'node:fs';
import type { RunRecord } from '../execute/event.ts';
import { foldEvents } from '../execute/record.ts';
import { judgeRun } from '../judge/judge-run.ts';
import { parseInstant } from '../matchers/instant.ts';
import { UsageError } from '../model/fault.ts';
import type { Run } from '../model/run.ts';
import { clock } from '../shell/clock.ts';
import { readJournal } from '../shell/read-journal.ts';
import { loadProject } from './load-project.ts';
import type { ParsedOptions } from './parse.ts';
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

/** The time of `--at`, or now. Throws `UsageError` for what is no time. */
const timeOf = (options: ParsedOptions): Date => {
  const text = options.value('at');
  if (text === null) return clock.now();
  const at = parseInstant(text);
  if (at !== null) return new Date(at);
  throw new UsageError(`--at takes a time, found "${text}"`, 'for example --at 2026-12-01T09:30:00Z');
};

/**
 * A saved run with the manual items, waivers, gates and work of a file as it is today: what was seen stays as it was
 * seen. A file that names checks which the run does not have leaves them unproved.
 */
const underToday = async (record: RunRecord, options: ParsedOptions, world: World): Promise<RunRecord> => {
  if (!options.has('config')) return record;
  const { config } = await loadProject(options, world, record.runId);
  const { manual, waivers, items, risks, gates, waiverHorizonMs, serviceLevels } = config;
  const known = new Map(record.plan.manual.map((item) => [item.id, item.sections]));
  const none = { own: null, byCode: {}, default: null };
  const attested = manual.map((item) => ({ ...item, sections: known.get(item.id) ?? none }));
  const today = { manual: attested, waivers, items, risks, gates, waiverHorizonMs, serviceLevels };
  return { ...record, plan: { ...record.plan, ...today } };
};

/** Judges a saved run anew: at the time of `--at`, and with `--config` under what that file says today. */
export const judgeSaved = async (name: string, options: ParsedOptions, world: World): Promise<Run> =>
  judgeRun(await underToday(readSavedRun(name, world), options, world), timeOf(options));
