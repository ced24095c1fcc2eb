import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { pidsIn, survivors } from '../process/test-processes.ts';
import { CouldNotLook } from '../probe.ts';
import { look } from './look.ts';
import { specContext, specFolder, specOf, type Kept } from './test-specs.ts';

// A runner, and often a browser, for each test: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** A test that fails, then one that opens a browser, starts a program and never ends. */
const HANGS = specOf(
  "import { spawn } from 'node:child_process';",
  "import { appendFileSync } from 'node:fs';",
  "test('fails first', () => { expect(1).toBe(2); });",
  "test('hangs', async ({ page }) => {",
  "  await page.setContent('<h1>Here</h1>');",
  "  const child = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });",
  "  appendFileSync('pids.txt', [process.ppid, process.pid, child.pid, ''].join('\\n'));",
  '  await new Promise(() => {});',
  '});',
);

const removers: (() => void)[] = [];
afterEach(() => removers.splice(0).forEach((remove) => remove()));

const ours = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('gonogo-playwright-'));

const browsersOf = (works: readonly string[]): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return works.some((work) => commandLine.includes(work));
      } catch {
        return false;
      }
    });

/** Runs the spec, stops it once it hangs, and answers how the look ended and which processes there were. */
const stopWhenHanging = async (reason: unknown) => {
  const { folder, remove } = specFolder({ 'a.spec.ts': HANGS });
  removers.push(remove);
  const kept: Kept = new Map();
  const before = ours();
  const controller = new AbortController();
  const context = specContext(folder, { signal: controller.signal, timeoutMs: 7000 }, kept);
  const looking = look({ spec: 'a.spec.ts' }, context).catch((error: unknown) => error);
  const pids = () => (readdirSync(folder).includes('pids.txt') ? readFileSync(join(folder, 'pids.txt'), 'utf8') : '');
  for (let waited = 0; waited < 30_000 && pids() === ''; waited += 50) await sleep(50);
  const works = ours().filter((name) => !before.includes(name));
  const browsers = browsersOf(works);
  const startedMs = performance.now();
  controller.abort(reason);
  const error = await looking;
  const tookMs = performance.now() - startedMs;
  if (!(error instanceof CouldNotLook)) throw new Error('it was not stopped', { cause: error });
  return {
    error,
    kept,
    browsers,
    started: pidsIn(pids()),
    tookMs,
    left: ours().filter((name) => works.includes(name)),
  };
};

test('when the time is over, runner, browser and all that a test started are gone, and what failed is kept', async () => {
  const { error, kept, browsers, started, tookMs, left } = await stopWhenHanging(new DOMException('', 'TimeoutError'));
  expect(error).toMatchObject({
    code: 'timeout',
    message: 'the specs did not end within 7s: 1 of 2 tests had ended, under way was "hangs" (a.spec.ts:5)',
    facts: { failed: 1, total: 2, 'not-run': 1, tests: [{ title: 'fails first', outcome: 'failed' }] },
  });
  expect([browsers.length > 0, started.length]).toEqual([true, 3]);
  expect(await survivors([...browsers, ...started])).toEqual([]);
  expect(left).toEqual([]);
  expect([...kept.keys()]).toContain('a.spec.ts-4-error-context.md');
  expect(tookMs).toBeLessThan(1000);
});

test('a run that is stopped says so, and leaves nothing either', async () => {
  const { error, browsers, started, left } = await stopWhenHanging(new Error('stopped'));
  expect(error).toMatchObject({ code: 'cancelled', message: expect.stringMatching(/^the specs were ended: 1 of 2/) });
  expect(await survivors([...browsers, ...started])).toEqual([]);
  expect(left).toEqual([]);
});
