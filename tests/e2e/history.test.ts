import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KeptResult, RunEntry } from '../../src/history/store.ts';
import { gonogo, startGonogo } from './gonogo.ts';
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
  const again = await ask('postmortem', '--from', good, '--out', 'review.md');
  expect([again.exit, again.stderr]).toEqual([2, expect.stringContaining('review.md is there already')]);
  expect((await ask('postmortem', '--from', good, '--out', 'reviews/2026/search.md')).exit).toBe(0);
  const unwritable = await ask('postmortem', '--from', good, '--out', 'shop.md/review.md');
  expect([unwritable.exit, unwritable.stderr]).toEqual([
    2,
    expect.stringMatching(/^gonogo: shop.md\/review.md cannot be written: .*\n +name another file with --out\n$/),
  ]);
});

test('a review of runs that are not there, or the wrong way round, is a usage error', async () => {
  const runs: readonly RunEntry[] = JSON.parse((await ask('history', '--json')).stdout);
  const [bad = '', good = ''] = runs.map(({ id }) => id);
  expect((await ask('postmortem')).stderr).toContain('--from RUN is needed');
  expect((await ask('postmortem', '--from', 'nothing')).stderr).toContain('the history knows no run "nothing"');
  expect((await ask('postmortem', '--from', bad, '--to', good)).exit).toBe(2);
  const foreign = await ask('postmortem', '-c', 'silent.yaml', '--from', bad);
  expect([foreign.exit, foreign.stderr]).toEqual([2, expect.stringContaining('of silent.yaml')]);
});

describe('a review of what runs and a triage saw, and one that was killed', () => {
  const ids: string[] = [];
  const look = async (...argv: readonly string[]): Promise<void> => {
    await ask(...argv, '-q');
    const listed: readonly RunEntry[] = JSON.parse((await ask('history', '--json')).stdout);
    ids.push(listed[0]?.id ?? '');
  };
  const review = async (...argv: readonly string[]): Promise<string> => (await ask('postmortem', ...argv)).stdout;

  beforeAll(async () => {
    await look('run');
    await shop.killSearch();
    shop.deploy('2.0.0');
    await look('triage');
    const hanging = startGonogo(['run'], {
      cwd: shop.folder,
      variables: { ...shop.variables, FRONT_URL: shop.variables.SILENT_URL },
    });
    await hanging.says('search');
    hanging.kill('SIGKILL');
    await hanging.ended;
    await look('run');
    await shop.startSearch();
    await look('run');
  }, 60_000);

  test('tells every fact as the history has it', async () => {
    const [good = '', first = '', second = '', mended = ''] = ids;
    const text = await review('--from', first, '--to', mended);
    expect(text).toContain(`- Last good run: \`${good}\`, `);
    expect(text).toContain(`- First bad run: \`${first}\`, `);
    expect(text).toContain(`- Looked at: 3 runs, \`${first}\` to \`${mended}\``);
    expect(text).toContain('- Not told: 1 run between them that was killed');
    expect(text).toContain('- `health` headers.x-app-version: `"1.4.2"` to `"2.0.0"`');
    expect(text).toMatch(/\| shop \| `search` \| \S+ \S+ UTC \| \S+ \S+ UTC \| .+ \| 2 \| `connect-refused` \|/);
    expect(text).toMatch(/- \S+ \S+ UTC `search` breaks: `connect-refused`/);
    expect(text).toMatch(/- \S+ \S+ UTC the verdict becomes \*\*NO-GO\*\* \(it was GO\)/);
    expect(text).toMatch(/- \S+ \S+ UTC `search` is good again/);
    expect(text).toContain('- [ ] see whether `shop.md#search-is-down` was right and enough');
    expect(text).not.toContain('It is not over');
    const results: readonly KeptResult[] = JSON.parse((await ask('history', 'search', '--json')).stdout);
    const at = (run: string): string =>
      `${results
        .find((one) => one.run === run)
        ?.at.slice(0, 19)
        .replace('T', ' ')} UTC`;
    expect(text).toContain(`| \`search\` | ${at(first)} | ${at(mended)} |`);
    expect(second).not.toBe('');
  });

  test('knows what was before and after the runs that were asked for', async () => {
    const [good = '', first = '', second = '', mended = ''] = ids;
    const text = await review('--from', second, '--to', second);
    expect(text).toContain(`- Last good run: \`${good}\``);
    expect(text).toMatch(new RegExp(`- First bad run: \`${first}\`, .*; it is before the runs that were asked for`));
    expect(text).toContain('- Bad for: longer than these runs');
    expect(text).toContain(`After these runs, \`search\` was good again: \`${mended}\``);
    expect(text).not.toContain('- [ ] mend');
  });
});
