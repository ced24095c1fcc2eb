import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gonogo } from '../e2e/gonogo.ts';
import { ANSWER_CASES } from './answer-cases.ts';
import { RUN, type Case, type Stage, type Urls } from './case.ts';
import { FILE_CASES } from './file-cases.ts';
import { GATE_CASES } from './gate-cases.ts';
import { MACHINE_CASES } from './machine-cases.ts';
import { RUN_CASES } from './run-cases.ts';
import { SELECTION_CASES } from './selection-cases.ts';
import { startTargets } from './target.ts';

/** Ways to end green wrongly, each against the real command line. None of them may exit 0. */
const CASES = [...FILE_CASES, ...SELECTION_CASES, ...ANSWER_CASES, ...MACHINE_CASES, ...GATE_CASES, ...RUN_CASES];

let targets: Awaited<ReturnType<typeof startTargets>>;
beforeAll(async () => {
  targets = await startTargets();
});
afterAll(() => targets.close());

/** The addresses, and the port of each, for what takes a port alone. */
const variablesOf = (urls: Urls): Urls =>
  Object.fromEntries(
    Object.entries(urls).flatMap(([name, url]) => [
      [name, url],
      [`${name}_PORT`, /\d+$/.exec(url)?.[0] ?? ''],
    ]),
  );

const play = async ({ file, files = {}, argv = RUN, variables = {}, act }: Case) => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-false-green-'));
  try {
    const all = { 'gonogo.yaml': `version: 1\n${file}`, 'ca.pem': targets.urls['AUTHORITY'] ?? '', ...files };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const known = { ...variablesOf(targets.urls), ...variables };
    const stage: Stage = { folder, urls: known, run: (...words) => gonogo(words, { cwd: folder, variables: known }) };
    return await (act === undefined ? stage.run(...argv) : act(stage));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const atOnce = pLimit(2);

describe('nothing is green because', () => {
  test.concurrent.each(CASES)('$name', { timeout: 120_000 }, async (one) => {
    const { exit, stdout, stderr } = await atOnce(() => play(one));
    const said = `${stdout}\n${stderr}`.replaceAll(/\s+/g, ' ');
    expect({ exit, said }).toEqual({ exit: one.exit, said: expect.stringContaining(one.says) });
  });

  test('the list is long, and none of it asks for a green end', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(60);
    expect(CASES.filter(({ exit }) => exit === 0)).toEqual([]);
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  });
});

test('what all of them are built on is green by itself', async () => {
  const { exit, stdout } = await play({
    name: '',
    file: 'checks:\n  here: { files: { glob: gonogo.yaml } }\n',
    exit: 0,
    says: '',
  });
  expect([exit, stdout.startsWith('GO')]).toEqual([0, true]);
});
