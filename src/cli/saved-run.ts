import { basename, dirname, join, resolve } from 'node:path';
import { statSync } from 'node:fs';
import type { RunEvent, RunRecord } from '../execute/event.ts';
import { foldEvents, toRecordedPlan } from '../execute/record.ts';
import { redactPlan } from '../execute/redact.ts';
import { judgeRun } from '../judge/judge-run.ts';
import { overlayOf, underOverlay, type Overlay } from '../judge/overlay.ts';
import { relaxations } from '../judge/relaxed.ts';
import { parseInstant } from '../matchers/instant.ts';
import { UsageError } from '../model/fault.ts';
import type { Run } from '../model/run.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { RecordedPlan } from '../plan/plan.ts';
import { chooseSections } from '../runbooks/choose-sections.ts';
import { clock } from '../shell/clock.ts';
import { readJournal } from '../shell/read-journal.ts';
import { makeRedactor } from '../shell/redactor.ts';
import { easierText, timeTexts } from './judging-banners.ts';
import { loadProject } from './load-project.ts';
import type { ParsedOptions } from './parse.ts';
import type { World } from './world.ts';

const JOURNAL = 'journal.jsonl';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The journal that a name stands for: of a folder, or itself. */
const journalOf = (name: string, world: World): string => {
  const path = resolve(world.workingDirectory, name);
  return isFolder(path) ? join(path, JOURNAL) : path;
};

/** The folder of a saved run. Throws `UsageError` for a journal that does not lie in one as a run leaves it. */
export const folderOfRun = (name: string, world: World): string => {
  const journal = journalOf(name, world);
  if (basename(journal) === JOURNAL) return dirname(journal);
  throw new UsageError(`"${name}" is not the folder of a run`, 'name the folder, for example reports/latest');
};

/** Where a saved run lies, whatever its journal is called. */
export const placeOfRun = (name: string, world: World): string => dirname(journalOf(name, world));

/** The events of a saved run, for what needs more than what became of it. Throws `UsageError`. */
export const readEvents = (name: string, world: World): readonly RunEvent[] => [...readJournal(journalOf(name, world))];

/** Reads a saved run from its folder (or its journal itself). Throws `UsageError` when there is no run to judge. */
export const readSavedRun = (name: string, world: World): RunRecord => {
  try {
    return foldEvents(readJournal(journalOf(name, world)));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `"${name}" holds no run: ${error instanceof Error ? error.message : String(error)}`,
      'name the folder of a run, for example reports/latest',
      { cause: error },
    );
  }
};

/** The time of `--at`, or now. Throws `UsageError` for what is no time, and for one before the run. */
const timeOf = (options: ParsedOptions, { startedAt }: RunRecord): Date => {
  const text = options.value('at');
  if (text === null) return clock.now();
  const at = parseInstant(text);
  if (at === null) {
    throw new UsageError(`--at takes a time, found "${text}"`, 'for example --at 2026-12-01T09:30:00Z');
  }
  if (at >= (parseInstant(startedAt) ?? Number.NEGATIVE_INFINITY)) return new Date(at);
  throw new UsageError(`the run began at ${startedAt}: at ${text} nobody knew anything of it`);
};

/** The same options in the environment of a run, which none of them can change. Throws `UsageError`. */
export const optionsFor = (
  { environment }: Pick<RecordedPlan, 'environment'>,
  options: ParsedOptions,
): ParsedOptions => {
  const asked = options.value('environment');
  if (asked !== null && asked !== environment) {
    const where = environment === null ? 'without an environment' : `in ${environment}`;
    throw new UsageError(`the run was made ${where}, and says nothing of ${asked}`);
  }
  return {
    ...options,
    has: (name) => (name === 'environment' ? environment !== null : options.has(name)),
    value: (name) => (name === 'environment' ? environment : options.value(name)),
  };
};

/** What the file of `--config` says today, and how a run stands under it; all as it was without one. */
const underToday = async (record: RunRecord, options: ParsedOptions, world: World) => {
  if (!options.has('config')) return { overlay: null, standing: record, banners: [], signOffs: null };
  const { config, sections } = await loadProject(optionsFor(record.plan, options), world, record.runId);
  const everything = { selectors: [], gate: null, only: [] };
  const plan = makePlan(config, everything, sections, (check) => chooseSections(check, config));
  const today = redactPlan(toRecordedPlan(plan), makeRedactor(config.secrets));
  const overlay = overlayOf(record.plan, today);
  const standing = underOverlay(record, overlay);
  const { owners, components } = today;
  const shown = { owners, components, sections: { ...record.plan.sections, ...today.sections } };
  const changed = record.plan.configDigest !== today.configDigest;
  return {
    overlay,
    signOffs: config.signOffsFile,
    standing: { ...standing, plan: { ...standing.plan, ...shown } },
    banners: changed
      ? [`The configuration has changed since this run: judged under ${config.file} as it is today`]
      : [],
  };
};

/** A saved run as it was judged: when, and under what of today's file; null when under its own. */
export type SavedRun = {
  readonly run: Run;
  readonly at: Date;
  readonly overlay: Overlay | null;
  /** The file of sign-offs that was read, from the working folder; null when none was. */
  readonly signOffs: string | null;
  /** How a gate was made easier since the run, one sentence each. */
  readonly relaxed: (gate: string) => readonly string[];
};

/** Judges a saved run anew: at the time of `--at`, and with `--config` under what that file says today. */
export const judgeSaved = async (name: string, options: ParsedOptions, world: World): Promise<SavedRun> => {
  const record = readSavedRun(name, world);
  const at = timeOf(options, record);
  const { overlay, standing, banners, signOffs } = await underToday(record, options, world);
  const run = judgeRun(standing, at);
  const relaxed = (gate: string) => relaxations(gate, record.plan.gates, standing.plan.gates);
  const easier = record.plan.gates.flatMap(({ id }) => easierText(id, relaxed(id)));
  const times = timeTexts(record, at, options.value('at') !== null);
  return {
    run: { ...run, banners: [...times, ...banners, ...easier, ...run.banners] },
    at,
    overlay,
    signOffs,
    relaxed,
  };
};

/** A saved run as it was judged when it ended. */
export const judgeAsThen = (name: string, world: World): Run => {
  const record = readSavedRun(name, world);
  const ended = parseInstant(record.finishedAt ?? record.startedAt);
  return judgeRun(record, ended === null ? clock.now() : new Date(ended));
};
