import { saidGo } from '../history/incident.ts';
import type { HistoryStore, KeptRun, RunEntry, Scope } from '../history/store.ts';
import { UsageError } from '../model/fault.ts';
import type { PostmortemContext } from '../report/postmortem/actions.ts';
import { KEEP_RUNS, readValue } from './run-history.ts';

const MOST_REVIEWED = 500;

/** What a review is made of. */
export type Asked = {
  readonly runs: readonly [KeptRun, ...KeptRun[]];
  readonly before: readonly KeptRun[];
  readonly untold: PostmortemContext['untold'];
};

/**
 * The runs from one to another, both included, oldest first, and those before them from the last that said GO on. Throws
 * `UsageError`.
 */
export const runsBetween = async (
  store: HistoryStore,
  scope: Scope,
  from: string | null,
  to: string | null,
): Promise<Asked> => {
  if (from === null) throw new UsageError('--from RUN is needed', 'gonogo history lists runs');
  const entries = readValue(await store.runs(scope, KEEP_RUNS)).toReversed();
  const at = (id: string): number => {
    const index = entries.findIndex((entry) => entry.id === id);
    if (index >= 0) return index;
    throw new UsageError(`the history knows no run "${id}" of ${scope.file}`, 'gonogo history lists runs');
  };
  const [start, end] = [at(from), to === null ? entries.length - 1 : at(to)];
  if (start > end) throw new UsageError(`the run "${from}" is later than "${to ?? ''}"`, 'exchange them');
  if (end - start >= MOST_REVIEWED)
    throw new UsageError(
      `there are ${end - start + 1} runs in between, more than ${MOST_REVIEWED}`,
      'choose a shorter time',
    );
  const asked = entries.slice(start, end + 1);
  const [first, ...others] = await finishedOf(asked, store);
  if (first === undefined) throw new UsageError('none of these runs has come to its end', 'gonogo history lists runs');
  const good = entries.slice(0, start).findLastIndex(saidGo);
  const before = entries.slice(Math.max(0, good, start - MOST_REVIEWED), start);
  const countOf = (wanted: RunEntry['state']): number => asked.filter(({ state }) => state === wanted).length;
  return {
    runs: [first, ...others],
    before: await finishedOf(before, store),
    untold: { interrupted: countOf('interrupted'), running: countOf('running') },
  };
};

const finishedOf = async (entries: readonly RunEntry[], store: HistoryStore): Promise<readonly KeptRun[]> => {
  const runs: KeptRun[] = [];
  for (const { id, state } of entries) {
    const run = state === 'finished' ? readValue(await store.run(id)) : null;
    if (run !== null) runs.push(run);
  }
  return runs;
};
