import type { RunRecord } from '../execute/event.ts';
import type { Run } from '../model/run.ts';

/** What is said above everything else: that the run did not end, and which credentials were absent. */
export const findBanners = (record: RunRecord, complete: boolean): Run['banners'] => [
  ...(complete ? [] : [incompleteText(record.interruptedBy)]),
  ...absent(record),
];

/** One sentence on a run that did not come to its end. */
export const incompleteText = (interruptedBy: RunRecord['interruptedBy']): string =>
  interruptedBy === null ? 'This run is not complete' : `This run is not complete: stopped by ${interruptedBy}`;

/** One banner for each credential, with the checks and scenarios that went without it. */
const absent = ({ plan }: RunRecord): readonly string[] => {
  const checksByName = new Map<string, string[]>();
  for (const { id, missing } of [...plan.checks, ...plan.scenarios]) {
    for (const name of missing) checksByName.set(name, [...(checksByName.get(name) ?? []), id]);
  }
  return [...checksByName].map(([name, ids]) => `${name} is not set, so this was skipped: ${ids.join(', ')}`);
};
