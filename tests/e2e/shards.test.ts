import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEntry } from '../../src/history/store.ts';
import type { Run } from '../../src/model/run.ts';
import { gonogo, type Ended } from './gonogo.ts';
import { startShop } from './shop.ts';

let shop: Awaited<ReturnType<typeof startShop>>;
const ask = (...argv: readonly string[]): Promise<Ended> =>
  gonogo(argv, { cwd: shop.folder, variables: shop.variables });
const runIn = (folder: string): Run => JSON.parse(readFileSync(join(shop.folder, folder, 'run.json'), 'utf8'));

const shards = (count: number, name: string): Promise<readonly Ended[]> =>
  Promise.all(
    Array.from({ length: count }, (_, at) =>
      ask('run', '-q', '--shard', `${at + 1}/${count}`, '--out', `${name}/${at + 1}`),
    ),
  );

/** What became of each check, and why. */
const outcomes = ({ checks }: Run) =>
  checks.map(({ id, outcome, reasonCode, message }) => ({ id, outcome, reasonCode, message }));

beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

describe('a run in parts', () => {
  test.each([
    ['all is well', 'well', 0],
    ['the search is down', 'down', 1],
  ])('has the verdict of the whole, merged in any order, when %s', async (_, name, exit) => {
    if (name === 'down') await shop.killSearch();
    const parts = await shards(3, name);
    const whole = await ask('run', '-q', '--no-history', '--out', `${name}/whole`);
    const merged = await ask('merge', `${name}/3`, `${name}/1`, `${name}/2`, '--out', `${name}/merged`);
    if (name === 'down') await shop.startSearch();
    expect(parts.every((part) => part.exit !== 0)).toBe(true);
    expect([whole.exit, merged.exit]).toEqual([exit, exit]);
    const [one, other] = [runIn(`${name}/merged`), runIn(`${name}/whole`)];
    expect(outcomes(one)).toEqual(outcomes(other));
    expect({ verdict: one.verdict, reasons: one.reasons, gates: one.gates }).toEqual({
      verdict: other.verdict,
      reasons: other.reasons,
      gates: other.gates,
    });
    expect(one.blockers.map(({ cause, affects }) => ({ cause, affects }))).toEqual(
      other.blockers.map(({ cause, affects }) => ({ cause, affects })),
    );
  });

  test('is a run like any other when it is merged: it can be judged again', async () => {
    const again = await ask('judge', 'well/merged', '--report', 'json');
    const run: Run = JSON.parse(again.stdout);
    expect({ exit: again.exit, verdict: run.verdict }).toEqual({ exit: 0, verdict: 'GO' });
  });

  test('is HOLD without one of its parts, and says which', async () => {
    const { exit, stdout } = await ask('merge', 'well/1', 'well/3', '--out', 'well/partly');
    expect(exit).toBe(3);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('its part of the run is missing: shard 2/3');
    expect(runIn('well/partly').verdict).toBe('HOLD');
  });

  test.each([
    [['well/1', 'well/1', 'well/2', 'well/3'], 'are both shard 1/3'],
    [['well/1', 'well/whole'], 'is a whole run'],
    [['well/nothing'], 'cannot be read'],
  ])('is a usage error from %j', async (names, message) => {
    const { exit, stderr } = await ask('merge', ...names, '--out', 'refused');
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining(message) });
    expect(existsSync(join(shop.folder, 'refused'))).toBe(false);
  });

  test('is never written over one of its parts', async () => {
    const { exit } = await ask('merge', 'well/1', 'well/2', 'well/3', '--out', 'well/1');
    expect(exit).toBe(2);
    expect(existsSync(join(shop.folder, 'well/1/journal.jsonl'))).toBe(true);
  });

  test('is remembered once, by the merge that knows its file', async () => {
    await ask('merge', '-q', 'well/1', 'well/2', 'well/3', '--out', 'well/remembered', '-c', 'gonogo.yaml');
    const runs: readonly RunEntry[] = JSON.parse((await ask('history', '--json')).stdout);
    expect(runs.map(({ id, verdict }) => [id, verdict])).toEqual([[runIn('well/remembered').run.id, 'GO']]);
  });

  test('brings its evidence along, and no file that a link in a part leads to', async () => {
    const journal = join(shop.folder, 'well/1/journal.jsonl');
    const lines = readFileSync(journal, 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('"type":"attempt"'));
    const event = JSON.parse(lines[at] ?? '');
    event.attempt.observation.evidence = ['evidence/front/page.png', 'evidence/front/link.txt', '../outside.txt'];
    writeFileSync(journal, lines.with(at, JSON.stringify(event)).join('\n'));
    const evidence = join(dirname(journal), 'evidence', 'front');
    mkdirSync(evidence, { recursive: true });
    writeFileSync(join(evidence, 'page.png'), 'a picture');
    symlinkSync('/etc/hostname', join(evidence, 'link.txt'));
    const { exit } = await ask('merge', '-q', 'well/1', 'well/2', 'well/3', '--out', 'well/with-evidence');
    expect(exit).toBe(0);
    const folder = join(shop.folder, 'well/with-evidence');
    expect(readFileSync(join(folder, 'evidence/front/page.png'), 'utf8')).toBe('a picture');
    expect(existsSync(join(folder, 'evidence/front/link.txt'))).toBe(false);
    expect(existsSync(join(folder, '../outside.txt'))).toBe(false);
  });
});

test('a part says what it is, and a wrong one is refused before anything is looked at', async () => {
  const { stderr, exit } = await ask('run', '--shard', '1/2', '--out', 'half');
  expect(stderr).toContain('shard 1/2: ');
  expect(stderr).toContain('gonogo merge gives the verdict');
  expect(exit).toBe(3);
  const asked = shop.asked();
  expect((await ask('run', '--shard', '3/2')).exit).toBe(2);
  expect(shop.asked()).toBe(asked);
});
