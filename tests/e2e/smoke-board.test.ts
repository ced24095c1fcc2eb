import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run, ScenarioResult } from '../../src/model/run.ts';
import { startBoard } from '../stack/board.ts';
import { startGonogo } from './gonogo.ts';
import { type Act, gatesOf, runInto } from './run-into.ts';

/** The smoke gate of the board, in a real browser: broken, healed, one row alone, and stopped in the middle. */
type Name = 'broken' | 'healed' | 'one-row';

const PASSWORD = 'correct-horse-battery-staple';
const FILE = 'smoke/board.yaml';

let folder: string;
let board: Awaited<ReturnType<typeof startBoard>>;
const acts = new Map<Name, Act & { readonly tasksLeft: number }>();

const of = (name: Name) => {
  const found = acts.get(name);
  if (found === undefined) throw new Error(`no act ${name}`);
  return found;
};

const scenarioOf = (name: Name, id: string): ScenarioResult => {
  const found = of(name).run.scenarios.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`no scenario ${id}`);
  return found;
};

const variables = () => ({
  BOARD_URL: board.url,
  BOARD_PASSWORD: PASSWORD,
  ...(process.env['CHROMIUM_PATH'] === undefined ? {} : { CHROMIUM_PATH: process.env['CHROMIUM_PATH'] }),
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-smoke-board-'));
  board = await startBoard('broken', PASSWORD);
  const act = async (name: Name, ...argv: readonly string[]): Promise<void> => {
    const done = await runInto(join(folder, name), FILE, { variables: variables(), argv: ['--no-history', ...argv] });
    acts.set(name, { ...done, tasksLeft: board.tasks().length });
  };
  await act('broken');
  board.setState('healed');
  await act('healed');
  await act('one-row', '--only', 'task-workflow[conductor]');
}, 180_000);

