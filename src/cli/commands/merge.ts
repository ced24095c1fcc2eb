import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { mergeEvents, type Merged } from '../../execute/merge-events.ts';
import type { Part } from '../../execute/parts-of-one-run.ts';
import { foldEvents } from '../../execute/record.ts';
import { assessAttempt } from '../../judge/assess.ts';
import { exitCode } from '../../judge/exit-code.ts';
import { judgeRun } from '../../judge/judge-run.ts';
import { UsageError } from '../../model/fault.ts';
import type { Run } from '../../model/run.ts';
import { clock } from '../../shell/clock.ts';
import { openJournal } from '../../shell/journal.ts';
import { pointLatestAt, prepareReportFolder } from '../../shell/report-folder.ts';
import { makeRunId } from '../../shell/run-id.ts';
import type { Execute } from '../command.ts';
import { copyEvidence } from '../copy-evidence.ts';
import { loadProject, type Project } from '../load-project.ts';
import { NOTHING_BEFORE, notifyRun, verdictBefore } from '../notify-run.ts';
import type { ParsedOptions } from '../parse.ts';
import { prepareReports } from '../prepare-reports.ts';
import { parseReportRequests } from '../report-requests.ts';
import { filesOf, REPORTS } from '../run-files.ts';
import { openRunHistory } from '../run-history.ts';
import { optionsFor, readEvents } from '../saved-run.ts';
import type { World } from '../world.ts';
import { reportAndExit } from '../write-reports.ts';

/** `gonogo merge RUN...`: the parts of a run become one run, judged as if one machine had carried it out. */
export const execute: Execute = async (options, world) => {
  const requests = parseReportRequests(options.values('report'));
  const runId = makeRunId(clock.now(), clock.random);
  const parts = options.words.map((name): Part => ({ name, events: readEvents(name, world) }));
  const merged = mergeEvents(parts, runId, assessAttempt);
  const project = options.has('config') ? await projectOf(merged, options, world, runId) : null;
  const folder = resolve(world.workingDirectory, options.value('out') ?? join(REPORTS, runId));
  if (options.words.some((name) => resolve(world.workingDirectory, name) === folder))
    throw new UsageError(`"${options.value('out') ?? ''}" holds a part itself`, 'name another folder with --out DIR');
  await prepareReportFolder(folder);
  await prepareReports([...filesOf(folder), ...requests], folder, world);

  const journal = openJournal(join(folder, 'journal.jsonl'));
  for (const event of merged.events) journal.append(event);
  const troubles = [journal.close(), await copyEvidence(merged, folder, world)];
  const run = judgeRun(foldEvents(merged.events), clock.now());
  const before = project === null ? NOTHING_BEFORE : await remember(run, project.config, options, world);
  const code = await reportAndExit(
    run,
    [...filesOf(folder), ...requests],
    { world, colour: !options.has('no-color'), sourceOf: project?.sourceOf ?? (() => null), folder },
    exitCode(run, { strict: options.has('strict') }),
    troubles.filter((trouble) => trouble !== null),
  );
  if (dirname(folder) === resolve(world.workingDirectory, REPORTS))
    await pointLatestAt(dirname(folder), basename(folder));
  if (project !== null) await notifyRun(run, project.config, before, folder, world);
  if (!options.has('quiet'))
    world.stderr.write(`report: ${relative(world.workingDirectory, join(folder, 'report.html'))}\n`);
  return code;
};

/** The file that the parts were run with, in their environment. Throws `UsageError` for another one. */
const projectOf = async ({ plan }: Merged, options: ParsedOptions, world: World, runId: string): Promise<Project> => {
  const project = await loadProject(optionsFor(plan, options), world, runId);
  if (project.config.digest === plan.configDigest) return project;
  throw new UsageError(
    `${project.config.file} is not what the parts were run with, or has changed since`,
    'name the file of the parts with -c, as it was then',
  );
};

/** Remembers the run; answers what was before it. */
const remember = async (run: Run, { file, environment }: Config, options: ParsedOptions, world: World) => {
  const scope = { file, environment };
  const history = await openRunHistory(options, scope, world);
  const before = await verdictBefore(run, scope, history.store);
  await history.finish(run);
  return before;
};
