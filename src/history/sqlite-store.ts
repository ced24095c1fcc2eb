import { keptRun } from './kept-run.ts';
import { ownIdentity, type ProcessIdentity } from './process-identity.ts';
import { openDatabase, type OpenOptions } from './sqlite-open.ts';
import { readBroken, readEpisode, readLastGood, readResults, readRun, readRuns } from './sqlite-read.ts';
import { told } from './sqlite-trouble.ts';
import { forget, inSnapshot, inTransaction, markKilled, scopeNumber, writeEnd, writeStart } from './sqlite-write.ts';
import type { HistoryStore, Told } from './store.ts';

export type HistoryOptions = Partial<OpenOptions> & {
  readonly now: () => Date;
  /** For tests: who writes. */
  readonly owner?: ProcessIdentity;
};

/** Long enough for the end of a large run of another process. */
const BUSY_MS = 3000;

/**
 * Opens the history in a file, `.gonogo/history.db` by default of the command line; file and folder are made, for their
 * owner alone. SQLite works in this process: a call blocks it, for `busyMs` (3 s) at most beside the work itself.
 */
export const openHistory = (
  path: string,
  { now, owner, busyMs = BUSY_MS, ...more }: HistoryOptions,
): Told<HistoryStore> =>
  told(() => {
    const database = openDatabase(path, { busyMs, ...more });
    const self = owner ?? ownIdentity();
    const nowMs = (): number => now().getTime();
    const write = <T>(work: () => T) => told(() => inTransaction(database, work));
    const read = <T>(work: () => T) => told(() => inSnapshot(database, work));
    return {
      begin: async (start) =>
        write(() => {
          const killed = markKilled(database, self, nowMs());
          writeStart(database, start, self, nowMs());
          return killed;
        }),
      finish: async (run, file) =>
        write(() => {
          markKilled(database, self, nowMs());
          writeEnd(database, keptRun(run, file), self, nowMs());
          return null;
        }),
      markInterrupted: async () => write(() => markKilled(database, self, nowMs())),
      runs: async (scope, limit) => read(() => readRuns(database, scope, limit)),
      run: async (id) => read(() => readRun(database, id)),
      results: async (scope, check, asked) => read(() => readResults(database, scope, check, asked)),
      lastGood: async (scope, subject, before) => read(() => readLastGood(database, scope, subject, before)),
      brokenSince: async (scope, check) => read(() => readBroken(database, scope, check)),
      seenBefore: async (scope, check, causeKey) => read(() => readEpisode(database, scope, check, causeKey)),
      prune: async (scope, retention) => {
        const result = write(() => forget(database, scopeNumber(database, scope), retention));
        // The room in the file is given back when nobody is in the way.
        if (result.ok && result.value.gone > 0) told(() => database.exec('PRAGMA incremental_vacuum'));
        return result;
      },
      close: async () => {
        told(() => database.close());
      },
    };
  });
