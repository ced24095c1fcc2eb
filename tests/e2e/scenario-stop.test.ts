import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { gonogo, startGonogo } from './gonogo.ts';
import { startShop, type Shop } from './smoke-pack/shop.ts';

/** What a scenario leaves behind when its run is stopped from outside: a cleanup that was done, and a report. */

let folder: string;
let shop: Shop;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-stop-'));
  shop = await startShop();
});
afterEach(async () => {
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const CREATE =
  "{ name: create, http: { url: '${env.SHOP}/tasks', json: { title: a } }, expect: { status: 201 }, capture: { id: $.id } }";
const SLOW = "{ name: slow, http: '${env.SHOP}/slow', timeout: 30s }";
const DELETE = "{ name: delete, http: { method: DELETE, url: '${env.SHOP}/tasks/${captured.id}' } }";

const scenario = (steps: readonly string[], cleanup: readonly string[], id = 'flow', more = ''): string =>
  [
    `  ${id}:`,
    ...(more === '' ? [] : [`    ${more}`]),
    '    steps:',
    ...steps.map((step) => `      - ${step}`),
    '    cleanup:',
    ...cleanup.map((step) => `      - ${step}`),
  ].join('\n');

const FLOW = scenario([CREATE, SLOW, "{ name: after, http: '${env.SHOP}/new' }"], [DELETE]);

/** Starts a run of these scenarios; it is in the middle of a step when the shop was asked for that. */
const start = (scenarios: string, head = '') => {
  writeFileSync(join(folder, 'gonogo.yaml'), `version: 1\n${head}scenarios:\n${scenarios}\n`);
  const out = join(folder, 'out');
  const run = startGonogo(['run', '-q', '--no-history', '--out', out], { cwd: folder, variables: { SHOP: shop.url } });
  const asked = async (path: string): Promise<void> => {
    while (!shop.requests.some((one) => one.includes(path))) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const report = (): Run => JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  return { ...run, asked, report, out };
};

const stepsOf = ({ scenarios: [flow] }: Run): readonly string[] =>
  [...(flow?.steps ?? []), ...(flow?.cleanup ?? [])].map(({ name, outcome, leftOut }) =>
    leftOut ? `${name} left out` : `${name} ${outcome}`,
  );

describe('a run that is stopped in the middle of a step', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s cleans up, writes its report and exits with %i', async (signal, exit) => {
    const run = start(FLOW);
    await run.asked('/slow');
    const stoppedMs = performance.now();
    run.kill(signal);
    const ended = await run.ended;
    expect(ended.exit).toBe(exit);
    expect(performance.now() - stoppedMs).toBeLessThan(5000);
    expect(shop.requests.map((one) => one.split(' | ')[0])).toEqual(['POST /tasks', 'GET /slow', 'DELETE /tasks/1']);
    const told = run.report();
    expect(told).toMatchObject({ verdict: 'HOLD', run: { complete: false, interruptedBy: signal } });
    expect(stepsOf(told)).toEqual(['create pass', 'slow unknown', 'after blocked', 'cleanup/delete pass']);
    expect(told.scenarios[0]?.steps[1]).toMatchObject({ reasonCode: 'cancelled' });
    expect(readFileSync(join(run.out, 'report.html'), 'utf8')).toContain('stopped by');
    expect(ended.stdout).toContain('HOLD');
  });

  test('by its own deadline does the same', async () => {
    const run = start(FLOW, 'defaults: { deadline: 700ms }\n');
    expect((await run.ended).exit).toBe(3);
    expect(shop.requests.at(-1)).toBe('DELETE /tasks/1');
    expect(run.report()).toMatchObject({ verdict: 'HOLD', run: { complete: false, interruptedBy: 'deadline' } });
  });

  test('says that what was sent may have taken effect, and sends it once', async () => {
    const create = "{ name: create, http: { url: '${env.SHOP}/tasks/slow', json: {} }, capture: { id: $.id } }";
    const run = start(scenario([create], [DELETE]), 'defaults: { retry: { attempts: 5, delay: 1ms } }\n');
    await run.asked('/tasks/slow');
    run.kill('SIGINT');
    expect((await run.ended).exit).toBe(130);
    expect(shop.requests).toHaveLength(1);
    const [flow] = run.report().scenarios;
    expect(flow?.steps[0]?.message).toContain('what was sent may have taken effect, and nobody knows');
    expect(flow?.cleanup[0]).toMatchObject({ outcome: 'unknown', leftOut: false });
    expect(flow?.cleanup[0]?.message).toContain('the step "create" may have made something');
  });

  test('leaves no program behind', async () => {
    const commands = [
      `{ name: tell, http: '\${env.SHOP}/new' }`,
      `{ command: { argv: [sh, -c, 'echo $$ > pid.part; mv pid.part pid; exec sleep 60'], cwd: '${folder}' }, timeout: 30s }`,
    ];
    const run = start(scenario(commands, ["{ http: '${env.SHOP}/typed' }"]));
    await expect.poll(() => existsSync(join(folder, 'pid')), { timeout: 15_000 }).toBe(true);
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    expect(isRunning(pid)).toBe(true);
    run.kill('SIGINT');
    expect((await run.ended).exit).toBe(130);
    expect(isRunning(pid)).toBe(false);
    expect(shop.requests).toEqual(['GET /new', 'GET /typed']);
  });
});

/** Whether a process is there; signal 0 only asks. */
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a cleanup that hangs', () => {
  const hanging = "{ name: hang, http: { method: POST, url: '${env.SHOP}/slow' }, timeout: 300ms }";

  test('ends by its own time, and what comes after it is done', async () => {
    const run = start(scenario([CREATE, "{ http: '${env.SHOP}/tasks/slow', timeout: 30s }"], [hanging, DELETE]));
    await run.asked('/tasks/slow');
    run.kill('SIGINT');
    expect((await run.ended).exit).toBe(130);
    expect(shop.requests.at(-1)).toBe('DELETE /tasks/1');
    expect(stepsOf(run.report()).slice(-2)).toEqual(['cleanup/hang unknown', 'cleanup/delete pass']);
  });

  test('is not waited for after a second signal; what is known is in the journal', async () => {
    const long = hanging.replace('300ms', '30s');
    const run = start(scenario([CREATE, "{ http: '${env.SHOP}/tasks/slow', timeout: 30s }"], [long, DELETE]));
    await run.asked('/tasks/slow');
    run.kill('SIGINT');
    await run.asked('POST /slow');
    const stoppedMs = performance.now();
    run.kill('SIGINT');
    expect((await run.ended).exit).toBe(130);
    expect(performance.now() - stoppedMs).toBeLessThan(2000);
    const judged = await gonogo(['judge', run.out, '--report', 'json']);
    expect(judged.exit).toBe(3);
    expect(stepsOf(JSON.parse(judged.stdout))).toContain('create pass');
  });
});

test('a scenario that had not begun when the run was stopped has nothing to clean up', async () => {
  const sweep = "{ name: sweep, http: { method: POST, url: '${env.SHOP}/echo' } }";
  const first = scenario([SLOW], [sweep], 'first', 'mutex: one');
  const run = start(`${first}\n${scenario([SLOW], [sweep], 'second', 'mutex: one')}`);
  await run.asked('/slow');
  run.kill('SIGINT');
  expect((await run.ended).exit).toBe(130);
  expect(shop.requests).toEqual(['GET /slow', 'POST /echo']);
  const second = run.report().scenarios.find(({ id }) => id === 'second');
  expect(second?.cleanup[0]).toMatchObject({ leftOut: true });
});
