import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERSONAL } from '../stack/service-logs.ts';
import { PAYMENTS_TOKEN, startServices } from '../stack/services.ts';
import { gonogo } from './gonogo.ts';
import { type Act, flawsOf, gatesOf, orphansOf, runInto } from './run-into.ts';

/** Four services that are red, yellow and green, then healed, and then looked at without their credentials. */
type Name = 'broken' | 'healed' | 'no-traces' | 'no-payments' | 'refused';

let folder: string;
const acts = new Map<Name, Act>();

const of = (name: Name): Act => {
  const found = acts.get(name);
  if (found === undefined) throw new Error(`no act ${name}`);
  return found;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-service-readiness-'));
  const services = await startServices('broken');
  const { TRACES_URL, PAYMENTS_TOKEN, ...without } = services.environment;
  const act = async (name: Name, variables: { readonly [name: string]: string }): Promise<void> => {
    acts.set(name, await runInto(join(folder, name), 'checks/service-readiness.yaml', { variables }));
  };
  await act('broken', services.environment);
  services.setState('healed');
  await Promise.all([
    act('healed', services.environment),
    act('no-traces', { ...without, PAYMENTS_TOKEN }),
    act('no-payments', { ...without, TRACES_URL }),
    act('refused', { ...services.environment, PAYMENTS_TOKEN: 'a-credential-of-another-environment' }),
  ]);
  await services.close();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('broken', () => {
  test('is NO-GO, each check for its own reason, with the section of the runbook that fits', () => {
    const { run, ended } = of('broken');
    expect([run.verdict, ended.exit]).toEqual(['NO-GO', 1]);
    expect(flawsOf(run)).toEqual({
      'health[billing]': 'warn health-warn #a-service-is-yellow',
      'health[notifications]': 'fail component-contradiction #a-service-hides-a-failure',
      'ready[search]': 'fail health-fail #a-service-is-red',
      'order-stream': 'fail stream-gap #the-stream-falls-silent',
      'security-policy': 'fail assertion-failed #the-security-policy-is-open',
      'counters[billing]': 'fail value-missing #a-counter-is-missing',
      'no-lost-orders': 'fail assertion-failed #orders-are-lost',
      'fast-enough[search]': 'fail slow #answers-are-slow',
      'masked-logs': 'fail file-invalid #personal-data-in-a-log',
    });
    expect(run.checks).toHaveLength(20);
  });

  test('reads each service in its own dialect of health', () => {
    const formats = of('broken').run.checks.flatMap(({ id, facts: { health } }) =>
      id.startsWith('health[') ? [[id, health]] : [],
    );
    expect(formats).toMatchObject([
      ['health[orders]', { format: 'ietf', status: 'pass' }],
      ['health[billing]', { format: 'aspnet-json', status: 'warn' }],
      ['health[search]', { format: 'kubernetes', status: 'pass' }],
      ['health[notifications]', { format: 'spring-boot', components: { mail: 'fail', queue: 'pass' } }],
    ]);
  });

  test('is slow by its tail alone: the mean would have passed', () => {
    const duration = of('broken').run.checks.find(({ id }) => id === 'fast-enough[search]')?.facts['duration'];
    expect(duration).toMatchObject({ p95: expect.any(Number), mean: expect.any(Number) });
    const { p95, mean }: { p95: number; mean: number } = JSON.parse(JSON.stringify(duration));
    expect(p95).toBeGreaterThan(400);
    expect(mean).toBeLessThan(400);
  });

  test('names the file and line of personal data, and shows it nowhere', () => {
    const { run, everything } = of('broken');
    const message = run.checks.find(({ id }) => id === 'masked-logs')?.message;
    expect(message).toBe(
      'notifications/mail.log:1 holds what looks like an e-mail address; notifications/mail.log:2 holds what looks like a phone number',
    );
    for (const text of Object.values(PERSONAL)) expect(everything).not.toContain(text);
  });

  test('shows the risk that is showing', () => {
    expect(of('broken').run.risks).toMatchObject([{ id: 'sale-day', state: 'showing' }]);
  });
});

describe('healed', () => {
  test('is GO: every criterion of both gates was looked at and passed', () => {
    const { run, ended } = of('healed');
    expect([run.verdict, ended.exit]).toEqual(['GO', 0]);
    expect(flawsOf(run)).toEqual({});
    expect(gatesOf(run)).toEqual({ services: 'GO 8/8', 'service-readiness': 'GO 11/11' });
    expect(run.notChecked).toEqual([]);
  });

  test('watched the stream for as long as the environment says', () => {
    const stream = of('healed').run.checks.find(({ id }) => id === 'order-stream');
    expect(stream?.facts['state']).toBe('open');
    expect(Math.round(Number(stream?.facts['lasted']) / 100)).toBe(20);
    expect(stream?.title).toContain('for 2s');
  });
});

test('the soak takes ten minutes where the environment does not say otherwise', async () => {
  const asked = ['list', '--json', '-c', 'checks/service-readiness.yaml'];
  const variables = { SERVICES_URL: 'http://127.0.0.1:9', LOG_FOLDER: folder };
  const { stdout, exit } = await gonogo(asked, { variables });
  expect([exit, stdout]).toEqual([0, expect.stringContaining('stays open and alive for 10m')]);
});

describe('a credential that is missing does not stop the run', () => {
  test('as a should it is a condition, under a banner', () => {
    const { run, ended } = of('no-traces');
    expect([run.verdict, ended.exit]).toEqual(['CONDITIONAL', 0]);
    expect(flawsOf(run)).toEqual({ traces: 'skipped missing-credential #a-credential-is-missing' });
    expect(ended.stdout).toMatch(/^! TRACES_URL is not set, so this was skipped: traces$/m);
  });

  test('as a must it is HOLD, under a banner, and all the rest is looked at', () => {
    const { run, ended } = of('no-payments');
    expect([run.verdict, ended.exit]).toEqual(['HOLD', 3]);
    expect(flawsOf(run)).toEqual({ payments: 'skipped missing-credential #a-credential-is-missing' });
    expect(run.checks.filter(({ outcome }) => outcome === 'pass')).toHaveLength(19);
    expect(ended.stdout).toMatch(/^! PAYMENTS_TOKEN is not set, so this was skipped: payments$/m);
  });

  test('one that is refused tells nothing about the provider: HOLD', () => {
    const { run, ended } = of('refused');
    expect([run.verdict, ended.exit]).toEqual(['HOLD', 3]);
    expect(flawsOf(run)).toEqual({ payments: 'unknown auth-required #a-credential-is-missing' });
  });
});

test.each(['broken', 'healed'] as const)('%s: everybody is named who answers, and the credential nowhere', (name) => {
  const { run, everything } = of(name);
  expect(orphansOf(run)).toEqual([]);
  expect(everything).not.toContain(PAYMENTS_TOKEN);
});
