import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KeptResult, RunEntry } from '../../src/history/store.ts';
import { gonogo } from './gonogo.ts';
import { startShop } from './shop.ts';

let shop: Awaited<ReturnType<typeof startShop>>;
const ask = (...argv: readonly string[]) => gonogo(argv, { cwd: shop.folder, variables: shop.variables });

const run = async (expected: number, ...argv: readonly string[]): Promise<void> => {
  const { exit, stderr } = await ask('run', '-q', ...argv);
  if (exit !== expected) throw new Error(`exit ${exit}: ${stderr}`);
};

beforeAll(async () => {
  shop = await startShop();
  await run(0);
  await shop.killSearch();
  await run(1);
  await shop.startSearch();
  await run(0, '--no-history');
});
afterAll(() => shop.close());

test('lists runs, newest first, without the one that was to leave no trace', async () => {
  const { stdout, exit } = await ask('history');
  expect(exit).toBe(0);
  expect(stdout.split('\n').map((line) => line.split(/ {2,}/)[1])).toEqual(['NO-GO', 'GO', undefined]);
});

test('shows one check, as text and as JSON', async () => {
  const { stdout } = await ask('history', 'search');
  expect(stdout).toMatch(/outcomes {3}\.x /);
  expect(stdout).toContain('connect-refused: ');
  const results: readonly KeptResult[] = JSON.parse((await ask('history', 'search', '--json')).stdout);
  expect(results.map(({ outcome, reasonCode }) => [outcome, reasonCode])).toEqual([
    ['pass', null],
    ['fail', 'connect-refused'],
  ]);
});

test('goes back as far as it is told', async () => {
  const runs = async (since: string): Promise<number> => {
    const entries: readonly RunEntry[] = JSON.parse((await ask('history', '--json', '--since', since)).stdout);
    return entries.length;
  };
  expect([await runs('1h'), await runs('1ms')]).toEqual([2, 0]);
  expect((await ask('history', '--since', 'yesterday')).exit).toBe(2);
});

test('does not know a check that never ran, and suggests the one that was meant', async () => {
  const { exit, stderr } = await ask('history', 'serch');
  expect(exit).toBe(2);
  expect(stderr).toContain('did you mean "search"?');
});
