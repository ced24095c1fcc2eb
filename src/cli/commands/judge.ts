import { exitCode } from '../../judge/exit-code.ts';
import type { Execute } from '../command.ts';
import { prepareReports } from '../prepare-reports.ts';
import { parseReportRequests } from '../report-requests.ts';
import { judgeSaved, placeOfRun } from '../saved-run.ts';
import { reportAndExit } from '../write-reports.ts';

/** `gonogo judge RUN`: judges a saved run again from its journal; nothing is probed and nothing in its folder changes. */
export const execute: Execute = async (options, world) => {
  const requests = parseReportRequests(options.values('report'));
  const [name = ''] = options.words;
  const { run } = await judgeSaved(name, options, world);
  const folder = placeOfRun(name, world);
  await prepareReports(requests, folder, world);
  const rendering = { world, colour: !options.has('no-color'), sourceOf: () => null, folder };
  return reportAndExit(run, requests, rendering, exitCode(run, { strict: options.has('strict') }));
};
