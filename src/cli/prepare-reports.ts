import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../model/fault.ts';
import type { ReportFormat } from '../report/registry.ts';
import { prepareReportFile } from '../shell/report-folder.ts';
import type { ReportRequest } from './report-requests.ts';
import type { World } from './world.ts';

/** What a run keeps besides its reports: no report goes there. */
const KEPT = ['journal.jsonl', 'notifications.json'] as const;

/** Somebody may read these at any time, and they tell themselves of when they are. */
const READ_ANY_TIME: ReadonlySet<ReportFormat> = new Set(['prometheus', 'openmetrics']);

/**
 * Makes ready for every report that goes to a file, before anything is looked at: that it can be written, beside the
 * others and what the run itself keeps in `folder`. What an earlier run left there goes: were this one killed, it would
 * be taken for its own. Throws `UsageError`, and nothing is removed then.
 */
export const prepareReports = async (
  requests: readonly ReportRequest[],
  folder: string,
  { workingDirectory }: World,
): Promise<void> => {
  const kept = new Set(KEPT.map((name) => join(folder, name)));
  const formats = new Map<string, ReportFormat>();
  for (const { format, path } of requests) {
    if (path === null) continue;
    const file = resolve(workingDirectory, path);
    const other = formats.get(file);
    if (other !== undefined && other !== format)
      throw new UsageError(`two reports cannot share ${path}: ${other} and ${format}`, 'give each a file of its own');
    if (kept.has(file)) throw new UsageError(`${path} is where the run itself is kept`, 'name another file');
    await prepareReportFile(file);
    formats.set(file, format);
  }
  for (const [file, format] of formats) if (!READ_ANY_TIME.has(format)) await rm(file, { force: true });
};
