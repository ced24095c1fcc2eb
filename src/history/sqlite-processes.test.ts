import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { startOf } from './kept-run.ts';
import { ownIdentity } from './process-identity.ts';
import { minute, runOf, SCOPE, testHistories, valueOf } from './test-runs.ts';

/** Several processes, and such as are killed. */

const WRITER = fileURLToPath(new URL('test-writer.ts', import.meta.url));

const { folder, open, tidy } = testHistories();
const children = new Set<ChildProcessWithoutNullStreams>();

const killed = async (child: ChildProcessWithoutNullStreams): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
};

afterEach(async () => {
  await Promise.all([...children].map(killed));
  children.clear();
  await tidy();
});

const writer = (...task: readonly string[]): ChildProcessWithoutNullStreams => {
  const child = spawn(process.execPath, [WRITER, ...task]);
  child.stderr.on('data', (text: Buffer) => process.stderr.write(text));
  children.add(child);
  return child;
};

const begun = async (child: ChildProcessWithoutNullStreams): Promise<void> => {
  await once(child.stdout, 'data');
};

const statesIn = async (path: string): Promise<readonly string[]> =>
  valueOf(await valueOf(open(path)).runs(null, 999)).map(({ id, state }) => `${id} ${state}`);

/** What SQLite itself says of a file. */
const integrityOf = (path: string): unknown => {
  const database = new DatabaseSync(path);
  const row = database.prepare('PRAGMA integrity_check').get();
  database.close();
  return row?.['integrity_check'];
};

test('a run whose process was killed is marked when the next one begins, and one that runs is not', async () => {
  const path = join(folder(), 'history.db');
  const [doomed, running] = [writer('begin', path, 'doomed'), writer('begin', path, 'running')];
  await Promise.all([begun(doomed), begun(running)]);
  const store = valueOf(open(path));
  const next = startOf(runOf('next', 5, { a: 'pass' }), SCOPE.file);
  expect(valueOf(await store.begin({ ...next, id: 'before' }))).toEqual([]);
  await killed(doomed);
  expect(valueOf(await store.begin(next))).toEqual(['doomed']);
  expect(valueOf(await store.markInterrupted())).toEqual([]);
  expect([...(await statesIn(path))].toSorted()).toEqual([
    'before running',
    'doomed interrupted',
    'next running',
    'running running',
  ]);
});

test('a run that was marked and ends after all is finished', async () => {
  const path = join(folder(), 'history.db');
  const run = runOf('r0', 0, { a: 'pass' });
  const other = { ...ownIdentity(), pid: 2 ** 22 + 1 };
  const gone = valueOf(open(path, { owner: other }));
  valueOf(await gone.begin(startOf(run, SCOPE.file)));
  expect(valueOf(await valueOf(open(path)).markInterrupted())).toEqual(['r0']);
  valueOf(await gone.finish(run, SCOPE.file));
  expect(await statesIn(path)).toEqual(['r0 finished']);
});

test.each([
  ['the same process', {}, 999_999, []],
  ['a later process of the same number', { start: '1' }, 0, ['r0']],
  ['another machine, within a day', { place: 'elsewhere' }, 23 * 60, []],
  ['another machine, after a day', { place: 'elsewhere' }, 25 * 60, ['r0']],
  ['a process whose start is not known, within a day', { start: null }, 23 * 60, []],
  ['a process whose start is not known, after a day', { start: null }, 25 * 60, ['r0']],
])('a run of %s', async (_name, change, minutes, marked) => {
  const path = join(folder(), 'history.db');
  const started = valueOf(open(path, { owner: { ...ownIdentity(), ...change } }));
  valueOf(await started.begin(startOf(runOf('r0', 0, { a: 'pass' }), SCOPE.file)));
  const later = valueOf(open(path, { now: () => new Date(minute(minutes)) }));
  expect(valueOf(await later.markInterrupted())).toEqual(marked);
});

test('processes that open a new history at once and write it together lose nothing', async () => {
  const path = join(folder(), 'nothing', 'yet', 'history.db');
  const writers = Array.from({ length: 4 }, () => writer('many', path, '10'));
  const codes = await Promise.all(writers.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0, 0]);
  const states = await statesIn(path);
  expect(states).toHaveLength(40);
  expect(states.every((state) => state.endsWith('finished'))).toBe(true);
  expect(valueOf(await valueOf(open(path)).results(SCOPE, 'a', { since: null, limit: 999 }))).toHaveLength(40);
});

test('a process that is killed at any instant leaves whole runs and a sound file', async () => {
  const path = join(folder(), 'history.db');
  for (const delay of [0, 3, 9, 17, 31]) {
    const child = writer('many', path, '100000');
    await begun(child);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await killed(child);
  }
  const store = valueOf(open(path));
  valueOf(await store.markInterrupted());
  const runs = valueOf(await store.runs(null, 99_999));
  expect(runs.filter(({ state }) => state === 'running')).toEqual([]);
  for (const { id, state } of runs) {
    expect(valueOf(await store.run(id))?.checks).toHaveLength(state === 'finished' ? 2 : 0);
  }
  await store.close();
  expect(integrityOf(path)).toBe('ok');
});
