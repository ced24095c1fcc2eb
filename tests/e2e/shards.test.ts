import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEntry } from '../../src/history/store.ts';
import type { Run } from '../../src/model/run.ts';
import { gonogo, startGonogo, type Ended } from './gonogo.ts';
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
    event.attempt.observation.evidence = [
      'evidence/front/page.png',
      'evidence/front/link.txt',
      'evidence/etc/hostname',
      '../outside.txt',
    ];
    writeFileSync(journal, lines.with(at, JSON.stringify(event)).join('\n'));
    const evidence = join(dirname(journal), 'evidence', 'front');
    mkdirSync(evidence, { recursive: true });
    writeFileSync(join(evidence, 'page.png'), 'a picture');
    symlinkSync('/etc/hostname', join(evidence, 'link.txt'));
    symlinkSync('/etc', join(evidence, '..', 'etc'));
    const { exit } = await ask('merge', '-q', 'well/1', 'well/2', 'well/3', '--out', 'well/with-evidence');
    expect(exit).toBe(0);
    const folder = join(shop.folder, 'well/with-evidence');
    expect(readFileSync(join(folder, 'evidence/front/page.png'), 'utf8')).toBe('a picture');
    expect(existsSync(join(folder, 'evidence/front/link.txt'))).toBe(false);
    expect(existsSync(join(folder, 'evidence/etc'))).toBe(false);
    expect(existsSync(join(folder, '../outside.txt'))).toBe(false);
  });
});

describe('parts as pipelines leave them', () => {
  const started = (folder: string) => {
    const [line = ''] = readFileSync(join(shop.folder, folder, 'journal.jsonl'), 'utf8').split('\n');
    return JSON.parse(line);
  };

  test('of more machines than there are checks: an empty one is HOLD, and needed all the same', async () => {
    const parts = await shards(7, 'many');
    expect(parts.every(({ exit }) => exit === 3)).toBe(true);
    const names = parts.map((_, at) => `many/${at + 1}`);
    expect(names.some((name) => runIn(name).checks.length === 0)).toBe(true);
    expect((await ask('merge', '-q', ...names, '--out', 'many/merged')).exit).toBe(0);
    expect((await ask('merge', '-q', ...names.slice(0, -1), '--out', 'many/partly')).exit).toBe(3);
  });

  test('know the run of their pipeline, so that one left from another run of it is refused', async () => {
    const part = (number: number, pipeline: string) =>
      gonogo(['run', '-q', '--shard', `${number}/2`, '--out', `piped/${number}`], {
        cwd: shop.folder,
        variables: { ...shop.variables, GITHUB_RUN_ID: pipeline },
      });
    await Promise.all([part(1, '41'), part(2, '42')]);
    expect(started('piped/1').plan.shard.pipeline).toBe('GITHUB_RUN_ID=41');
    const { exit, stderr } = await ask('merge', 'piped/1', 'piped/2');
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining('one was made in GITHUB_RUN_ID=41') });
    await part(2, '41');
    expect((await ask('merge', '-q', 'piped/1', 'piped/2', '--out', 'piped/merged')).exit).toBe(0);
  });

  test('of which one was stopped by hand are HOLD', async () => {
    const stopped = startGonogo(['run', '-c', 'silent.yaml', '--shard', '2/2', '--out', 'stopped/2'], {
      cwd: shop.folder,
      variables: shop.variables,
    });
    await stopped.says('shard 2/2');
    await new Promise((resolve) => setTimeout(resolve, 500));
    stopped.kill('SIGTERM');
    expect((await stopped.ended).exit).toBeGreaterThan(0);
    await ask('run', '-q', '-c', 'silent.yaml', '--shard', '1/2', '--out', 'stopped/1');
    const { exit } = await ask('merge', '-q', 'stopped/1', 'stopped/2', '--out', 'stopped/merged');
    expect(runIn('stopped/merged')).toMatchObject({ run: { complete: false } });
    expect(exit).toBe(143);
    expect(['HOLD', 'NO-GO']).toContain(runIn('stopped/merged').verdict);
  });

  test('are merged with the file that they were run with, and with no other', async () => {
    const { exit, stderr } = await ask('merge', 'well/1', 'well/2', 'well/3', '-c', 'silent.yaml', '--out', 'refused');
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringContaining('is not what the parts were run with'),
    });
    const elsewhere = await ask('merge', 'well/1', 'well/2', 'well/3', '-c', 'gonogo.yaml', '-e', 'staging');
    expect(elsewhere).toMatchObject({ exit: 2, stderr: expect.stringContaining('without an environment') });
  });
});

describe('a history', () => {
  test('lets the parts take about the same time', async () => {
    writeFileSync(
      join(shop.folder, 'uneven.yaml'),
      `version: 1
checks:
${['slow', 'a', 'b', 'c', 'd', 'e']
  .map((id) => `  ${id}: { command: { argv: [node, -e, "setTimeout(() => {}, ${id === 'slow' ? 4000 : 20})"] } }`)
  .join('\n')}
`,
    );
    const partOf = async (number: number) => {
      await ask('run', '-q', '-c', 'uneven.yaml', '--shard', `${number}/2`, '--out', `uneven/${number}`);
      return runIn(`uneven/${number}`).checks.map(({ id }) => id);
    };
    expect(await partOf(1)).toEqual(['slow', 'b', 'd']);
    await ask('run', '-q', '-c', 'uneven.yaml', '--out', 'uneven/whole');
    expect([await partOf(1), await partOf(2)]).toEqual([['slow'], ['a', 'b', 'c', 'd', 'e']]);
    expect((await ask('merge', '-q', 'uneven/1', 'uneven/2', '--out', 'uneven/merged')).exit).toBe(0);
  }, 40_000);
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
