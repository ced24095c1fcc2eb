import { join } from 'node:path';
import { openHistory } from '../../src/history/sqlite-store.ts';
import { minute, runOf, valueOf } from '../../src/history/test-runs.ts';

const MINUTE_MS = 60_000;

export type Remembered = {
  /** The folder that gonogo runs in: its history lies there. */
  readonly cwd: string;
  /** The check that each run looked at. */
  readonly check: string;
  readonly everyMinutes: number;
  readonly days: number;
  /** Whether the check was good, by the hours before now. */
  readonly isGood: (hoursAgo: number) => boolean;
};

/** Adds runs of the past to the history that a run has left in a folder: as if it had been made again and again. */
export const rememberRuns = async ({ cwd, check, everyMinutes, days, isGood }: Remembered): Promise<void> => {
  const store = valueOf(openHistory(join(cwd, '.gonogo', 'history.db'), { now: () => new Date() }));
  const [known] = valueOf(await store.runs(null, 1));
  if (known === undefined) throw new Error('there has to be a run before: the history goes by its file');
  const now = (Date.now() - Date.parse(minute(0))) / MINUTE_MS;
  for (let ago = 2; ago < days * 24 * 60; ago += everyMinutes) {
    const run = runOf(`remembered-${ago}`, now - ago, { [check]: isGood(ago / 60) ? 'pass' : 'fail' });
    valueOf(await store.finish({ ...run, run: { ...run.run, environment: known.environment } }, known.file));
  }
  await store.close();
};
