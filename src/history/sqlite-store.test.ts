import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Run } from '../model/run.ts';
import { keptRun, startOf } from './kept-run.ts';
import type { HistoryStore } from './store.ts';
import { type Ending, minute, runOf, SCOPE, testHistories, valueOf } from './test-runs.ts';

const { folder, open, tidy } = testHistories();

afterEach(tidy);

const fresh = (): HistoryStore => valueOf(open(join(folder(), '.gonogo', 'history.db')));

const FILE = SCOPE.file;

const remember = async (store: HistoryStore, ...runs: readonly Run[]): Promise<void> => {
  for (const run of runs) {
    valueOf(await store.begin(startOf(run, FILE)));
    valueOf(await store.finish(run, FILE));
  }
};

/** Runs of one check, a minute apart: `r0`, `r1`, ... */
const series = (...endings: readonly Ending[]): readonly Run[] =>
  endings.map((ending, index) => runOf(`r${index}`, index * 2, { a: ending }));

test('a run comes back as it was kept, after the store was closed', async () => {
  const path = join(folder(), '.gonogo', 'history.db');
  const facts = { dns: { addresses: ['192.0.2.1'] }, tls: { fingerprint: 'ab' } };
  const run = runOf(
    'r1',
    0,
    { a: { outcome: 'pass', facts }, b: 'fail', c: 'warn', d: 'unknown', e: 'skipped' },
    { checks: { a: { component: 'shop' } }, plan: { environment: 'staging' } },
  );
  const store = valueOf(open(path));
  await remember(store, run);
  await store.close();
  const kept = valueOf(await valueOf(open(path)).run('r1'));
  expect(kept).toEqual(keptRun(run, FILE));
  expect(kept).toMatchObject({ verdict: 'NO-GO', environment: 'staging', state: 'finished', complete: true });
  expect(kept?.checks[0]).toMatchObject({ id: 'a', component: 'shop', standing: 'good', at: minute(0) });
  expect(kept?.gates).toEqual([{ id: 'default', verdict: 'NO-GO', blockedBy: expect.arrayContaining(['b']) }]);
  expect(valueOf(await valueOf(open(path)).run('r2'))).toBeNull();
});

