import type { Execute } from '../command.ts';
import { prepareReports } from '../prepare-reports.ts';
import { parseReportRequests } from '../report-requests.ts';
import { judgeAsThen, placeOfRun } from '../saved-run.ts';
import { reportAndExit } from '../write-reports.ts';

/**
 * `gonogo report RUN`: renders a saved run in another format, as it was judged when it ended. Exits 0 whatever the
 * verdict: it answers whether the report was written; `gonogo judge` answers whether to go.
 */
export const execute: Execute = async (options, world) => {
  const requests = parseReportRequests(options.values('report'));
  const [name = ''] = options.words;
  const run = judgeAsThen(name, world);
  const folder = placeOfRun(name, world);
  await prepareReports(requests, folder, world);
  return reportAndExit(run, requests, { world, colour: !options.has('no-color'), sourceOf: () => null, folder }, 0);
};
