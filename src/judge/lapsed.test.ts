import { describe, expect, it } from 'vitest';
import type { CheckRecord } from '../execute/event.ts';
import type { Facts } from '../model/observation.ts';
import { judgeRun } from './judge-run.ts';
import { attempt, broken, done, gate, observed, plannedCheck, recordOf, result, runRecord } from './test-run.ts';

/** Looked at on 2026-11-21 at 11:59. */
const seen = (facts: Facts): CheckRecord => done(attempt(observed(facts)));
const certificate = (expiry: string): Facts => ({ hops: [{ tls: { 'valid-to': expiry } }] });

const judge = (record: CheckRecord, now: string, kind = 'http') =>
  judgeRun(
    runRecord({ checks: [[plannedCheck('shop', { kind }), record]], gates: [gate('launch', ['shop'])] }),
    new Date(now),
  );

describe('a certificate that expires after the look', () => {
  const record = seen(certificate('2026-12-01T00:00:00Z'));

  it('bounds the time for which a GO holds', () => {
    expect(judge(record, '2026-11-30T23:59:59Z')).toMatchObject({
      verdict: 'GO',
      validUntil: '2026-12-01T00:00:00.000Z',
    });
  });

  it('leaves nothing proved once it has expired, and says so', () => {
    const run = judge(record, '2026-12-01T00:00:00Z');
    expect(run).toMatchObject({
      verdict: 'HOLD',
      validUntil: null,
      reasons: ['shop is unknown: its certificate expired on 2026-12-01T00:00:00.000Z, after this look: look again'],
      checks: [{ outcome: 'unknown', reasonCode: 'tls-expired', layer: 'tls' }],
    });
  });

  it('is told by the first that has', () => {
    const facts = { hops: [{ tls: { 'valid-to': '2026-12-02' } }, { tls: { 'valid-to': '2026-12-01' } }] };
    expect(judge(seen(facts), '2026-12-24').checks[0]?.message).toBe(
      'its certificate expired on 2026-12-01T00:00:00.000Z, after this look: look again',
    );
  });

  it('counts for a warning and for the kind whose facts are the certificate', () => {
    const warned = done(attempt(observed(certificate('2026-12-01')), [result(), broken({ level: 'warn' })]));
    expect(judge(warned, '2026-12-02').verdict).toBe('HOLD');
    expect(judge(seen({ 'valid-to': '2026-12-01' }), '2026-12-02', 'tls').verdict).toBe('HOLD');
    expect(judge(seen({ 'valid-to': '2026-12-01' }), '2026-12-02').verdict).toBe('GO');
  });

  it('changes nothing of a failure', () => {
    const failed = done(attempt(observed(certificate('2026-12-01')), [broken()]));
    expect(judge(failed, '2026-12-02')).toMatchObject({
      verdict: 'NO-GO',
      checks: [{ reasonCode: 'assertion-failed' }],
    });
  });
});

it('a certificate that had expired before the look was seen as it was', () => {
  const record = seen(certificate('2026-11-01'));
  expect(judge(record, '2026-12-02')).toMatchObject({ verdict: 'GO', validUntil: null });
});

describe('the certificates that a scenario has seen', () => {
  const { kind: _, target: __, host: ___, ...own } = plannedCheck('flow');
  const step = (name: string) => ({ name, keepGoing: false, check: plannedCheck(`flow/${name}`) });
  const flow = { ...own, withinMs: null, steps: [step('a')], cleanup: [step('tidy')] };
  const judgeFlow = (expiries: readonly [string, string], now: string) => {
    const record = runRecord({ checks: [], gates: [gate('launch', ['flow'])], plan: { scenarios: [flow] } });
    const [a, tidy] = expiries.map((expiry) => seen(certificate(expiry)));
    const checks = new Map([
      ['flow/a', a ?? recordOf.pass],
      ['flow/tidy', tidy ?? recordOf.pass],
    ]);
    return judgeRun({ ...record, checks }, new Date(now));
  };

  it('bound the time for which a GO holds, those of its cleanup too', () => {
    expect(judgeFlow(['2027-01-01', '2026-12-24'], '2026-11-22').validUntil).toBe('2026-12-24T00:00:00.000Z');
    expect(judgeFlow(['2026-12-23', '2026-12-24'], '2026-11-22').validUntil).toBe('2026-12-23T00:00:00.000Z');
  });

  it('leave nothing proved once one has expired', () => {
    const run = judgeFlow(['2027-01-01', '2026-12-24'], '2026-12-25');
    expect(run).toMatchObject({ verdict: 'HOLD', scenarios: [{ outcome: 'unknown', reasonCode: 'tls-expired' }] });
  });
});
