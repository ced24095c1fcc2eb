import type { Run } from '../model/run.ts';
import { withoutRepetition } from './repeat-plan.ts';

/** Ids of the checks and scenarios that a run looked at and that were no clean pass: a flaky one is none. */
export const notClean = ({ checks, scenarios }: Pick<Run, 'checks' | 'scenarios'>): readonly string[] => [
  ...new Set(
    [...checks, ...scenarios]
      .filter(({ outcome, flaky }) => outcome !== 'pass' || flaky)
      .map(({ id }) => withoutRepetition(id)),
  ),
];
