import { describe, expect, it } from 'vitest';
import type { CheckRecord } from '../execute/event.ts';
import type { RunbookSection } from '../model/run.ts';
import { judgeCheck } from './outcome.ts';
import {
  FLAKY,
  attempt,
  broken,
  done,
  leftOut,
  observed,
  plannedCheck,
  recordOf,
  runRecord,
  unobserved,
} from './test-run.ts';
import type { RecordedCheck, RecordedPlan } from '../plan/plan.ts';

type Given = { readonly check?: Partial<RecordedCheck>; readonly plan?: Partial<RecordedPlan> };

const judge = (record: CheckRecord | undefined, { check = {}, plan = {} }: Given = {}) =>
  judgeCheck(plannedCheck('api', check), record, runRecord({ checks: [], gates: [], plan }));

describe('the outcome of a check', () => {
  it.each(['pass', 'warn', 'fail', 'unknown', 'blocked', 'skipped'] as const)(
    'is %s when its record says so',
    (outcome) => {
      expect(judge(recordOf[outcome]).outcome).toBe(outcome);
    },
  );

  it('is unknown without a record, or with an empty one', () => {
    const notRun = { outcome: 'unknown', reasonCode: 'not-run', startedAt: null, durationMs: null, facts: {} };
    expect(judge(undefined)).toMatchObject(notRun);
    expect(judge({ attempts: [], finished: false, notRun: null, bound: null, leftOut: null })).toMatchObject(notRun);
    expect(judge({ attempts: [], finished: true, notRun: null, bound: null, leftOut: null })).toMatchObject(notRun);
  });

  it('is unknown when the run ended before the check did, however good it looked', () => {
    const halfDone: CheckRecord = { attempts: [attempt()], finished: false, notRun: null, bound: null, leftOut: null };
    expect(judge(halfDone)).toMatchObject({ outcome: 'unknown', reasonCode: 'cancelled' });
    const record = runRecord({ checks: [], gates: [], run: { interruptedBy: 'deadline' } });
    expect(judgeCheck(plannedCheck('api'), halfDone, record)).toMatchObject({ reasonCode: 'deadline-exceeded' });
  });

  it('is never a failure of the target when the check was not run', () => {
    expect(judge(leftOut('cancelled', 'stopped'))).toMatchObject({ outcome: 'unknown', message: 'stopped' });
    expect(judge(leftOut('connect-refused')).outcome).toBe('unknown');
    expect(judge({ ...recordOf.pass, notRun: { code: 'probe-crashed', message: '' } }).outcome).toBe('unknown');
  });

  it('is that of the last attempt', () => {
    expect(judge(done(attempt(unobserved('timeout')), attempt(unobserved('connect-refused'))))).toMatchObject({
      outcome: 'fail',
      reasonCode: 'connect-refused',
      flaky: false,
    });
  });
});

describe('a pass after a failure', () => {
  it('is flaky, with every attempt shown', () => {
    const check = judge(FLAKY);
    expect(check).toMatchObject({ outcome: 'pass', flaky: true, attemptsAllowed: 2, message: '' });
    expect(check.attempts.map(({ outcome, reasonCode }) => [outcome, reasonCode])).toEqual([
      ['fail', 'timeout'],
      ['pass', null],
      ['pass', null],
    ]);
  });

  it('is no pass when it was not confirmed by another', () => {
    expect(judge(done(attempt(unobserved('timeout')), attempt()))).toMatchObject({
      outcome: 'fail',
      reasonCode: 'timeout',
    });
  });

  it('is what polling is for', () => {
    const record = done(attempt(unobserved('connect-refused')), attempt());
    const check = { eventually: { withinMs: 1000, everyMs: 10, stop: [] } };
    expect(judge(record, { check })).toMatchObject({ outcome: 'pass', flaky: false });
  });
});

