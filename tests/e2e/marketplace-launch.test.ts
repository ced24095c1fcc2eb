import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMarketplace } from '../stack/marketplace.ts';
import { gonogo, ROOT } from './gonogo.ts';
import { flawsOf, gatesOf, orphansOf, runInto, type Act } from './run-into.ts';

/** A market on its way to its launch: broken, mended, signed, and signed while it is broken again. */
type Name = 'broken' | 'mended' | 'signed' | 'broken again';

const FILE = 'checks/marketplace-launch.yaml';
const HOUR_MS = 3_600_000;

let folder: string;
let variables: { readonly [name: string]: string };
let ordersLeft: number;
const acts = new Map<Name, Act>();

const of = (name: Name): Act => {
  const found = acts.get(name);
  if (found === undefined) throw new Error(`no act ${name}`);
  return found;
};

const act = async (name: Name): Promise<void> => {
  const out = join(folder, `report-${name}`);
  acts.set(name, await runInto(out, FILE, { variables, cwd: folder }));
};

const sign = async (item: string, by: string, ...more: readonly string[]): Promise<void> => {
  const { exit, stderr } = await gonogo(['sign', item, '-c', FILE, '--by', by, '--yes', ...more], {
    cwd: folder,
    variables,
  });
  if (exit !== 0) throw new Error(stderr);
};

