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

const KEEP_RUNS = 10_000;
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
};

const NOTHING: RunHistory = {
  begin: async () => {},
  earlier: async () => null,
  since: async () => new Map(),
  finish: async () => {},
  store: null,
};

/** The same history, to ask and not to add to: for a part of a run, which proves nothing by itself. */
export const withoutTrace = (history: RunHistory): RunHistory => ({
  ...history,
  begin: async () => {},
  finish: async () => {
    await history.store?.close();
  },
});

/** Opens the history of a file in an environment; nothing is kept with `--no-history`, or where it cannot be opened. */
export const openRunHistory = async (options: ParsedOptions, scope: Scope, world: World): Promise<RunHistory> => {
  if (options.has('no-history')) return NOTHING;
  const { openHistory } = await import('../history/sqlite-store.ts');
  let told = false;
  const tell = ({ message }: { readonly message: string }): null => {
    if (!told) world.stderr.write(`gonogo: no history: ${message}\n`);
    told = true;
    return null;
  };
  const valueOf = <T>(answer: Told<T>): T | null => (answer.ok ? answer.value : tell(answer.trouble));
  const store = valueOf(openHistory(join(world.workingDirectory, HISTORY), { now: clock.now }));
  return store === null ? NOTHING : historyOf(store, scope, valueOf);
};

type ValueOf = <T>(answer: Told<T>) => T | null;

const historyOf = (store: HistoryStore, scope: Scope, valueOf: ValueOf): RunHistory => ({
  store,
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
    valueOf(await store.finish(run, scope.file));
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
