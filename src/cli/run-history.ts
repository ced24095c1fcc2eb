import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseDuration } from '../matchers/units.ts';
import type { HistoryStore, Scope, Told } from '../history/store.ts';
import { UsageError } from '../model/fault.ts';
import type { Run } from '../model/run.ts';
import type { ProbeWorld } from '../probes/probe.ts';
import { clock } from '../shell/clock.ts';
import type { ParsedOptions } from './parse.ts';
import type { World } from './world.ts';

/** Where runs are remembered, from the working folder. */
export const HISTORY = join('.gonogo', 'history.db');

/** As many runs of a file in an environment are ever kept. */
export const KEEP_RUNS = 10_000;
const KEEP_DAYS = 90;
const MOST_GONE = 100;
const MOST_RESULTS = 10_000;

/** What a run needs of its history. Nothing here rejects: trouble is told once on stderr, and the run goes on. */
export type RunHistory = {
  readonly begin: (start: Pick<Run['run'], 'id' | 'name' | 'configDigest' | 'startedAt'>) => Promise<void>;
  readonly earlier: ProbeWorld['earlier'];
  /** Since when these checks are bad, by id; those of which nothing is known are left out. */
  readonly since: (checks: readonly string[], startedAt: string) => Promise<ReadonlyMap<string, string>>;
  /** Remembers a judged run, forgets old ones and closes. */
  readonly finish: (run: Run) => Promise<void>;
  readonly store: HistoryStore | null;
  /** What the store told; null for trouble with it, which is then told. */
  readonly valueOf: ValueOf;
};

const NOTHING: RunHistory = {
  begin: async () => {},
  earlier: async () => null,
  since: async () => new Map(),
  finish: async () => {},
  store: null,
  valueOf: (told) => (told.ok ? told.value : null),
};

/** The same history, to ask and not to add to: for a part of a run, which proves nothing by itself. */
export const withoutTrace = (history: RunHistory): RunHistory => ({
  ...history,
  begin: async () => {},
  finish: async () => {
    await history.store?.close();
  },
});

/**
 * Opens the history of a file in an environment; nothing is kept with `--no-history`, or where it cannot be opened.
 * `waits.busyMs` is for how long others may keep it locked.
 */
export const openRunHistory = async (
  options: ParsedOptions,
  scope: Scope,
  world: World,
  waits: { readonly busyMs?: number } = {},
): Promise<RunHistory> => {
  if (options.has('no-history')) return NOTHING;
  const { openHistory } = await import('../history/sqlite-store.ts');
  let told = false;
  const tell = ({ message }: { readonly message: string }): null => {
    if (!told) world.stderr.write(`gonogo: no history in ${HISTORY}: ${message}\n`);
    told = true;
    return null;
  };
  const valueOf = <T>(answer: Told<T>): T | null => (answer.ok ? answer.value : tell(answer.trouble));
  const store = valueOf(openHistory(join(world.workingDirectory, HISTORY), { now: clock.now, ...waits }));
  return store === null ? NOTHING : historyOf(store, scope, valueOf);
};

type ValueOf = <T>(answer: Told<T>) => T | null;

/** For how long somebody who only wants to read waits for others. */
const READER_WAITS_MS = 1000;

/**
 * Opens the history to be read, and marks the runs that were killed where that can be written. Null where there is none:
 * reading makes no file. Throws `UsageError` for one that cannot be read.
 */
export const openHistoryToRead = async (world: World): Promise<HistoryStore | null> => {
  const path = join(world.workingDirectory, HISTORY);
  if (!existsSync(path)) return null;
  const { openHistory } = await import('../history/sqlite-store.ts');
  const store = readValue(openHistory(path, { now: clock.now, busyMs: READER_WAITS_MS }));
  await store.markInterrupted();
  return store;
};

/** What the store told. Throws `UsageError` for trouble with it. */
export const readValue = <T>(told: Told<T>): T => {
  if (told.ok) return told.value;
  throw new UsageError(`the history cannot be read: ${told.trouble.message}`, `it is in ${HISTORY}`);
};

const historyOf = (store: HistoryStore, scope: Scope, valueOf: ValueOf): RunHistory => ({
  store,
  valueOf,
  begin: async (start) => {
    const { id, name, configDigest, startedAt } = start;
    valueOf(await store.begin({ ...scope, id, name, configDigest, startedAt }));
  },
  earlier: async (check, sinceMs) => {
    const since = new Date(clock.now().getTime() - sinceMs).toISOString();
    const results = valueOf(await store.results(scope, check, { since, limit: MOST_RESULTS }));
    return results?.map(({ at, outcome }) => ({ at, outcome })) ?? null;
  },
  since: async (checks, startedAt) => {
    const known = new Map<string, string>();
    for (const check of checks) {
      const broken = valueOf(await store.brokenSince(scope, check));
      const seen = broken !== null && (broken.firstBad !== null || broken.lastGood !== null);
      if (seen) known.set(check, broken.firstBad?.at ?? startedAt);
    }
    return known;
  },
  finish: async (run) => {
    // Where nothing can be written, nothing can be forgotten either; and nobody waits twice for who holds it locked.
    const written = await store.finish(run, scope.file);
    valueOf(written);
    if (!written.ok) return store.close();
    const before = new Date(clock.now().getTime() - KEEP_DAYS * 86_400_000).toISOString();
    valueOf(await store.prune(scope, { before, keep: KEEP_RUNS, most: MOST_GONE }));
    await store.close();
  },
});

/** Reads an age such as `30d` from an option; null when it was not given. Throws `UsageError`. */
export const ageOf = (options: ParsedOptions, name: string): number | null => {
  const text = options.value(name);
  if (text === null) return null;
  const age = parseDuration(text);
  if (age !== null) return age;
  throw new UsageError(`--${name} takes a duration, found "${text}"`, `for example --${name} 30d`);
};
