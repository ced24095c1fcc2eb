import { describe, expect, it } from 'vitest';
import { judgeRun } from './judge-run.ts';
import { attempt, done, gate, NOW, plannedCheck, recordOf, runRecord, unobserved } from './test-run.ts';
import type { CheckRecord } from '../execute/event.ts';

const REFUSED = done(attempt(unobserved('connect-refused', 'nobody listens')));

/** Two controls and a check of the system; the gate asks for the check alone. */
const judge = (one: CheckRecord, other: CheckRecord, api: CheckRecord) =>
  judgeRun(
    runRecord({
      checks: [
        [plannedCheck('one'), one],
        [plannedCheck('other'), other],
        [plannedCheck('api'), api],
      ],
      gates: [gate('launch', ['api'])],
      plan: { controls: ['one', 'other'] },
    }),
    NOW,
  );

const outcomesOf = (run: ReturnType<typeof judge>) =>
  Object.fromEntries(run.checks.map(({ id, outcome, reasonCode }) => [id, [outcome, reasonCode]]));

describe('controls', () => {
  it('turn a failure of the network into control-failed when none of them is good, and the verdict into HOLD', () => {
    const run = judge(REFUSED, REFUSED, REFUSED);
    expect(run.verdict).toBe('HOLD');
    expect(outcomesOf(run)).toEqual({
      one: ['unknown', 'control-failed'],
      other: ['unknown', 'control-failed'],
      api: ['unknown', 'control-failed'],
    });
    const own = 'the control cannot be reached from here: nobody listens';
    expect(run.checks.map(({ message }) => message)).toEqual([
      own,
      own,
      'no control can be reached either (one, other), so this may be our own network: nobody listens',
    ]);
    expect(run.checks.map(({ layer }) => layer)).toEqual(['run', 'run', 'run']);
  });

  it.each(['dns-nxdomain', 'connect-refused', 'tls-expired', 'timeout', 'closed-early'] as const)(
    'take %s for a failure of the network, and a control that failed by it for unknown whatever else is seen',
    (code) => {
      const down = done(attempt(unobserved(code)));
      expect(judge(down, down, down).verdict).toBe('HOLD');
      expect(outcomesOf(judge(down, recordOf.pass, down))).toEqual({
        one: ['unknown', 'control-failed'],
        other: ['pass', null],
        api: ['fail', code],
      });
    },
  );

  it('change nothing where a control only warns, or where there is none', () => {
    expect(judge(recordOf.warn, REFUSED, REFUSED).verdict).toBe('NO-GO');
    const checks = [[plannedCheck('api'), REFUSED]] as const;
    expect(judgeRun(runRecord({ checks, gates: [gate('launch', ['api'])] }), NOW).verdict).toBe('NO-GO');
  });

  it('change nothing when one of them is good: we can see the network', () => {
    const run = judge(recordOf.pass, REFUSED, REFUSED);
    expect(run.verdict).toBe('NO-GO');
    expect(outcomesOf(run)).toMatchObject({ one: ['pass', null], api: ['fail', 'connect-refused'] });
  });

  it('leave a failure that is not of the network alone: somebody answered', () => {
    const run = judge(REFUSED, REFUSED, recordOf.fail);
    expect(run.verdict).toBe('NO-GO');
  });

  it('never make anything better than it is: a pass stays, and what was unknown stays unknown', () => {
    expect(judge(REFUSED, REFUSED, recordOf.pass).verdict).toBe('GO');
    expect(judge(REFUSED, REFUSED, recordOf.unknown).verdict).toBe('HOLD');
    expect(judge(recordOf.unknown, recordOf.skipped, REFUSED).verdict).toBe('HOLD');
  });
});
