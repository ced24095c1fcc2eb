import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { type LimitRule, startRateLimited } from '../stack/rate-limited.ts';
import { gonogo, type Ended } from './gonogo.ts';

/** The readiness file over a real gateway, broken in four ways and then healed. */

const SEARCH = '/api/search?q=status';
const PATHS = [SEARCH, '/api/login', '/api/export', '/api/tasks'];

const HEALED: { readonly [path: string]: LimitRule } = {
  [SEARCH]: { capacity: 20, refillMs: 900 },
  '/api/login': { capacity: 5, refillMs: 900, headers: 'three' },
  '/api/export': { capacity: 10, refillMs: 900, headers: 'x', retryAfter: 'date' },
  '/api/tasks': { capacity: 10, refillMs: 900, headers: 'draft-7' },
};

const BROKEN: { readonly [path: string]: LimitRule } = {
  [SEARCH]: { capacity: null, refillMs: 900 },
  '/api/login': { capacity: 5, refillMs: 900, headers: 'none', retryAfter: 'none' },
  '/api/export': { capacity: 10, refillMs: 900, overflow: 'error', headers: 'none' },
  '/api/tasks': { capacity: 10, refillMs: 900, leaks: true },
};

const DECLARED = [40, 15, 30, 20];

type Act = { readonly ended: Ended; readonly run: Run; readonly counts: readonly number[] };

let gateway: Awaited<ReturnType<typeof startRateLimited>>;
let folder: string;
const acts = new Map<string, Act>();

const act = async (name: string, rules: typeof HEALED): Promise<void> => {
  gateway.setRules(rules);
  const out = join(folder, name);
  const variables = { API_SERVER: gateway.host };
  const ended = await gonogo(['run', '-c', 'checks/rate-limits.yaml', '--out', out], { variables });
  const run: Run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  acts.set(name, { ended, run, counts: PATHS.map(gateway.count) });
};

const of = (name: string): Act => {
  const found = acts.get(name);
  if (found === undefined) throw new Error(`no act ${name}`);
  return found;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-rate-limits-'));
  gateway = await startRateLimited(BROKEN);
  await act('broken', BROKEN);
  await act('healed', HEALED);
}, 60_000);

afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('broken', () => {
  test('is NO-GO, each path for its own reason, with its runbook section', () => {
    const { run, ended } = of('broken');
    expect({ verdict: run.verdict, exit: ended.exit }).toEqual({ verdict: 'NO-GO', exit: 1 });
    expect(run.checks.map(({ id, reasonCode, runbook }) => [id, reasonCode, runbook?.anchor])).toEqual([
      ['search-limit', 'rate-limit-absent', 'nothing-is-limited'],
      ['login-limit', 'retry-after-missing', 'no-retry-after'],
      ['export-limit', 'http-5xx', 'the-service-breaks'],
      ['tasks-limit', 'assertion-failed', 'it-does-not-let-go'],
    ]);
  });

  test('says what was seen', () => {
    const messages = of('broken').run.checks.map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringMatching(/^none of 40 requests in [\d.]+ m?s was limited: 40 x 200$/),
      '3 of 3 limited answers do not tell when to come back: there is no Retry-After',
      expect.stringMatching(/^the service failed under the burst: \d+ x 500 of \d+ answers$/),
      expect.stringMatching(/^the service still answers 429 [\d.]+ m?s after the burst, although it asked to wait/),
    ]);
  });
});

describe('healed', () => {
  test('is GO, with nothing left out', () => {
    const { run, ended } = of('healed');
    expect({ verdict: run.verdict, exit: ended.exit }).toEqual({ verdict: 'GO', exit: 0 });
    expect(run.checks.map(({ outcome, message }) => [outcome, message])).toEqual(run.checks.map(() => ['pass', '']));
  });
});

test.each(['broken', 'healed'])('%s: never more requests than declared, but for the one that looks again', (name) => {
  for (const [index, count] of of(name).counts.entries()) {
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThanOrEqual((DECLARED[index] ?? 0) + 1);
  }
});

test('a target that is not listed is not flooded: nothing runs at all', async () => {
  gateway.setRules(HEALED);
  const file = join(folder, 'unlisted.yaml');
  writeFileSync(
    file,
    `version: 1\nallow-bursts: ['127.0.0.1:9']\nchecks:\n  a:\n    burst: { url: 'http://${gateway.host}/api/tasks', requests: 5 }\n`,
  );
  const ended = await gonogo(['run', '-c', file, '--out', join(folder, 'unlisted')]);
  expect([ended.exit, gateway.count('/api/tasks')]).toEqual([2, 0]);
  expect(ended.stderr + ended.stdout).toContain(`burst would flood ${gateway.host}, which allow-bursts: does not list`);
});
