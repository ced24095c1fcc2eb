import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BlackHoleOrder, BlackHoleReport } from './black-holes.ts';
import { lookAt, plannedFrom } from './look.ts';
import { healthy } from './servers/wire.ts';
import { newStage } from './stage.ts';

const NAMES = 200;
/** What the others may add to the median of a look that is well. */
const MOST_ADDED_MS = 50;
/** From the end of the last look to the end of the process, on a busy machine. */
const MOST_EXIT_MS = 1000;

const stage = newStage();
let port: number;
let good: string;
let silent: string;

beforeAll(async () => {
  port = await stage.tcp((socket) => socket.end(healthy));
  good = await stage.dns({ 'good.test': { a: ['127.0.0.1'] } });
  silent = await stage.dns(
    Object.fromEntries(Array.from({ length: NAMES }, (_, at) => [`n${at}.test`, { answers: 'silent' as const }])),
  );
});

afterAll(() => stage.close());

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const run = async (order: Partial<BlackHoleOrder> & Pick<BlackHoleOrder, 'healthy'>) => {
  const child = spawn(process.execPath, ['tests/hostile/black-holes.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ silent, names: NAMES, looks: 15, stopAfterMs: null, ...order }));
  const closed = once(child, 'close');
  const stdout = await text(child.stdout);
  await closed;
  const report: BlackHoleReport = JSON.parse(stdout);
  return { report, exitCode: child.exitCode, exitMs: Date.now() - report.doneAt };
};

describe('200 names that no server answers about', () => {
  test.each([
    ['its name server answers', () => ({ url: `http://good.test:${port}/`, resolver: good })],
    ['its name is in the hosts file', () => ({ url: `http://localhost:${port}/` })],
    ['it is an address', () => ({ url: `http://127.0.0.1:${port}/` })],
  ])('change nothing for a target that is well when %s, and do not hold up the exit', async (_, target) => {
    const { report, exitCode, exitMs } = await run({ healthy: target() });
    expect(report).toMatchObject({ outcomes: ['pass'], lost: ['dns-timeout'] });
    expect(middle(report.beside) - middle(report.alone)).toBeLessThan(MOST_ADDED_MS);
    expect(exitCode).toBe(0);
    expect(exitMs).toBeLessThan(MOST_EXIT_MS);
  });

  test('are let go at once when the run is stopped', async () => {
    const { report, exitCode, exitMs } = await run({
      healthy: { url: `http://127.0.0.1:${port}/` },
      looks: 1,
      stopAfterMs: 100,
    });
    expect(report.lost).toEqual(['cancelled']);
    expect(exitCode).toBe(0);
    expect(exitMs).toBeLessThan(MOST_EXIT_MS);
  });
});

describe('the hosts file', () => {
  const name = readFileSync('/etc/hosts', 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*$/, '').trim().split(/\s+/))
    .flatMap(([address, ...names]) => (address === '127.0.0.1' ? names : []))
    .find((one) => !one.startsWith('localhost'));

  test.skipIf(name === undefined)('counts for every name in it, and not only for localhost', async () => {
    const seen = await lookAt(await plannedFrom({ http: `http://${name}:${port}/` }));
    expect(seen).toMatchObject({ outcome: 'pass', facts: { dns: { addresses: ['127.0.0.1'] } } });
  });

  test('does not count for a check that names its name server', async () => {
    const seen = await lookAt(
      await plannedFrom({ http: { url: `http://${name ?? 'localhost.test'}:${port}/`, resolver: good } }),
    );
    expect(seen).toMatchObject({ outcome: 'fail', code: 'dns-nxdomain' });
  });
});
