import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gonogo, ROOT } from './gonogo.ts';
import { startTarget } from './target.ts';

/**
 * One folder a case in `tests/golden/cli/`: `command` (a line of arguments), files that the command reads, and what came
 * of it in `stdout`, `stderr` and `exit`. `UPDATE_GOLDEN=1 npx vitest run tests/e2e/command-line.test.ts` rewrites them.
 */
const CASES = join(ROOT, 'tests', 'golden', 'cli');
const EXPECTED = ['stdout', 'stderr', 'exit'];
const update = process.env['UPDATE_GOLDEN'] === '1';

let target: Awaited<ReturnType<typeof startTarget>>;
beforeAll(async () => {
  target = await startTarget();
});
afterAll(() => target.close());

/** What differs from run to run becomes a word; columns that it moved are closed up. */
const steady = (text: string, folder: string): string =>
  text
    .replaceAll(folder, '<folder>')
    .replaceAll(target.url, 'http://target.test')
    .replaceAll(new URL(target.url).host, 'target.test')
    .replaceAll(/\d{8}-\d{6}-[a-z0-9]+/g, '<run-id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '<time>')
    .replaceAll(/^( +(?:duration|dns|connect|tls|request|wait|transfer|other|total)): [\d.]+$/gm, '$1: <ms>')
    .replaceAll(/[ ]*\b\d+(?:\.\d+)? (?:ms|s)\b(?=[\s,)]|$)/gm, ' <duration>')
    .replaceAll(/ +(attempt \d+\/\d+, <duration>)$/gm, '  $1');

const argumentsOf = (folder: string): readonly string[] =>
  [
    ...readFileSync(join(folder, 'command'), 'utf8')
      .trim()
      .matchAll(/'([^']*)'|(\S+)/g),
  ].map(([, quoted, plain]) => quoted ?? plain ?? '');

describe.each(readdirSync(CASES))('%s', (name) => {
  test('prints and exits as recorded', { timeout: 30_000 }, async () => {
    const golden = join(CASES, name);
    const folder = mkdtempSync(join(tmpdir(), 'gonogo-case-'));
    cpSync(golden, folder, { recursive: true, filter: (file) => !EXPECTED.some((end) => file === join(golden, end)) });
    const { stdout, stderr, exit } = await gonogo(argumentsOf(golden), {
      cwd: folder,
      variables: { TARGET_URL: target.url, API_TOKEN: 'canary-7f3a9c-token' },
    });
    const seen = { stdout: steady(stdout, folder), stderr: steady(stderr, folder), exit: `${exit}\n` };
    rmSync(folder, { recursive: true, force: true });
    for (const [file, text] of Object.entries(seen)) {
      if (update) writeFileSync(join(golden, file), text);
      expect({ [file]: text }).toEqual({ [file]: readFileSync(join(golden, file), 'utf8') });
    }
    expect(existsSync(join(golden, 'exit'))).toBe(true);
    expect(stdout + stderr).not.toContain('canary-7f3a9c-token');
  });
});
