import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MIGRATIONS } from '../../src/history/sqlite-schema.ts';
import type { RunEntry } from '../../src/history/store.ts';
import { rememberRuns } from '../stack/remembered-runs.ts';
import { gonogo, ROOT, startGonogo, type Ended } from './gonogo.ts';
import { startShop } from './shop.ts';

let shop: Awaited<ReturnType<typeof startShop>>;
const history = (): string => join(shop.folder, '.gonogo');
const file = (): string => join(history(), 'history.db');
const ask = (...argv: readonly string[]): Promise<Ended> =>
  gonogo(argv, { cwd: shop.folder, variables: shop.variables });
const runs = async (): Promise<readonly RunEntry[]> => JSON.parse((await ask('history', '--json')).stdout);

beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

const afresh = async (): Promise<void> => {
  rmSync(history(), { recursive: true, force: true });
  expect((await ask('run', '-q')).exit).toBe(0);
};

const change = (statements: string): void => {
  const database = new DatabaseSync(file());
  database.exec(statements);
  database.close();
};

const said = (message: string): RegExp =>
  new RegExp(`^gonogo: no history in .gonogo/history.db: ${message}[^\\n]*\\n$`);

/** A command of the shell, with Node and the sources of gonogo as its first two words; not synchronously: the shop answers from here. */
const onShell = async (command: string) => {
  const child = spawn('bash', ['-c', command, process.execPath, join(ROOT, 'src', 'main.ts')], {
    cwd: shop.folder,
    env: { PATH: process.env['PATH'] ?? '', ...shop.variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { status: Number(status), stdout, stderr };
};

describe('a history that cannot be used costs no verdict, and is told once', () => {
  test.each<[string, () => unknown, string]>([
    ['damaged', () => truncateSync(file(), 9000), 'the history is damaged: move it away'],
    ['of another program', () => change('PRAGMA application_id = 1'), 'the file is a database of another program'],
    [
      'newer',
      () => change('PRAGMA user_version = 99'),
      `the history was written by a newer version \\(schema 99, and this one knows up to ${MIGRATIONS.length}\\)`,
    ],
    ['no text', () => writeFileSync(file(), 'not a database'), 'the history is damaged'],
  ])('%s', async (_name, damage, message) => {
    await afresh();
    damage();
    const before = readFileSync(file());
    await shop.killSearch();
    const [run, triage] = [await ask('run', '-q'), await ask('triage', '-q')];
    await shop.startSearch();
    expect([run.exit, triage.exit]).toEqual([1, 1]);
    expect([run.stderr, triage.stderr]).toEqual([
      expect.stringMatching(said(message)),
      expect.stringMatching(said(message)),
    ]);
    expect(triage.stdout).toContain('refused the connection');
    expect(triage.stdout).not.toContain('never seen good');
    expect(readFileSync(file()).equals(before)).toBe(true);
    const read = await ask('history');
    expect(read.exit).toBe(2);
    expect(read.stderr).toMatch(new RegExp(`^gonogo: the history cannot be read: ${message}`));
  });

  test('damaged inside: what cannot be read is not said, not even that it was never good', async () => {
    await afresh();
    change(`UPDATE results SET facts = '['`);
    await shop.killSearch();
    const { exit, stdout, stderr } = await ask('triage', '-q');
    await shop.startSearch();
    expect(exit).toBe(1);
    expect(stderr).toMatch(said('the history is damaged'));
    expect(stdout).not.toMatch(/^ {2}since /m);
  });

  test('on a full disk: what is in it is still told', async () => {
    await afresh();
    await shop.killSearch();
    // No file may grow beyond 20 KiB: so it is with the one that SQLite wants beside the history.
    const limited = `ulimit -f 20; exec "$0" "$1" triage -q`;
    const { status, stdout, stderr } = await onShell(limited);
    await shop.startSearch();
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ {2}since {4}new in this run; last good /m);
    expect(stderr).toMatch(said('the disk reports an error at the history: it may be full'));
  });

  test('locked by somebody else: the screen does not wait for it', async () => {
    await afresh();
    const other = new DatabaseSync(file());
    other.exec('BEGIN IMMEDIATE');
    const startedMs = performance.now();
    const triage = startGonogo(['triage', '-q'], { cwd: shop.folder, variables: shop.variables });
    await triage.says('GOOD  Shop');
    const shownMs = performance.now() - startedMs;
    const { exit, stderr } = await triage.ended;
    other.exec('ROLLBACK');
    other.close();
    expect(exit).toBe(0);
    expect(stderr).toMatch(said('another process holds the history locked'));
    expect(shownMs).toBeLessThan(2000);
  });
});

describe('a run that was killed', () => {
  const killed = async (): Promise<void> => {
    const started = startGonogo(['run', '-c', 'silent.yaml'], { cwd: shop.folder, variables: shop.variables });
    await started.says('pass    search');
    started.kill('SIGKILL');
    await started.ended;
  };
  const states = async (): Promise<readonly string[]> => {
    const listed = await ask('history', '-c', 'silent.yaml', '--json');
    const entries: readonly RunEntry[] = JSON.parse(listed.stdout);
    return entries.map(({ state }) => state);
  };

  test('is found by whoever reads the history next', async () => {
    await afresh();
    await killed();
    expect(await states()).toEqual(['interrupted']);
    expect((await ask('history', '-c', 'silent.yaml')).stdout).toMatch(/ {2}interrupted {2}\d{8}-/);
  });

  test('is found by the next triage', async () => {
    await afresh();
    await killed();
    await ask('triage', '-q');
    const database = new DatabaseSync(file());
    const found = database.prepare(`SELECT count(*) AS count FROM runs WHERE state = 'interrupted'`).get();
    database.close();
    expect(found?.['count']).toBe(1);
  });
});

test('two runs at once are both remembered, each with its end', async () => {
  await afresh();
  const ended = await Promise.all([ask('run', '-q'), ask('run', '-q'), ask('triage', '-q')]);
  expect(ended.map(({ exit, stderr }) => [exit, stderr])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ]);
  const states = (await runs()).map(({ state, verdict }) => `${state} ${verdict}`);
  expect(states).toEqual(['finished GO', 'finished GO', 'finished GO', 'finished GO']);
});

test('a run forgets what is older than 90 days, and no more', async () => {
  await afresh();
  await rememberRuns({ cwd: shop.folder, check: 'search', everyMinutes: 24 * 60, days: 95, isGood: () => true });
  const older = (await ask('history', '--json', '--since', '200d')).stdout;
  const before: readonly RunEntry[] = JSON.parse(older);
  expect(before).toHaveLength(96);
  await ask('run', '-q');
  const after: readonly RunEntry[] = JSON.parse((await ask('history', '--json', '--since', '200d')).stdout);
  const limit = Date.now() - 90 * 86_400_000;
  expect(after).toHaveLength(before.filter(({ startedAt }) => Date.parse(startedAt) >= limit).length + 1);
  expect(after.length).toBeLessThan(before.length);
});

test('reading a history where there is none makes none', async () => {
  rmSync(history(), { recursive: true, force: true });
  expect(await ask('history')).toEqual({ exit: 0, stdout: 'no runs are remembered\n', stderr: '' });
  expect((await ask('history', 'search')).stderr).toContain('the history knows nothing of "search"');
  expect((await ask('postmortem', '--from', 'x')).stderr).toContain('there is no history');
  expect(existsSync(history())).toBe(false);
});
