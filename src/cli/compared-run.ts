import { keptRun } from '../history/kept-run.ts';
import type { HistoryStore, KeptRun, Scope } from '../history/store.ts';
import { judgeRun } from '../judge/judge-run.ts';
import { UsageError } from '../model/fault.ts';
import { clock } from '../shell/clock.ts';
import { readSavedRun } from './saved-run.ts';
import type { World } from './world.ts';

/** The run of `--since`: its id in the history, or its folder. Throws `UsageError` for one that is not there. */
export const runToCompareWith = async (
  name: string | null,
  { file, environment }: Scope,
  store: HistoryStore | null,
  world: World,
): Promise<KeptRun | null> => {
  if (name === null) return null;
  if (store === null) throw new UsageError('--since compares with an earlier run, and there is no history');
  const told = await store.run(name);
  const found = told.ok && told.value !== null ? told.value : savedRun(name, file, world);
  if (found.file === file && found.environment === environment) return found;
  throw new UsageError(
    `the run "${name}" is of another file or environment: ${found.file}`,
    'gonogo history lists runs',
  );
};

const savedRun = (name: string, file: string, world: World): KeptRun => {
  try {
    return keptRun(judgeRun(readSavedRun(name, world), clock.now()), file);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`the history knows no run "${name}"`, 'gonogo history lists runs', { cause: error });
  }
};
