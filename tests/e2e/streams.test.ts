import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { gonogo, ROOT, startGonogo } from './gonogo.ts';
import { startTarget } from './target.ts';

let target: Awaited<ReturnType<typeof startTarget>>;
let folder: string;

beforeAll(async () => {
  target = await startTarget();
  folder = mkdtempSync(join(tmpdir(), 'gonogo-streams-'));
  const file = `version: 1
name: streams
checks:
  quick: { http: '${target.url}/ok' }
  slow: { http: '${target.url}/slow' }
`;
  writeFileSync(join(folder, 'gonogo.yaml'), file);
});
afterAll(async () => {
  await target.close();
  rmSync(folder, { recursive: true, force: true });
});

const runOf = (out: string): Run => JSON.parse(readFileSync(join(folder, out, 'run.json'), 'utf8'));

test('stdout is exactly the report that was asked for, and progress goes to stderr', async () => {
  const { stdout, stderr, exit } = await gonogo(['run', 'quick', '--report', 'json', '--out', 'json'], { cwd: folder });
  expect(JSON.parse(stdout)).toEqual(runOf('json'));
  expect(stderr).toContain('quick');
  expect(exit).toBe(3);
});

test('a report of every format is written where it was asked for', async () => {
  const wanted = ['console', 'markdown', 'json', 'junit', 'html'];
  const reports = wanted.flatMap((format) => ['--report', `${format}=all/asked.${format}`]);
  await gonogo(['run', '--only', 'quick', '--out', 'all', '--quiet', ...reports], { cwd: folder });
  for (const format of wanted) expect(readFileSync(join(folder, 'all', `asked.${format}`), 'utf8')).toContain('quick');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s in the middle of a run writes the partial report and exits with %i', async (signal, code) => {
  const run = startGonogo(['run', '--out', signal], { cwd: folder });
  await run.says('pass    quick');
  run.kill(signal);
  const { exit, stdout } = await run.ended;
  expect(exit).toBe(code);
  const { verdict, run: head, checks } = runOf(signal);
  expect({ verdict, complete: head.complete, by: head.interruptedBy }).toEqual({
    verdict: 'HOLD',
    complete: false,
    by: signal,
  });
  expect(checks.map(({ id, outcome, reasonCode }) => [id, outcome, reasonCode])).toEqual([
    ['quick', 'pass', null],
    ['slow', 'unknown', 'cancelled'],
  ]);
  expect(stdout).toContain('HOLD');
});

test('a run that was killed can still be judged from its journal, and is not a GO', async () => {
  const run = startGonogo(['run', '--out', 'killed'], { cwd: folder });
  await run.says('pass    quick');
  run.kill('SIGKILL');
  await run.ended;
  const { exit, stdout } = await gonogo(['judge', 'killed'], { cwd: folder });
  expect(exit).toBe(3);
  expect(stdout).toContain('HOLD');
});

test.each(['run --only quick --out gone --quiet', 'schema', 'explain', 'list', '--help'])(
  'a reader that goes away early is no stack trace and no exit code 0: gonogo %s',
  async (argv) => {
    const command = `${process.execPath} ${join(ROOT, 'src', 'main.ts')} ${argv} | true; echo "exit \${PIPESTATUS[0]}"`;
    const child = spawn('bash', ['-c', command], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    await new Promise((resolve) => child.once('close', resolve));
    expect(output).toMatch(/exit 4\n/);
    expect(output).not.toMatch(/\n\s+at /);
  },
);

test('a report folder that cannot be written is said before anything is probed', async () => {
  writeFileSync(join(folder, 'a-file'), '');
  const { exit, stderr, stdout } = await gonogo(['run', '--out', 'a-file'], { cwd: folder });
  expect(exit).toBe(2);
  expect(stderr).toContain('the report folder');
  expect(stderr).not.toContain('quick');
  expect(stdout).toBe('');
});

test('reports/latest points at the newest run', async () => {
  await gonogo(['run', '--only', 'quick', '--quiet'], { cwd: folder });
  const { exit, stdout } = await gonogo(['judge', 'reports/latest', '--report', 'json'], { cwd: folder });
  expect(exit).toBe(3);
  expect(JSON.parse(stdout).checks).toHaveLength(1);
});
