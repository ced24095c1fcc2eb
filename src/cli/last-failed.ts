import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { judgeRun } from '../judge/judge-run.ts';
import { UsageError } from '../model/fault.ts';
import type { Run } from '../model/run.ts';
import { notClean } from '../plan/last-failed.ts';
import { clock } from '../shell/clock.ts';
import { readSavedRun } from './saved-run.ts';
import type { World } from './world.ts';

const LATEST = join('reports', 'latest');

/** Where there are no links, `latest` is a short text that names the folder beside it. */
const folderOf = (latest: string): string => {
  const found = statSync(latest, { throwIfNoEntry: false });
  if (found === undefined) {
    throw new UsageError(
      `there is no last run: ${LATEST} is not there`,
      'gonogo run makes one; --out leaves it as it is',
    );
  }
  return found.isFile() && found.size < 300 ? join('reports', readFileSync(latest, 'utf8').trim()) : LATEST;
};

/** What a run and a file must have in common for one to say what to run of the other. */
const refuseAnother = ({ run }: Run, { name, environment }: Config): void => {
  if (run.name !== name) throw new UsageError(`the last run was of "${run.name}", and this file is "${name}"`);
  if (run.environment === environment) return;
  const where = (one: string | null): string => (one === null ? 'no environment' : `the environment "${one}"`);
  throw new UsageError(`the last run was in ${where(run.environment)}, and this one is in ${where(environment)}`);
};

/**
 * The checks and scenarios of this file that were no clean pass in the last run. One that is gone from the file is told
 * on stderr. Throws `UsageError` when there is no last run, it was of something else, or it left nothing to run.
 */
export const lastFailed = (config: Config, world: World): readonly string[] => {
  const last = judgeRun(readSavedRun(folderOf(resolve(world.workingDirectory, LATEST)), world), clock.now());
  refuseAnother(last, config);
  const known = new Set([...config.checks, ...config.scenarios].map(({ id }) => id));
  const wanted = notClean(last);
  const gone = wanted.filter((id) => !known.has(id));
  if (gone.length > 0) world.stderr.write(`gonogo: in the last run, and no longer in the file: ${gone.join(', ')}\n`);
  const chosen = wanted.filter((id) => known.has(id));
  if (chosen.length > 0) return chosen;
  throw new UsageError(
    `in the last run (${last.run.id}) everything that was looked at passed: there is nothing to run again`,
    'gonogo run looks at everything',
  );
};
