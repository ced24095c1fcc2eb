import { describe, expect, it } from 'vitest';
import type { CheckRecord, RunRecord } from '../execute/event.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import { catalogue } from './catalogue.ts';
import { judgeCheck, reasonCodesOf } from './outcome.ts';
import { FLAKY, attempt, done, leftOut, plannedCheck, recordOf, runRecord, unobserved } from './test-run.ts';
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

describe('what is said of a check that did not come to its end', () => {
  const begun: CheckRecord = {
    attempts: [attempt(), attempt()],
    finished: false,
    notRun: null,
    bound: null,
    leftOut: null,
  };

  it.each<[CheckRecord | undefined, RunRecord['interruptedBy'], ReasonCode, string]>([
    [undefined, null, 'not-run', 'the run ended before this check was looked at'],
    [begun, null, 'cancelled', 'the run ended before this check was settled, after attempt 2'],
    [begun, 'SIGINT', 'cancelled', 'the run ended before this check was settled, after attempt 2'],
    [begun, 'deadline', 'deadline-exceeded', 'the run ended before this check was settled, after attempt 2'],
    [leftOut('probe-crashed', ''), null, 'probe-crashed', catalogue['probe-crashed'].title],
    [leftOut('connect-refused', 'nobody listens'), null, 'connect-refused', 'nobody listens'],
  ])('%#: %j, stopped by %s, is %s', (record, interruptedBy, reasonCode, message) => {
    const run = runRecord({ checks: [], gates: [], run: { interruptedBy } });
    const { layer } = catalogue[reasonCode];
    const judged = judgeCheck(plannedCheck('api'), record, run);
    expect(judged).toMatchObject({ outcome: 'unknown', reasonCode, message, layer, flaky: false });
    expect(reasonCodesOf(plannedCheck('api'), record, interruptedBy)).toEqual([reasonCode]);
  });
});