test('file and folder are for their owner alone', async () => {
  const home = folder();
  const path = join(home, 'a', '.gonogo', 'history.db');
  await remember(valueOf(open(path)), ...series('pass'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
  expect(statSync(join(home, 'a', '.gonogo')).mode & 0o777).toBe(0o700);
});

test('a run that has started is running, and has no verdict', async () => {
  const store = fresh();
  const [run] = series('pass');
  if (run === undefined) throw new Error('no run');
  expect(valueOf(await store.begin(startOf(run, FILE)))).toEqual([]);
  expect(valueOf(await store.runs(null, 9))).toMatchObject([{ id: 'r0', state: 'running', verdict: null }]);
  expect(valueOf(await store.results(SCOPE, 'a', { since: null, limit: 9 }))).toEqual([]);
});

test('an end is kept although the start could not be', async () => {
  const store = fresh();
  for (const run of series('pass')) valueOf(await store.finish(run, FILE));
  expect(valueOf(await store.runs(SCOPE, 9))).toMatchObject([{ id: 'r0', state: 'finished', verdict: 'GO' }]);
});

test('an end that is written twice is there once', async () => {
  const store = fresh();
  await remember(store, runOf('r0', 0, { a: 'fail', b: 'fail' }), runOf('r0', 0, { a: 'pass' }));
  expect(valueOf(await store.run('r0'))?.checks.map(({ id, outcome }) => [id, outcome])).toEqual([['a', 'pass']]);
});

test('runs are listed newest first, of one scope or of all', async () => {
  const store = fresh();
  await remember(store, ...series('pass', 'fail', 'pass'));
  await remember(store, runOf('s0', 1, { a: 'pass' }, { plan: { environment: 'staging' } }));
  const ids = async (...asked: Parameters<HistoryStore['runs']>) =>
    valueOf(await store.runs(...asked)).map(({ id }) => id);
  expect(await ids(SCOPE, 9)).toEqual(['r2', 'r1', 'r0']);
  expect(await ids(SCOPE, 2)).toEqual(['r2', 'r1']);
  expect(await ids(null, 9)).toEqual(['r2', 'r1', 's0', 'r0']);
  expect(await ids({ file: FILE, environment: 'staging' }, 9)).toEqual(['s0']);
  expect(await ids({ file: 'other.yaml', environment: null }, 9)).toEqual([]);
});

test('results of a check come oldest first, since a time, and of their scope alone', async () => {
  const store = fresh();
  await remember(store, ...series('pass', 'fail', 'warn', 'pass'));
  await remember(store, runOf('s0', 1, { a: 'unknown' }, { plan: { environment: 'staging' } }));
  const told = async (since: string | null, limit = 9) =>
    valueOf(await store.results(SCOPE, 'a', { since, limit })).map(({ at, outcome, run }) => [at, outcome, run]);
  const all = [
    [minute(0), 'pass', 'r0'],
    [minute(2), 'fail', 'r1'],
    [minute(4), 'warn', 'r2'],
    [minute(6), 'pass', 'r3'],
  ];
  expect(await told(null)).toEqual(all);
  expect(await told(minute(2))).toEqual(all.slice(1));
  expect(await told(null, 2)).toEqual(all.slice(2));
  expect(valueOf(await store.results(SCOPE, 'b', { since: null, limit: 9 }))).toEqual([]);
});

test('since when a check is bad is told with the last good run', async () => {
  const store = fresh();
  expect(valueOf(await store.brokenSince(SCOPE, 'a'))).toEqual({ lastGood: null, firstBad: null });
  await remember(store, ...series('fail', 'pass', 'fail', 'unknown', 'fail'));
  expect(valueOf(await store.brokenSince(SCOPE, 'a'))).toMatchObject({
    lastGood: { run: 'r1', at: minute(2) },
    firstBad: { run: 'r2', at: minute(4), reasonCode: 'assertion-failed' },
  });
  await remember(store, runOf('r9', 20, { a: 'warn' }));
  expect(valueOf(await store.brokenSince(SCOPE, 'a'))).toMatchObject({ lastGood: { run: 'r9' }, firstBad: null });
});

test('a check that was never good is bad since the first time', async () => {
  const store = fresh();
  await remember(store, ...series('skipped', 'fail', 'fail'));
  expect(valueOf(await store.brokenSince(SCOPE, 'a'))).toMatchObject({ lastGood: null, firstBad: { run: 'r1' } });
});

test('the last good run is that of a check, a component or the whole', async () => {
  const store = fresh();
  const checks = { a: { component: 'shop' }, b: { component: 'shop' } };
  await remember(
    store,
    runOf('r0', 0, { a: 'pass', b: 'pass', c: 'pass' }, { checks }),
    runOf('r1', 2, { a: 'pass', b: 'skipped', c: 'fail' }, { checks }),
    runOf('r2', 4, { a: 'pass', b: 'fail', c: 'fail' }, { checks }),
    runOf('r3', 6, { a: 'fail', b: 'fail', c: 'fail' }, { checks }),
  );
  const good = async (...asked: Parameters<HistoryStore['lastGood']>) => valueOf(await store.lastGood(...asked))?.id;
  expect(await good(SCOPE, { check: 'a' }, null)).toBe('r2');
  expect(await good(SCOPE, { check: 'a' }, 'r2')).toBe('r1');
  expect(await good(SCOPE, { check: 'a' }, 'r0')).toBeUndefined();
  expect(await good(SCOPE, { check: 'a' }, 'never-kept')).toBe('r2');
  expect(await good(SCOPE, { component: 'shop' }, null)).toBe('r1');
  expect(await good(SCOPE, 'run', null)).toBe('r0');
  expect(await good({ ...SCOPE, environment: 'x' }, 'run', null)).toBeUndefined();
});

test('a run that was stopped tells nothing against its checks', async () => {
  const store = fresh();
  await remember(store, ...series('pass'));
  const stopped = runOf('r1', 2, { a: 'pass' }, { complete: false });
  expect(stopped.verdict).toBe('HOLD');
  await remember(store, stopped);
  expect(valueOf(await store.brokenSince(SCOPE, 'a'))).toMatchObject({ firstBad: null });
  expect(valueOf(await store.lastGood(SCOPE, 'run', null))?.id).toBe('r0');
});

test('the same cause seen before is an episode that is over, with how it ended', async () => {
  const store = fresh();
  const key = 'a:assertion-failed';
  await remember(store, ...series('pass', 'fail', 'fail'));
  expect(valueOf(await store.seenBefore(SCOPE, 'a', key))).toBeNull();
  await remember(store, runOf('r3', 6, { a: 'pass' }), runOf('r4', 8, { a: 'fail' }), runOf('r5', 10, { a: 'fail' }));
  expect(valueOf(await store.seenBefore(SCOPE, 'a', key))).toMatchObject({
    began: { run: 'r1', at: minute(2) },
    last: { run: 'r2', at: minute(4) },
    ended: { run: 'r3', at: minute(6), outcome: 'pass' },
  });
  expect(valueOf(await store.seenBefore(SCOPE, 'a', 'a:http-5xx'))).toBeNull();
});

test('what is blocked has the cause of what blocks it', async () => {
  const store = fresh();
  const run = runOf('r0', 0, { a: 'fail', b: 'blocked' }, { checks: { b: { needs: ['a'] } } });
  await remember(store, run);
  const keys = valueOf(await store.run('r0'))?.checks.map(({ causeKey, standing }) => [causeKey, standing]);
  expect(keys).toEqual([
    ['a:assertion-failed', 'bad'],
    ['a:assertion-failed', null],
  ]);
});

test('old runs go by age, in every scope, and by count in theirs, a few at a time', async () => {
  const store = fresh();
  await remember(store, ...series('pass', 'pass', 'pass', 'pass', 'pass'));
  await remember(store, runOf('s0', 1, { a: 'pass' }, { plan: { environment: 'staging' } }));
  const ids = async () => valueOf(await store.runs(null, 99)).map(({ id }) => id);
  const prune = async (...asked: Parameters<HistoryStore['prune']>) => valueOf(await store.prune(...asked));

  expect(await prune(SCOPE, { before: minute(3), keep: null, most: 2 })).toEqual({ gone: 2, more: true });
  expect(await ids()).toEqual(['r4', 'r3', 'r2', 'r1']);
  expect(await prune(SCOPE, { before: minute(3), keep: null, most: 2 })).toEqual({ gone: 1, more: false });
  expect(await prune(SCOPE, { before: null, keep: 2, most: 9 })).toEqual({ gone: 1, more: false });
  expect(await ids()).toEqual(['r4', 'r3']);
  expect(valueOf(await store.results(SCOPE, 'a', { since: null, limit: 9 }))).toHaveLength(2);
  expect(await prune({ file: 'none.yaml', environment: null }, { before: null, keep: 0, most: 9 })).toEqual({
    gone: 0,
    more: false,
  });
});

test('a run under way is never forgotten', async () => {
  const store = fresh();
  for (const run of series('pass')) valueOf(await store.begin(startOf(run, FILE)));
  expect(valueOf(await store.prune(SCOPE, { before: minute(99), keep: 0, most: 9 }))).toEqual({ gone: 0, more: false });
});

test('ids are names and never more than that', async () => {
  const store = fresh();
  const id = `x'); DROP TABLE runs; --`;
  await remember(store, runOf(id, 0, { __proto__x: 'pass', [id]: 'fail' }));
  expect(valueOf(await store.results(SCOPE, id, { since: null, limit: 9 }))).toHaveLength(1);
  expect(valueOf(await store.run(id))?.checks).toHaveLength(2);
});

test('ten thousand checks are kept and read in a moment', async () => {
  const store = fresh();
  const run = runOf('r0', 0, { a: { outcome: 'pass', facts: { dns: { addresses: ['192.0.2.1'] } } } });
  const checks = Array.from({ length: 10_000 }, (_, index) =>
    run.checks.map((one) => ({ ...one, id: `check-${index}` })),
  );
  const begun = performance.now();
  await remember(store, { ...run, checks: checks.flat() });
  expect(valueOf(await store.run('r0'))?.checks).toHaveLength(10_000);
  expect(performance.now() - begun).toBeLessThan(3000);
});
