import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLAIN_PASSWORD } from '../stack/hardening-files.ts';
import { GATEWAY_TOKEN, SHORT_VAULT_KEY, startHardening, VAULT_KEY } from '../stack/hardening.ts';
import { rememberRuns } from '../stack/remembered-runs.ts';
import { gonogo, ROOT } from './gonogo.ts';
import { type Act, flawsOf, gatesOf, orphansOf, runInto } from './run-into.ts';

/** A gateway with its agents: open and leaking, then closed, with a week of earlier runs behind it and without one. */
type Name = 'broken' | 'healed' | 'first-run' | 'no-token';

const FILE = join(ROOT, 'checks/hardening.yaml');

let folder: string;
let variables: { readonly [name: string]: string };
const acts = new Map<Name, Act>();

const of = (name: Name): Act => {
  const found = acts.get(name);
  if (found === undefined) throw new Error(`no act ${name}`);
  return found;
};

const messageOf = (name: Name, id: string): string | undefined =>
  of(name).run.checks.find((check) => check.id === id)?.message;

/** A folder whose history tells of a run every 15 minutes for a week, with so many hours of failures five days ago. */
const weekBehind = async (name: string, hoursDown: number): Promise<string> => {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  await runInto(join(cwd, 'before'), FILE, { variables, argv: [], cwd });
  const isGood = (hours: number): boolean => hours < 120 || hours > 120 + hoursDown;
  await rememberRuns({ cwd, check: 'gateway-answers', everyMinutes: 15, days: 7, isGood });
  return cwd;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-hardening-test-'));
  const system = await startHardening('healed');
  variables = system.environment;
  const act = async (name: Name, cwd: string): Promise<void> => {
    acts.set(name, await runInto(join(folder, `report-${name}`), FILE, { variables, argv: [], cwd }));
  };
  await act('first-run', folder);
  await act('healed', await weekBehind('good-week', 1));
  const bad = await weekBehind('bad-week', 4);
  const { GATEWAY_TOKEN: _, ...without } = system.environment;
  variables = without;
  await act('no-token', folder);
  system.setState('broken');
  variables = system.environment;
  await act('broken', bad);
  await system.close();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('broken', () => {
  test('is NO-GO, each check for its own reason, with the section of the runbook that fits', () => {
    const { run, ended } = of('broken');
    expect([run.verdict, ended.exit]).toEqual(['NO-GO', 1]);
    expect(flawsOf(run)).toEqual({
      'no-credential-files': 'fail file-present #credentials-in-plain-text',
      'no-secrets-in-configuration': 'fail file-invalid #credentials-in-plain-text',
      'private-keys': 'fail file-mode #a-key-can-be-read-by-others',
      'vault-key': 'fail variable-invalid #the-vault-key',
      'gateway-is-closed': 'fail http-status #the-gateway-is-open',
      'gateway-refuses': 'fail http-status #the-gateway-is-open',
      'gateway-uptime': 'fail uptime-low #too-little-uptime',
      'agents-registered': 'fail assertion-failed #an-agent-is-not-registered',
      'agent-beats[indexer]': 'fail heartbeat-missed #an-agent-is-silent',
      'runbook-exists[vault]': 'fail file-missing #a-runbook-is-missing',
      'runbook-exists[agents]': 'fail file-invalid #a-runbook-is-missing',
    });
    expect(run.checks).toHaveLength(15);
  });

  test.each([
    ['no-credential-files', 'jobs/.env.production'],
    ['no-secrets-in-configuration', 'gateway.yaml:3'],
    ['private-keys', 'keys/gateway.key has the permissions 0644'],
    ['agent-beats[indexer]', '47 min ago'],
    ['runbook-exists[agents]', 'Mitigation'],
  ])('%s says where: %s', (id, place) => {
    expect(messageOf('broken', id)).toContain(place);
  });

  test('comes with the most urgent first', () => {
    expect(
      of('broken')
        .run.blockers.map(({ priority }) => priority)
        .slice(0, 5),
    ).toEqual(['P0', 'P0', 'P0', 'P0', null]);
  });
});

describe('healed', () => {
  test('is GO: every criterion was looked at and passed', () => {
    const { run, ended } = of('healed');
    expect([run.verdict, ended.exit]).toEqual(['GO', 0]);
    expect(flawsOf(run)).toEqual({});
    expect(gatesOf(run)).toEqual({ hardening: 'GO 15/15' });
    expect(run.notChecked).toEqual([]);
  });

  test('counts the hour of failures in the week', () => {
    const facts = of('healed').run.checks.find(({ id }) => id === 'gateway-uptime')?.facts ?? {};
    expect(facts['uptime']).toBeGreaterThan(0.99);
    expect(facts['uptime']).toBeLessThan(0.995);
  });

  test('shows the week to whoever asks', async () => {
    const asked = ['history', 'gateway-answers', '-c', FILE];
    const { stdout, exit } = await gonogo(asked, { variables, cwd: join(folder, 'good-week') });
    expect([exit, stdout]).toEqual([0, expect.stringContaining('gateway-answers')]);
  });
});

test('without a week behind it nothing is known of uptime: HOLD, and that alone', () => {
  const { run, ended } = of('first-run');
  expect([run.verdict, ended.exit]).toEqual(['HOLD', 3]);
  expect(flawsOf(run)).toEqual({ 'gateway-uptime': 'unknown not-run #too-little-uptime' });
});

test('without our credential the rest is looked at, and what needs it waits', () => {
  const { run, ended } = of('no-token');
  expect([run.verdict, ended.exit]).toEqual(['HOLD', 3]);
  expect(ended.stdout).toMatch(/^! GATEWAY_TOKEN is not set, so this was skipped: gateway-answers/m);
  expect(flawsOf(run)).toMatchObject({ 'gateway-answers': 'skipped missing-credential #our-credential-is-refused' });
  expect(run.checks.filter(({ outcome }) => outcome === 'pass').map(({ id }) => id)).toContain('gateway-is-closed');
});

test.each(['broken', 'healed', 'first-run'] as const)(
  '%s: no key, credential or password is in any file of the report or in the output',
  (name) => {
    const { everything, run } = of(name);
    expect(orphansOf(run)).toEqual([]);
    for (const secret of [VAULT_KEY, SHORT_VAULT_KEY, GATEWAY_TOKEN, PLAIN_PASSWORD]) {
      expect(everything).not.toContain(secret);
    }
  },
);
