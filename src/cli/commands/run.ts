import { basename, dirname, join, relative, resolve } from 'node:path';
import { exitCode } from '../../judge/exit-code.ts';
import { clock } from '../../shell/clock.ts';
import { pointLatestAt, prepareReportFile, prepareReportFolder } from '../../shell/report-folder.ts';
import { makeRunId } from '../../shell/run-id.ts';
import type { Execute } from '../command.ts';
import { carryOut } from '../carry-out.ts';
import { concurrencyOf } from '../numbers.ts';
import { planRun } from '../plan-run.ts';
import { parseReportRequests, type ReportRequest } from '../report-requests.ts';
import { openRunHistory } from '../run-history.ts';
import { reportAndExit } from '../write-reports.ts';

const REPORTS = 'reports';

/** The reports that every run leaves in its folder. */
const filesOf = (folder: string): readonly ReportRequest[] => [
  { format: 'json', path: join(folder, 'run.json') },
  { format: 'html', path: join(folder, 'report.html') },
  { format: 'markdown', path: join(folder, 'report.md') },
];

/** `gonogo run`: load, plan, execute, judge, report. */
export const execute: Execute = async (options, world) => {
  const requests = parseReportRequests(options.values('report'));
  const concurrency = concurrencyOf(options.value('concurrency'));
  const runId = makeRunId(clock.now(), clock.random);
  const { project, plan } = await planRun(options, world, runId);
  const folder = resolve(world.workingDirectory, options.value('out') ?? join(REPORTS, runId));
  const quiet = options.has('quiet');
  await prepareReportFolder(folder);
  for (const { path } of requests) if (path !== null) await prepareReportFile(resolve(world.workingDirectory, path));
  if (!quiet && project.warnings.length > 0) {
    const count = `${project.warnings.length} warning${project.warnings.length === 1 ? '' : 's'}`;
    world.stderr.write(`${project.config.file}: ${count}; gonogo validate tells them\n`);
  }

  const { file, environment } = project.config;
  const history = await openRunHistory(options, { file, environment }, world);
  const { run, trouble } = await carryOut(
    { ...plan, concurrency: concurrency ?? plan.concurrency },
    { runId, folder, secrets: project.config.secrets, history },
    { quiet, verbose: options.has('verbose') },
    world,
  );
  await history.finish(run);
  const code = await reportAndExit(
    run,
    [...filesOf(folder), ...requests],
    { world, colour: !options.has('no-color'), sourceOf: project.sourceOf },
    exitCode(run, { strict: options.has('strict') }),
    trouble === null ? [] : [trouble],
  );
  if (dirname(folder) === resolve(world.workingDirectory, REPORTS))
    await pointLatestAt(dirname(folder), basename(folder));
  if (!quiet) world.stderr.write(`report: ${relative(world.workingDirectory, join(folder, 'report.html'))}\n`);
  return code;
};