const signAll = async (): Promise<void> => {
  const evidence = ['--evidence', 'seen.md'] as const;
  await sign('beacon-counts', 'mina');
  await sign('real-purchase', 'pia', ...evidence);
  await sign('refund-window', 'coo', '--choose', '30 days');
  await sign('photo-rights', 'otto');
  for (const by of ['mina', 'otto']) await sign('help-rota', by);
  await sign('restore-drill', 'otto', ...evidence);
  for (const by of ['ceo', 'coo', 'head-of-supply']) await sign('launch-call', by);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gonogo-marketplace-test-'));
  mkdirSync(join(folder, 'docs'));
  cpSync(join(ROOT, 'docs', 'runbooks'), join(folder, 'docs', 'runbooks'), { recursive: true });
  cpSync(join(ROOT, FILE), join(folder, FILE));
  writeFileSync(join(folder, 'seen.md'), 'It was charged, refunded and restored.\n');
  const market = await startMarketplace('broken');
  variables = market.environment;
  await act('broken');
  market.setState('healed');
  await act('mended');
  await signAll();
  await act('signed');
  market.setState('broken');
  await act('broken again');
  ordersLeft = market.ordersLeft();
  await market.close();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const workOf = (name: Name) => of(name).run.work ?? { items: [], criticalPath: null, startable: [], withoutIds: [] };
const statesOf = (name: Name) => Object.fromEntries(workOf(name).items.map(({ id, state }) => [id, state]));

describe('broken', () => {
  test('is NO-GO, each check for its own reason, with the section of the runbook that fits', () => {
    const { run, ended } = of('broken');
    expect([run.verdict, ended.exit]).toEqual(['NO-GO', 1]);
    expect(flawsOf(run)).toEqual({
      'landing-beacon': 'fail assertion-failed #the-beacon-has-no-real-token',
      'payments-connected': 'fail assertion-failed #payments-are-not-connected',
      'catalogue-size': 'fail assertion-failed #the-catalogue-is-too-thin',
      'help-answers': 'fail index-degraded #the-help-centre-answers-from-a-fallback',
      'backup-is-fresh': 'fail file-stale #backups',
    });
    expect(gatesOf(run)).toEqual({ product: 'NO-GO 2/6', launch: 'NO-GO 0/7' });
    expect(orphansOf(run)).toEqual([]);
  });

  test('has its blockers in order: what is wrong before what is not proved, the most urgent first', () => {
    expect(
      of('broken').run.blockers.map(({ cause, verdict, priority, owner }) => [
        cause.check,
        verdict,
        priority,
        owner?.id,
      ]),
    ).toEqual([
      ['payments-connected', 'NO-GO', 'P0', 'payments'],
      ['purchase', 'NO-GO', 'P0', 'shop'],
      ['landing-beacon', 'NO-GO', 'P1', 'marketing'],
      ['catalogue-size', 'NO-GO', 'P1', 'farms'],
      ['backup-is-fresh', 'NO-GO', 'P1', 'operations'],
      ['real-purchase', 'HOLD', 'P0', 'payments'],
      ['beacon-counts', 'HOLD', 'P1', 'marketing'],
      ['refund-window', 'HOLD', 'P1', 'operations'],
      ['photo-rights', 'HOLD', null, 'farms'],
      ['restore-drill', 'HOLD', null, 'operations'],
      ['launch-call', 'HOLD', null, 'operations'],
    ]);
  });

  test('holds each up until its deadline: its own, else the first of the gates that it holds', () => {
    const deadlines = of('broken').run.blockers.map(({ cause, deadline }) => [cause.check, deadline]);
    expect(Object.fromEntries(deadlines)).toMatchObject({
      'payments-connected': '2026-11-25',
      'landing-beacon': '2026-12-01',
      'photo-rights': '2026-11-28',
      'refund-window': '2026-11-27',
    });
  });

  test('says what the beacon carries instead of its token, and that health is a claim', () => {
    expect(of('broken').everything).toContain('YOUR_ANALYTICS_TOKEN');
    expect(of('broken').run.contradictions.map(({ claim, evidence }) => [claim.check, evidence.check])).toEqual([
      ['shop-health', 'purchase'],
      ['catalogue-import', 'catalogue-size'],
    ]);
  });

  test('names the smallest repair: nothing that only informs, and nothing that passes', () => {
    expect(of('broken').run.repair).toEqual({
      checks: [
        ...['landing-beacon', 'payments-connected', 'catalogue-size', 'help-answers', 'backup-is-fresh', 'purchase'],
        ...['beacon-counts', 'real-purchase', 'refund-window', 'photo-rights', 'help-rota', 'restore-drill'],
        'launch-call',
      ],
      verdict: 'GO',
    });
  });

  test('believes no claim: what is done is what its checks say', () => {
    expect(statesOf('broken')).toEqual({
      'landing-page': 'done',
      'analytics-beacon': 'ready',
      orders: 'done',
      'payment-provider': 'ready',
      'first-payment': 'blocked',
      returns: 'blocked',
      'catalogue-import': 'ready',
      photos: 'blocked',
      'help-centre': 'ready',
      'help-desk': 'ready',
      'help-chat': 'blocked',
      backups: 'ready',
      restore: 'blocked',
      newsletter: 'blocked',
      opening: 'blocked',
    });
  });

  test('has the critical path through payments, with its total', () => {
    expect(workOf('broken').criticalPath).toMatchObject({
      ids: ['payment-provider', 'first-payment', 'returns', 'opening'],
      totalMs: (3 * 24 + 4 + 24 + 4) * HOUR_MS,
      unestimated: [],
      deadline: '2026-12-01',
    });
  });

  test('says what can start now, and what the launch can do without', () => {
    expect(workOf('broken').startable).toEqual([
      ...['analytics-beacon', 'payment-provider', 'catalogue-import', 'help-centre', 'help-desk', 'backups'],
    ]);
    expect(workOf('broken').withoutIds).toEqual(['help-chat', 'newsletter']);
  });

  test('shows each risk with its live state', () => {
    expect(of('broken').run.risks.map(({ id, state, showing }) => [id, state, showing])).toEqual([
      ['nobody-counts', 'showing', ['landing-beacon']],
      ['money-stuck', 'showing', ['payments-connected', 'purchase']],
      ['empty-shelves', 'showing', ['catalogue-size']],
      ['lost-orders', 'showing', ['backup-is-fresh']],
    ]);
  });
});

describe('mended, and signed by nobody', () => {
  test('is HOLD: everything works, and nobody has said so', () => {
    const { run, ended } = of('mended');
    expect([run.verdict, ended.exit]).toEqual(['HOLD', 3]);
    expect(flawsOf(run)).toEqual({});
    expect(gatesOf(run)).toEqual({ product: 'GO 6/6', launch: 'HOLD 1/7' });
    expect(run.contradictions).toEqual([]);
  });

  test('is repaired by people alone', () => {
    expect(of('mended').run.repair).toEqual({
      checks: [
        ...['beacon-counts', 'real-purchase', 'refund-window', 'photo-rights', 'help-rota', 'restore-drill'],
        'launch-call',
      ],
      verdict: 'GO',
    });
    expect(workOf('mended').criticalPath?.ids).toEqual(['photos', 'opening']);
  });
});

describe('signed', () => {
  test('is GO until the first sign-off runs out', () => {
    const { run, ended } = of('signed');
    expect([run.verdict, ended.exit]).toEqual(['GO', 0]);
    expect(gatesOf(run)).toEqual({ product: 'GO 6/6', launch: 'GO 7/7' });
    const days = (Date.parse(run.validUntil ?? '') - Date.now()) / (24 * HOUR_MS);
    expect(days).toBeGreaterThan(13.9);
    expect(days).toBeLessThan(14);
    expect(run.manual.find(({ id }) => id === 'refund-window')?.choice).toBe('30 days');
  });

  test('leaves only what the launch can do without', () => {
    expect(Object.entries(statesOf('signed')).filter(([, state]) => state !== 'done')).toEqual([
      ['help-chat', 'ready'],
      ['newsletter', 'ready'],
    ]);
    expect(workOf('signed').criticalPath?.ids).toEqual([]);
    expect(of('signed').run.banners).toEqual([]);
    expect(of('signed').run.risks.map(({ state }) => state)).toEqual(['clear', 'clear', 'clear', 'clear']);
  });

  test('is decided, and the record holds', async () => {
    const inFolder = { cwd: folder, variables };
    const decided = await gonogo(
      ['decide', 'report-signed', '-c', FILE, '--gate', 'launch', '--by', 'ceo', '-y'],
      inFolder,
    );
    expect(decided.stdout).toMatch(/^GO by ceo: /);
    const record = /decisions\/\S+\.json/.exec(decided.stdout)?.[0] ?? '';
    expect((await gonogo(['verify', record], inFolder)).exit).toBe(0);
    const text = readFileSync(join(folder, record.replace('.json', '.md')), 'utf8');
    expect(text).toContain('## Gates that it needs\n\n- product (Does the market work?): GO');
  });
});

test('a sign-off does not help what is broken: NO-GO, and only the checks are to be repaired', () => {
  const { run, ended } = of('broken again');
  expect([run.verdict, ended.exit]).toEqual(['NO-GO', 1]);
  expect(run.repair?.checks).toEqual([
    ...['landing-beacon', 'payments-connected', 'catalogue-size', 'help-answers', 'backup-is-fresh', 'purchase'],
  ]);
});

test('no order of ours is left in the shop', () => {
  expect(ordersLeft).toBe(0);
});
