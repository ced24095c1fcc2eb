import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../src/model/run.ts';
import { startPostgres, type Postgres } from '../stack/postgres.ts';
import { makeTenants, TENANT_TABLES } from '../stack/tenants.ts';
import { gonogo, type Ended } from './gonogo.ts';

/** Row-level security of a real database, broken in five ways and then healed. */
type State = 'broken' | 'healed';
type Act = { readonly ended: Ended; readonly run: Run; readonly everything: string };

let postgres: Postgres;
let folder: string;
let tenants: Awaited<ReturnType<typeof makeTenants>>;
const acts = new Map<State, Act>();

const runInto = async (out: string, variables: { readonly [name: string]: string }): Promise<Act> => {
  const path = join(folder, out);
  const ended = await gonogo(['run', '-c', 'checks/row-level-security.yaml', '--out', path], { variables });
  const text = (name: string): string => readFileSync(join(path, name), 'utf8');
  const files = ['run.json', 'report.html', 'report.md', 'journal.jsonl'].map(text);
  return { ended, run: JSON.parse(text('run.json')), everything: [ended.stdout, ended.stderr, ...files].join('\n') };
};

const of = (state: State): Act => {
  const found = acts.get(state);
  if (found === undefined) throw new Error(`no act ${state}`);
  return found;
};

const checkOf = (act: Act, id: string) => act.run.checks.find((check) => check.id === id);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-tenants-'));
  postgres = await startPostgres();
  tenants = await makeTenants(postgres, 'broken');
  acts.set('broken', await runInto('broken', tenants.environment));
  await tenants.setState('healed');
  acts.set('healed', await runInto('healed', tenants.environment));
}, 60_000);

afterAll(async () => {
  await postgres.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('broken', () => {
  test('is NO-GO with exit code 1', () => {
    expect([of('broken').run.verdict, of('broken').ended.exit]).toEqual(['NO-GO', 1]);
  });

  test.each([
    ['tenant-tables', 'pass', null, ''],
    ['role-is-bound', 'pass', null, ''],
    ['rls-on', 'fail', 'rls-disabled', 'row-level security is off for app.invoices'],
    [
      'rls-forced',
      'fail',
      'rls-disabled',
      'row-level security is not forced for app.audit_log: the owner reads and writes every row',
    ],
    ['rls-policies', 'fail', 'policy-missing', 'too few policies: app.payments: 3 of 4'],
    ['rls-no-open-policy', 'fail', 'rls-disabled', 'a policy lets every row through: app.events: events_select'],
    [
      'rls-functions',
      'fail',
      'value-missing',
      'the function app.is_member is not there, and policies that call it cannot work',
    ],
    ['tenant-a-apart', 'fail', 'assertion-failed', '$[0].leaking: string "events, invoices" is not "none"'],
    ['tenant-b-apart', 'fail', 'assertion-failed', '$[0].leaking: string "events, invoices" is not "none"'],
    ['without-tenant', 'fail', 'assertion-failed', '$[0].leaking: string "events, invoices" is not "none"'],
  ])('%s is a %s with its own diagnosis', (id, outcome, reasonCode, message) => {
    expect(checkOf(of('broken'), id)).toMatchObject({ outcome, reasonCode, message });
  });

  test('leads from each broken thing to its own section of the runbook', () => {
    const sections = of('broken').run.blockers.map(({ cause, runbook }) => [cause.check, runbook?.anchor]);
    expect(sections).toEqual([
      ['rls-on', 'row-level-security-is-off'],
      ['rls-forced', 'row-level-security-is-not-forced'],
      ['rls-policies', 'a-policy-is-missing'],
      ['rls-no-open-policy', 'a-policy-lets-everything-through'],
      ['rls-functions', 'a-function-is-missing'],
      ['tenant-a-apart', 'a-tenant-reads-rows-of-another'],
      ['tenant-b-apart', 'a-tenant-reads-rows-of-another'],
      ['without-tenant', 'a-tenant-reads-rows-of-another'],
    ]);
  });

  test('tells every table apart', () => {
    const facts = checkOf(of('broken'), 'rls-on')?.facts ?? {};
    const tables = Object.fromEntries(TENANT_TABLES.map((name) => [`app.${name}`, expect.anything()]));
    expect(facts['tables']).toEqual(tables);
    expect(facts['tables']).toMatchObject({
      'app.invoices': { 'row-level-security': false, forced: true, policies: 4 },
      'app.payments': { 'row-level-security': true, forced: true, policies: 3 },
      'app.audit_log': { 'row-level-security': true, forced: false, policies: 4 },
      'app.tasks': { 'row-level-security': true, forced: true, policies: 4 },
    });
  });
});

test('healed, it is GO: every table is protected, and each tenant sees its own rows and no others', () => {
  const { run, ended } = of('healed');
  expect([run.verdict, ended.exit]).toEqual(['GO', 0]);
  expect(run.checks.map(({ id, outcome }) => [id, outcome])).toEqual(run.checks.map(({ id }) => [id, 'pass']));
  expect(run.notChecked).toEqual([]);
});

test.each(['broken', 'healed'] as const)(
  '%s, the address of the database is shown without its credentials',
  (state) => {
    const { everything, run } = of(state);
    const { DATABASE_URL: url } = tenants.environment;
    expect(checkOf(of(state), 'rls-on')?.target).toBe(`127.0.0.1:${postgres.port}/postgres`);
    expect(run.checks.length).toBe(10);
    for (const secret of [url, new URL(url).password, decodeURIComponent(new URL(url).password)]) {
      expect(everything).not.toContain(secret);
    }
  },
);

test('without the secret every check is skipped and named, and the verdict is HOLD', async () => {
  const { run, ended } = await runInto('absent', {});
  expect([run.verdict, ended.exit]).toEqual(['HOLD', 3]);
  expect(run.checks.map(({ outcome, reasonCode }) => `${outcome} ${reasonCode}`)).toEqual(
    run.checks.map(() => 'skipped missing-credential'),
  );
});

test('a wrong password proves nothing about the tables: it is one blocker, and HOLD', async () => {
  const { run, ended, everything } = await runInto('refused', {
    DATABASE_URL: postgres.url('postgres', 'checker', 'not-the-password'),
  });
  expect([run.verdict, ended.exit]).toEqual(['HOLD', 3]);
  expect(run.blockers.map(({ cause }) => cause.reasonCode)).toEqual(['sql-auth']);
  expect(everything).not.toContain('not-the-password');
});