afterAll(async () => {
  await board.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Each step that did not pass, with its outcome and reason. */
const brokenSteps = ({ scenarios }: Run): readonly string[] =>
  scenarios.flatMap(({ id, steps, cleanup }) =>
    [...steps, ...cleanup]
      .filter(({ outcome }) => outcome !== 'pass')
      .map(({ name, outcome, reasonCode }) => `${id}: ${name} ${outcome} ${reasonCode}`),
  );

describe('broken', () => {
  test('is NO-GO, at exactly the steps that are broken', () => {
    const { run, ended } = of('broken');
    expect([run.verdict, ended.exit]).toEqual(['NO-GO', 1]);
    const rows = ['landing', 'conductor', 'echome'].flatMap((repo) => [
      `task-workflow[${repo}]: complete fail http-5xx`,
      `task-workflow[${repo}]: stays-done blocked needs-failed`,
    ]);
    expect(brokenSteps(run)).toEqual([
      'dashboard: browser fail assertion-failed',
      'dashboard: browser/a new task appears, and the live status counts it fail assertion-failed',
      ...rows,
      'search: page-second fail assertion-failed',
    ]);
    expect(gatesOf(run)).toEqual({ smoke: 'NO-GO 2/7' });
  });

  test('each scenario that fails leads to the section of the runbook that fits', () => {
    const failed = of('broken').run.scenarios.filter(({ outcome }) => outcome === 'fail');
    expect(Object.fromEntries(failed.map(({ id, runbook }) => [id, runbook?.anchor]))).toEqual({
      dashboard: 'pages-and-api-disagree',
      'task-workflow[landing]': 'acts-fail',
      'task-workflow[conductor]': 'acts-fail',
      'task-workflow[echome]': 'acts-fail',
      search: 'pages-and-api-disagree',
    });
  });

  test('names the failed test of the spec with its place, what was seen, its screenshot and its error', () => {
    const failed = scenarioOf('broken', 'dashboard').steps.find(({ name }) => name.includes('a new task'));
    expect(failed?.source).toMatchObject({ file: 'smoke/dashboard.spec.ts', line: 30 });
    expect(failed?.message).toMatch(/^acts in the live status: Expected: > 0; Received: 0 \(line \d+\)$/);
    const [picture = '', context = ''] = failed?.evidence.toSorted().toReversed() ?? [];
    expect([picture, context]).toEqual([
      'evidence/dashboard-browser/1-dashboard.spec.ts-30-test-failed-1.png',
      'evidence/dashboard-browser/1-dashboard.spec.ts-30-error-context.md',
    ]);
    const bytes = readFileSync(join(folder, 'broken', picture));
    expect([bytes.subarray(1, 4).toString(), bytes.length > 5000]).toEqual(['PNG', true]);
    expect(readFileSync(join(folder, 'broken', context), 'utf8')).toContain('# Error details');
  });

  test('shows that the page finds less than the API', () => {
    expect(scenarioOf('broken', 'search').message).toMatch(/1 found for .* does not contain "Limits of a refund"/);
  });

  test('keeps evidence of what failed, and of pages whose text was asked for', () => {
    const kept = readdirSync(join(folder, 'broken', 'evidence')).toSorted();
    expect(kept).toEqual(['dashboard-browser', 'search-page', 'search-page-second']);
  });

  test('is a contradiction: the health endpoint says that all is well', () => {
    expect(of('broken').run.contradictions).toMatchObject([{ component: 'board' }]);
  });

  test('is a case for each test in the JUnit of the same run', async () => {
    const { ended } = startGonogo(['report', join(folder, 'broken'), '--report', 'junit'], {});
    const { stdout } = await ended;
    expect(stdout).toMatch(/<testcase [^>]*a new task appears[^>]*>/);
    expect(stdout.match(/<testcase [^>]*browser\//g)).toHaveLength(3);
  });
});

describe('healed', () => {
  test('is GO: every step of every scenario passed', () => {
    const { run, ended } = of('healed');
    expect([run.verdict, ended.exit]).toEqual(['GO', 0]);
    expect(brokenSteps(run)).toEqual([]);
    expect(gatesOf(run)).toEqual({ smoke: 'GO 7/7' });
  });

  test('a page of YAML signs in, and the step after it is signed in by its cookie', () => {
    expect(scenarioOf('healed', 'sign-in-page').steps.map(({ name, kind, outcome }) => [name, kind, outcome])).toEqual([
      ['sign-in', 'page', 'pass'],
      ['stays-signed-in', 'http', 'pass'],
    ]);
  });

  test('a spec is a step for each of its tests, each with its own time', () => {
    const steps = scenarioOf('healed', 'dashboard').steps.map(({ name, outcome }) => `${name} ${outcome}`);
    expect(steps).toEqual([
      'browser pass',
      'browser/the live status is there after signing in pass',
      'browser/a new task appears, and the live status counts it pass',
      'browser/a wrong password is refused pass',
    ]);
    const times = new Set(scenarioOf('healed', 'dashboard').steps.map(({ startedAt }) => startedAt));
    expect(times.size).toBe(4);
  });
});

test('one row of the matrix runs alone, with what it needs', () => {
  const { run, ended } = of('one-row');
  expect(run.scenarios.map(({ id, outcome }) => [id, outcome])).toEqual([['task-workflow[conductor]', 'pass']]);
  expect(run.checks.map(({ id }) => id)).toEqual(['board-up']);
  expect([run.verdict, ended.exit]).toEqual(['HOLD', 3]);
});

test.each<Name>(['broken', 'healed', 'one-row'])(
  '%s: nothing is left on the board, and the password nowhere',
  (name) => {
    expect(of(name).tasksLeft).toBe(0);
    expect(of(name).everything).not.toContain(PASSWORD);
  },
);

test('a run that is stopped while a spec has a task on the board removes it, and says what was not settled', async () => {
  board.setState('broken');
  const out = join(folder, 'stopped');
  const argv = ['run', '-c', FILE, '--no-history', '--out', out, '--only', 'dashboard'];
  const started = startGonogo(argv, { variables: variables() });
  for (let waited = 0; waited < 60_000 && board.tasks().length === 0; waited += 50) await sleep(50);
  expect(board.tasks()).toHaveLength(1);
  started.kill('SIGINT');
  const { exit } = await started.ended;
  const run: Run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  expect([exit, run.run.complete]).toEqual([130, false]);
  expect(run.scenarios[0]?.cleanup.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['cleanup/sign-in/ask', 'pass'],
    ['cleanup/remove', 'pass'],
  ]);
  expect(board.tasks()).toEqual([]);
}, 90_000);