describe('what the report needs', () => {
  it('maps the phases of a request, and leaves out what was not reached', () => {
    const timings = { dns: 1, connect: 2, request: 3, wait: 40, transfer: 5, other: 6, total: 57 };
    expect(judge(done(attempt(observed({ timings })))).timings).toEqual({
      dnsMs: 1,
      connectMs: 2,
      firstByteMs: 43,
      downloadMs: 5,
    });
    expect(judge(done(attempt(observed({ timings: { request: 3 } })))).timings).toEqual({});
  });

  it('counts the time from the first look to the end of the last', () => {
    const later = { ...attempt(), startedAt: '2026-11-21T11:59:02.000Z' };
    expect(judge(done(attempt(), later)).durationMs).toBe(2100);
    const earlier = { ...attempt(), startedAt: '2026-11-21T11:58:00.000Z' };
    expect(judge(done(attempt(), earlier)).durationMs).toBe(100);
  });

  it('shows how far the look came', () => {
    const states = (record: CheckRecord) => judge(record).layers.map(({ layer, state }) => `${layer} ${state}`);
    expect(states(recordOf.pass)).toEqual(['dns ok', 'tcp ok', 'http ok', 'content ok']);
    expect(states(done(attempt(unobserved('connect-refused'))))).toEqual([
      'dns ok',
      'tcp broken',
      'http not-reached',
      'content not-reached',
    ]);
    expect(states(done(attempt(unobserved('tls-expired'))))[2]).toBe('tls broken');
    expect(states(done(attempt(observed(), [broken({ code: 'slow' })])))).toEqual([
      'dns ok',
      'tcp ok',
      'http ok',
      'content ok',
      'quality broken',
    ]);
    expect(new Set(states(leftOut('needs-failed')).map((step) => step.split(' ')[1]))).toEqual(
      new Set(['not-reached']),
    );
  });

  it('leaves the layers behind a warning reached', () => {
    const warned = done(attempt(observed(), [...attempt().results, broken({ level: 'warn', code: 'http-status' })]));
    expect(judge(warned).layers.map(({ state }) => state)).toEqual(['ok', 'ok', 'broken', 'ok']);
  });

  it('keeps expectations as they are in the contract, without what is internal', () => {
    const [shown] = judge(done(attempt(observed(), [broken({ type: 'status' })]))).expectations;
    expect(shown).toEqual({
      fact: 'status',
      matcher: 'status',
      expected: ['2xx'],
      actual: 500,
      held: false,
      level: 'expect',
      explanation: 'number 500 is not 2xx',
      source: null,
    });
  });

  it('names the owner of the check, else of its component', () => {
    const plan = {
      owners: { ops: { id: 'ops', contact: '#ops', escalation: ['call'] } },
      components: { web: { title: 'Web', owner: 'ops' } },
    };
    const ops = { id: 'ops', contact: '#ops', escalation: ['call'] };
    expect(judge(recordOf.pass, { check: { component: 'web' }, plan }).owner).toEqual(ops);
    expect(judge(recordOf.pass, { check: { component: 'web', owner: 'dev' }, plan }).owner?.id).toBe('dev');
    expect(judge(recordOf.pass, { check: { component: 'constructor' }, plan }).owner).toBeNull();
  });

  it('chooses the runbook section of the check, else by reason code, else the default', () => {
    const section = (anchor: string): RunbookSection => ({ file: 'ops.md', anchor, title: anchor, url: '', steps: [] });
    const sections = { own: section('own'), code: section('code'), default: section('default') };
    const choose = (choice: RecordedCheck['sections']) =>
      judge(recordOf.fail, { check: { sections: choice }, plan: { sections } }).runbook?.anchor;
    const byCode = { 'assertion-failed': 'code' };
    expect(choose({ own: 'own', byCode, default: 'default' })).toBe('own');
    expect(choose({ own: null, byCode, default: 'default' })).toBe('code');
    expect(choose({ own: null, byCode: {}, default: 'default' })).toBe('default');
    expect(choose({ own: null, byCode: {}, default: null })).toBeUndefined();
  });

  it('fills what was seen into the steps of the section', () => {
    const steps = ['The server said ${facts.status}: `gonogo explain ${check.reason-code}`'];
    const sections = { s: { file: 'ops.md', anchor: 's', title: 'S', url: '', steps } };
    const failed = done(attempt(observed({ status: 502 }), [broken()]));
    const choice = { own: 's', byCode: {}, default: null };
    expect(judge(failed, { check: { sections: choice }, plan: { sections } }).runbook?.steps).toEqual([
      'The server said 502: `gonogo explain assertion-failed`',
    ]);
  });
});
