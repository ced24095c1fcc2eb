import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { gonogo } from './gonogo.ts';
import { startTarget } from './target.ts';

/** What stands around a check, whatever its kind: controls, maintenance, environments, credentials, limits, rows. */

let target: Awaited<ReturnType<typeof startTarget>>;
let folder: string;

beforeAll(async () => {
  target = await startTarget();
  folder = mkdtempSync(join(tmpdir(), 'gonogo-around-'));
});
afterAll(async () => {
  await target.close();
  rmSync(folder, { recursive: true, force: true });
});

let count = 0;

/** Runs a file; the exit code, the run and what was printed. */
const runOf = async (text: string, ...argv: readonly string[]) => {
  count += 1;
  const file = join(folder, `${count}.yaml`);
  const out = join(folder, `out-${count}`);
  writeFileSync(file, `version: 1\n${text}`);
  const variables = { TARGET: target.url };
  const ended = await gonogo(['run', '-c', file, '--out', out, '--no-history', '-q', ...argv], {
    cwd: folder,
    variables,
  });
  const run: Run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  const outcomes = Object.fromEntries(run.checks.map(({ id, outcome, reasonCode }) => [id, reasonCode ?? outcome]));
  return { ...ended, run, outcomes };
};

const GONE = 'http://127.0.0.1:1/';

describe('controls', () => {
  test('that cannot be reached turn a failure of the network into HOLD', async () => {
    const { exit, outcomes } = await runOf(`
controls: [up]
checks: { up: { http: '${GONE}' }, api: { http: '${GONE}' } }
gates: { launch: { must: [api] } }
`);
    expect(exit).toBe(3);
    expect(outcomes).toEqual({ up: 'control-failed', api: 'control-failed' });
  });

  test('that are good leave it NO-GO, and are asked even when only another check is selected', async () => {
    const { exit, outcomes } = await runOf(
      `
controls: [up]
checks: { up: { http: '\${env.TARGET}/ok' }, api: { http: '${GONE}' } }
gates: { launch: { must: [api] } }
`,
      'api',
    );
    expect(exit).toBe(1);
    expect(outcomes).toEqual({ up: 'pass', api: 'connect-refused' });
  });
});

test('a check under maintenance is not looked at, and a must among them is HOLD', async () => {
  const { exit, outcomes, stdout } = await runOf(`
maintenance:
  move: { title: the move, checks: [api], from: 2020-01-01T00:00:00Z, to: 2099-01-01T00:00:00Z }
checks: { api: { http: '${GONE}' }, other: { http: '\${env.TARGET}/ok' } }
`);
  expect(exit).toBe(3);
  expect(outcomes).toEqual({ api: 'not-run', other: 'pass' });
  expect(stdout).toContain('under maintenance now: the move');
});

test('a check of another environment is no part of the run, and says so', async () => {
  const text = `
environments: { staging: {}, production: {} }
checks:
  api: { http: '\${env.TARGET}/ok' }
  live: { http: '${GONE}', when: { environment: [production] } }
`;
  const staging = await runOf(text, '--environment', 'staging');
  expect(staging.exit).toBe(0);
  expect(staging.run.notChecked).toEqual([{ id: 'live', why: 'it counts in production only, not in staging' }]);
  expect((await runOf(text)).exit).toBe(3);
  expect((await runOf(text, '--environment', 'production')).exit).toBe(1);
});

test('an absent credential skips its check with a banner and holds the verdict; the others are looked at', async () => {
  const { exit, run, outcomes } = await runOf(`
secrets: [TOKEN_THAT_IS_ABSENT]
checks:
  api: { http: '\${env.TARGET}/ok' }
  private: { http: { url: '\${env.TARGET}/private', auth: { bearer: '\${secret.TOKEN_THAT_IS_ABSENT}' } } }
  needs-a-variable: { requires: [VARIABLE_THAT_IS_ABSENT], http: '\${env.TARGET}/ok' }
`);
  expect(exit).toBe(3);
  expect(outcomes).toEqual({ api: 'pass', private: 'missing-credential', 'needs-a-variable': 'missing-credential' });
  expect(run.banners.join('\n')).toMatch(/TOKEN_THAT_IS_ABSENT[\s\S]*VARIABLE_THAT_IS_ABSENT/);
});

test('each row of a matrix is a check of its own, and can be run alone', async () => {
  const text = `
checks:
  page: { matrix: { path: [ok, down] }, http: '\${env.TARGET}/\${matrix.path}' }
`;
  const all = await runOf(text);
  expect(all.exit).toBe(1);
  expect(all.outcomes).toEqual({ 'page[ok]': 'pass', 'page[down]': 'http-5xx' });
  const one = await runOf(text, '--only', 'page[ok]');
  expect(one.exit).toBe(3);
  expect(one.outcomes).toEqual({ 'page[ok]': 'pass' });
});

test('nothing that starts a program is looked at with --no-exec', async () => {
  const { exit, outcomes, stdout } = await runOf(`checks: { own: { command: 'true' } }`, '--no-exec');
  expect(exit).toBe(3);
  expect(outcomes).toEqual({ own: 'not-run' });
  expect(stdout).toContain('--no-exec forbids that');
});

test('checks of one mutex never overlap, whatever their targets', async () => {
  const { exit, run } = await runOf(`
checks:
  a: { mutex: one, command: { argv: [sleep, '0.2'] } }
  b: { mutex: one, command: { argv: [sleep, '0.2'] } }
  c: { mutex: one, command: { argv: [sleep, '0.2'] } }
`);
  expect(exit).toBe(0);
  const spans = run.checks
    .map(
      ({ startedAt, durationMs }) =>
        [Date.parse(startedAt ?? ''), Date.parse(startedAt ?? '') + (durationMs ?? 0)] as const,
    )
    .toSorted(([a], [b]) => a - b);
  // A millisecond of rounding: times are ISO texts.
  for (const [at, [begin]] of spans.entries()) expect(begin + 1).toBeGreaterThanOrEqual(spans[at - 1]?.[1] ?? 0);
});

test('samples are judged by their percentiles', async () => {
  const { exit, run } = await runOf(`
checks:
  fast: { http: '\${env.TARGET}/ok', samples: 20, expect: { status: 200, duration: { p95: { below: 5s }, p99: { above: 1h } } } }
`);
  expect(exit).toBe(1);
  expect(run.checks[0]?.facts['duration']).toMatchObject({ p50: expect.any(Number), p95: expect.any(Number) });
  expect(run.checks[0]?.expectations.filter(({ held }) => !held).map(({ fact }) => fact)).toEqual(['duration.p99']);
});

test('a program is run once, unless it says that it only looks', async () => {
  const slow = (name: string, more: string): string =>
    `{ timeout: 500ms, command: { argv: [sh, -c, 'echo once >> ${name}; sleep 60'], cwd: '${folder}'${more} } }`;
  const { outcomes } = await runOf(`
defaults: { retry: { attempts: 2, delay: 0s } }
checks:
  changes: ${slow('changes.txt', '')}
  looks: ${slow('looks.txt', ', side-effects: none')}
gates: { launch: { must: [changes, looks] } }
`);
  expect(outcomes).toEqual({ changes: 'timeout', looks: 'timeout' });
  const times = (name: string): number => readFileSync(join(folder, name), 'utf8').trim().split('\n').length;
  expect([times('changes.txt'), times('looks.txt')]).toEqual([1, 2]);
});
