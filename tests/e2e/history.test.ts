import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('writes the template of a review, from run to run', async () => {
  const { stdout } = await ask('history', '--json');
  const runs: readonly RunEntry[] = JSON.parse(stdout);
  const [bad = '', good = ''] = runs.map(({ id }) => id);
  const review = await ask('postmortem', '--from', bad, '--to', bad);
  expect(review.exit).toBe(0);
  expect(review.stdout).toContain(`- Last good run: \`${good}\``);
  expect(review.stdout).toContain('`search` breaks: `connect-refused`');
  expect(review.stdout).toContain('see whether `shop.md#search-is-down` was right');
  const written = await ask('postmortem', '--from', good, '--out', 'review.md');
  expect(written.stdout).toBe('wrote review.md\n');
  expect(readFileSync(join(shop.folder, 'review.md'), 'utf8')).toContain(`\`${good}\` to \`${bad}\``);
});

test('a review of runs that are not there, or the wrong way round, is a usage error', async () => {
  const runs: readonly RunEntry[] = JSON.parse((await ask('history', '--json')).stdout);
  const [bad = '', good = ''] = runs.map(({ id }) => id);
  expect((await ask('postmortem')).stderr).toContain('--from RUN is needed');
  expect((await ask('postmortem', '--from', 'nothing')).stderr).toContain('the history knows no run "nothing"');
  expect((await ask('postmortem', '--from', bad, '--to', good)).exit).toBe(2);
});
