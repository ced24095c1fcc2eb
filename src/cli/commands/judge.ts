import { exitCode } from '../../judge/exit-code.ts';
import type { Execute } from '../command.ts';
import { parseReportRequests } from '../report-requests.ts';
import { judgeSaved } from '../saved-run.ts';
import { reportAndExit } from '../write-reports.ts';

/** `gonogo judge RUN`: judges a saved run again from its journal; nothing is probed and nothing in its folder changes. */
export const execute: Execute = async (options, world) => {
  const requests = parseReportRequests(options.values('report'));
  const { run } = await judgeSaved(options.words[0] ?? '', options, world);
  const rendering = { world, colour: !options.has('no-color'), sourceOf: () => null };
  return reportAndExit(run, requests, rendering, exitCode(run, { strict: options.has('strict') }));
};
