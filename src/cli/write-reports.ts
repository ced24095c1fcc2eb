import { dirname, relative, resolve, sep } from 'node:path';
import type { Run } from '../model/run.ts';
import { loadReporter, type ReportFormat } from '../report/registry.ts';
import type { SourceLookup } from '../report/reporter.ts';
import { writeFileAtomically } from '../shell/files.ts';
import { writeOut } from '../shell/output.ts';
import { systemReason } from '../shell/system-error.ts';
import { describeTerminal } from '../shell/terminal.ts';
import { commitUrl, pipelinePaths } from './pipeline-paths.ts';
import type { ReportRequest } from './report-requests.ts';
import type { World } from './world.ts';

/** What rendering takes besides the run. */
export type Rendering = {
  readonly world: World;
  readonly colour: boolean;
  readonly sourceOf: SourceLookup;
  /** Of the run, as an absolute path; null when it was not written. */
  readonly folder: string | null;
};

const PIPED_COLUMNS = 100;

const render = async (run: Run, format: ReportFormat, path: string | null, rendering: Rendering): Promise<string> => {
  const { world, sourceOf } = rendering;
  const terminal = describeTerminal(world.stdout, world.environment);
  const toStdout = path === null;
  const folder = path === null ? world.workingDirectory : dirname(resolve(world.workingDirectory, path));
  const root = relative(folder, world.workingDirectory).split(sep).join('/');
  // A summary is read on a page of the pipeline, where no way leads to the file of a runbook.
  const commit = format === 'markdown-short' ? commitUrl(world) : null;
  const renderRun = await loadReporter(format);
  return renderRun(run, {
    colour: toStdout && rendering.colour && terminal.colour,
    width: toStdout && world.stdout.isTTY ? terminal.columns : PIPED_COLUMNS,
    unicode: true,
    sourceOf,
    root: commit ?? (root === '' ? '' : `${root}/`),
    pipeline: pipelinePaths(rendering.folder, world),
  });
};

/**
 * Writes every report, each whole or not at all. Answers what could not be written, one sentence each; a reader of
 * stdout that has gone (`| head`) counts, because a report that did not arrive must not look like a GO.
 */
export const writeReports = async (
  run: Run,
  requests: readonly ReportRequest[],
  rendering: Rendering,
): Promise<readonly string[]> => {
  const troubles: string[] = [];
  for (const { format, path } of requests) {
    const text = await render(run, format, path, rendering);
    if (path === null) {
      const trouble = await writeOut(rendering.world.stdout, text);
      if (trouble !== null) troubles.push(`the ${format} report could not be written to stdout: ${trouble.reason}`);
      continue;
    }
    try {
      await writeFileAtomically(resolve(rendering.world.workingDirectory, path), text);
    } catch (error) {
      troubles.push(`the ${format} report ${path} could not be written: ${systemReason(error)}`);
    }
  }
  return troubles;
};

/** Writes the reports, tells what could not be written, and answers the exit code: 4 when something could not. */
export const reportAndExit = async (
  run: Run,
  requests: readonly ReportRequest[],
  rendering: Rendering,
  code: number,
  earlierTroubles: readonly string[] = [],
): Promise<number> => {
  const troubles = [...earlierTroubles, ...(await writeReports(run, requests, rendering))];
  for (const trouble of troubles) rendering.world.stderr.write(`gonogo: ${trouble}\n`);
  return troubles.length > 0 ? 4 : code;
};
