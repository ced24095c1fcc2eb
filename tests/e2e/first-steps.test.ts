import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStack } from '../stack/stack.ts';
import { gonogo } from './gonogo.ts';
import { startTarget } from './target.ts';

/** What a newcomer types first. */
let target: Awaited<ReturnType<typeof startTarget>>;
let stack: Awaited<ReturnType<typeof startStack>>;
let folder: string;

beforeAll(async () => {
  target = await startTarget();
  stack = await startStack('broken');
  folder = mkdtempSync(join(tmpdir(), 'gonogo-first-'));
});
afterAll(async () => {
  await Promise.all([target.close(), stack.close()]);
  rmSync(folder, { recursive: true, force: true });
});

test('init writes a file that is valid, runs, and ends in GO against something that works', async () => {
  const init = await gonogo(['init', '--url', `${target.url}/ok`], { cwd: folder });
  expect(init.exit).toBe(0);
  const validate = await gonogo(['validate', '--strict'], { cwd: folder });
  expect({ exit: validate.exit, stdout: validate.stdout }).toEqual({
    exit: 0,
    stdout: 'gonogo.yaml is valid: 1 check, 1 gate, 1 runbook section\n',
  });
  expect(await gonogo(['run', '--quiet'], { cwd: folder })).toMatchObject({ exit: 0 });
});

test('the file of init is NO-GO with its owner and runbook steps when the service is gone', async () => {
  const { exit, stdout } = await gonogo(['run', '--quiet'], {
    cwd: folder,
    variables: { SERVICE_URL: 'http://127.0.0.1:9/' },
  });
  expect(exit).toBe(1);
  expect(stdout).toContain('connect-refused');
  expect(stdout).toContain('#my-team');
  expect(stdout).toContain(
    'runbooks/service.md#service\n               1. See whether it runs: `systemctl status my-service`',
  );
});

test('probe domain gives the whole diagnosis of a redirect loop without a file', async () => {
  const { SITES_HTTP_PORT, SITES_HTTPS_PORT, SITES_CA, NAME_SERVER } = stack.environment;
  const sets = [
    `http-port=${SITES_HTTP_PORT}`,
    `https-port=${SITES_HTTPS_PORT}`,
    `resolver=${NAME_SERVER}`,
    `tls={ca: ${SITES_CA}}`,
  ];
  const { exit, stdout } = await gonogo([
    'probe',
    'domain',
    'echome.example',
    ...sets.flatMap((set) => ['--set', set]),
  ]);
  expect(exit).toBe(1);
  for (const text of ['addresses: 127.0.0.1', 'loop of 2: scheme ping-pong', 'verified: true', 'redirect-loop']) {
    expect(stdout).toContain(text);
  }
});

test('probe mcp calls the tool that is named and shows that there is no index', async () => {
  const { exit, stdout } = await gonogo([
    'probe',
    'mcp',
    `${stack.environment.SUPPORT_URL}/mcp`,
    '--set',
    'tool=query_support',
    '--set',
    'arguments={query: refunds}',
  ]);
  expect(exit).toBe(1);
  expect(stdout).toContain('No latest index found');
  expect(stdout).toContain('index-missing');
});

test('schema prints what is published', async () => {
  const { stdout } = await gonogo(['schema']);
  expect(stdout).toBe(readFileSync(join(import.meta.dirname, '..', '..', 'schema', 'gonogo.schema.json'), 'utf8'));
});
