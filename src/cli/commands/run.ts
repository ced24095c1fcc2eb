import { basename, dirname, join, relative, resolve } from 'node:path';
import { exitCode } from '../../judge/exit-code.ts';
import type { Plan } from '../../plan/plan.ts';
import { parseShard, shardPlan } from '../../plan/shard.ts';
import { clock } from '../../shell/clock.ts';
import { pointLatestAt, prepareReportFolder } from '../../shell/report-folder.ts';
import { makeRunId } from '../../shell/run-id.ts';
import type { Execute } from '../command.ts';
import { carryOut } from '../carry-out.ts';
import { notifyRun, verdictBefore } from '../notify-run.ts';
import { concurrencyOf } from '../numbers.ts';
import type { ParsedOptions } from '../parse.ts';
import { pipelineRun } from '../pipeline-run.ts';
import { planRun } from '../plan-run.ts';
import { recordedDurations } from '../recorded-durations.ts';
import { prepareReports } from '../prepare-reports.ts';
import { parseReportRequests } from '../report-requests.ts';
import { filesOf, REPORTS } from '../run-files.ts';
import { openRunHistory, withoutTrace } from '../run-history.ts';
import { updateBaselines } from '../update-baselines.ts';
import { reportAndExit } from '../write-reports.ts';

/** `gonogo run`: load, plan, execute, judge, report. */
export const execute: Execute = async (options, world) => {
  const requests = parseReportRequests(options.values('report'));
  const concurrency = concurrencyOf(options.value('concurrency'));
  const asked = options.value('shard');
  const pipeline = pipelineRun(world);
  const shard = asked === null ? null : { ...parseShard(asked), ...(pipeline === null ? {} : { pipeline }) };
  const runId = makeRunId(clock.now(), clock.random);
  const { project, plan } = await planRun(options, world, runId);
  const folder = resolve(world.workingDirectory, options.value('out') ?? join(REPORTS, runId));
  const quiet = options.has('quiet');
  await prepareReportFolder(folder);
  await prepareReports([...filesOf(folder), ...requests], folder, world);
  if (!quiet && project.warnings.length > 0) {
    const count = `${project.warnings.length} warning${project.warnings.length === 1 ? '' : 's'}`;
    world.stderr.write(`${project.config.file}: ${count}; gonogo validate tells them\n`);
  }

  const scope = { file: project.config.file, environment: project.config.environment };
  const opened = await openRunHistory(options, scope, world);
  const part = shard === null ? plan : shardPlan(plan, shard, await recordedDurations(opened.store, scope));
  if (shard !== null && !quiet) world.stderr.write(shardText(part));
  const history = shard === null ? opened : withoutTrace(opened);
  const { run, trouble } = await carryOut(
    { ...part, concurrency: concurrency ?? plan.concurrency },
    { runId, folder, secrets: project.config.secrets, history },
    { quiet, verbose: options.has('verbose') },
    world,
  );
  const before = await verdictBefore(run, scope, opened.store);
  await history.finish(run);
  const code = await reportAndExit(
    run,
    [...filesOf(folder), ...requests],
    { world, colour: !options.has('no-color'), sourceOf: project.sourceOf, folder },
    exitCode(run, { strict: options.has('strict') }),
    trouble === null ? [] : [trouble],
  );
  if (options.has('update-baseline')) {
    for (const line of await updateBaselines(part, run, folder, world)) world.stderr.write(`${line}\n`);
  }
  if (dirname(folder) === resolve(world.workingDirectory, REPORTS))
    await pointLatestAt(dirname(folder), basename(folder));
  if (isWhole(options)) await notifyRun(run, project.config, before, folder, world);
  if (!quiet) world.stderr.write(`report: ${relative(world.workingDirectory, join(folder, 'report.html'))}\n`);
  return code;
};

/** Whether the run stands for its gates: somebody who tries out a part of them tells nobody. */
const isWhole = (options: ParsedOptions): boolean =>
  options.words.length === 0 && !['only', 'last-failed', 'repeat-each', 'shard'].some((option) => options.has(option));

const shardText = ({ order, shard }: Plan): string =>
  `shard ${shard?.index}/${shard?.count}: ${order.length} of ${shard?.order.length}; a part by itself is HOLD, gonogo merge gives the verdict\n`;
