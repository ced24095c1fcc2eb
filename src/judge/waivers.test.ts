import { describe, expect, it } from 'vitest';
import { NEVER_WAIVED, type Waiver } from '../config/readiness/waivers.ts';
import type { CheckRecord, RunRecord } from '../execute/event.ts';
import { REASON_CODES } from '../model/reason-code.ts';
import type { Run } from '../model/run.ts';
import type { RecordedScenario } from '../plan/plan.ts';
import { catalogue } from './catalogue.ts';
import { judgeRun } from './judge-run.ts';
import { manualItem, waiver } from './test-manual.ts';
import {
  attempt,
  broken,
  done,
  FLAKY,
  gate,
  leftOut,
  NOW,
  observed,
  plannedCheck,
  recordOf,
  result,
  runRecord,
  unobserved,
} from './test-run.ts';

const HORIZON_MS = 90 * 86_400_000;

const judge = (record: CheckRecord, waivers: readonly Waiver[], now: Date = NOW): Run =>
  judgeRun(
    runRecord({ checks: [[plannedCheck('api'), record]], gates: [gate('launch', ['api'])], plan: { waivers } }),
    now,
  );

const stateOf = (...parameters: Parameters<typeof judge>) => judge(...parameters).waivers[0]?.state;

const refused = done(attempt(unobserved('connect-refused')));
const twice = done(
  attempt(observed({}, [{ code: 'http-5xx', fact: 'status', message: 'it answered 500' }]), [
    broken(),
    broken({ fact: '$.items', explanation: 'it is empty' }),
  ]),
);

describe('a waiver', () => {
  it('accepts the reason that it names, says so as a condition, and leaves the check failed', () => {
    const run = judge(recordOf.fail, [waiver('api')]);
    expect(run.verdict).toBe('CONDITIONAL');
    expect(run.checks[0]).toMatchObject({ outcome: 'fail', waiver: { approvedBy: 'cto', state: 'in-force' } });
    expect(run.gates[0]?.conditions).toEqual([
      'api fails and is waived until 2026-12-15 (moved next week; approved by cto): status: number 500 is not 2xx',
    ]);
    expect(run.blockers).toEqual([]);
    expect(run.gates[0]?.coverage[0]).toMatchObject({ evaluated: 1, passed: 0, waived: 1 });
  });

  it('accepts no other reason', () => {
    expect(judge(refused, [waiver('api')]).verdict).toBe('NO-GO');
    expect(stateOf(refused, [waiver('api')])).toBe('other-reason');
  });

  it('does not hide a second reason behind the one that it names', () => {
    expect(judge(twice, [waiver('api', { reasonCode: 'http-5xx' })]).verdict).toBe('NO-GO');
    expect(judge(twice, [waiver('api', { reasonCode: 'assertion-failed' })]).verdict).toBe('NO-GO');
    expect(judge(twice, [waiver('api'), waiver('api', { reasonCode: 'http-5xx' })]).verdict).toBe('CONDITIONAL');
    const over = waiver('api', { expires: '2026-11-20' });
    expect(judge(twice, [over, waiver('api', { reasonCode: 'http-5xx' })]).verdict).toBe('NO-GO');
  });

  it('does not hide the reason of a look that a single pass followed', () => {
    expect(judge(done(attempt(unobserved('http-5xx')), attempt()), [waiver('api')]).verdict).toBe('NO-GO');
  });

  it('is over at the very beginning of its day, in UTC', () => {
    const at = (now: string) => judge(recordOf.fail, [waiver('api')], new Date(now));
    expect(at('2026-12-14T23:59:59.999Z').verdict).toBe('CONDITIONAL');
    expect(at('2026-12-15T00:00:00.000Z')).toMatchObject({ verdict: 'NO-GO', waivers: [{ state: 'expired' }] });
    expect(stateOf(recordOf.fail, [waiver('api', { expires: 'some day' })])).toBe('expired');
  });

  it('does not count when it ends later than the horizon', () => {
    const ends = (ms: number) => waiver('api', { expires: new Date(NOW.getTime() + ms).toISOString() });
    expect(stateOf(recordOf.fail, [ends(HORIZON_MS)])).toBe('in-force');
    expect(stateOf(recordOf.fail, [ends(HORIZON_MS + 1)])).toBe('beyond-horizon');
    expect(judge(recordOf.fail, [ends(HORIZON_MS + 1)]).verdict).toBe('NO-GO');
  });

  it('is stale where the check is good', () => {
    expect(stateOf(recordOf.pass, [waiver('api')])).toBe('stale');
    expect(stateOf(recordOf.warn, [waiver('api')])).toBe('stale');
    expect(judge(recordOf.pass, [waiver('api')]).verdict).toBe('GO');
  });

  it('accepts nothing that nobody saw', () => {
    for (const record of [recordOf.unknown, recordOf.skipped, recordOf.blocked, leftOut('http-5xx')]) {
      const code = 'http-5xx';
      expect(judge(record, [waiver('api', { reasonCode: code }), waiver('api')]).verdict).toBe('HOLD');
      expect(stateOf(record, [waiver('api', { reasonCode: code })])).toBe('not-evaluated');
    }
  });

  it('accepts no flaky pass where the gate counts it as a failure', () => {
    const gates = [gate('launch', ['api'], { flaky: 'fail' })];
    const waivers = [waiver('api', { reasonCode: 'timeout' })];
    const record = runRecord({ checks: [[plannedCheck('api'), FLAKY]], gates, plan: { waivers } });
    expect(judgeRun(record, NOW).verdict).toBe('NO-GO');
  });

  it('accepts nothing for a check that is not there, or for a manual item', () => {
    expect(stateOf(recordOf.fail, [waiver('gone')])).toBe('not-evaluated');
    const gates = [gate('launch', ['api', 'token'])];
    const plan = { manual: [manualItem('token')], waivers: [waiver('token', { reasonCode: 'sign-off-missing' })] };
    const record = runRecord({ checks: [[plannedCheck('api'), recordOf.pass]], gates, plan });
    expect(judgeRun(record, NOW)).toMatchObject({ verdict: 'HOLD', waivers: [{ state: 'not-evaluated' }] });
  });

  it('makes what it blocks no better than HOLD', () => {
    const checks = [
      [plannedCheck('api'), recordOf.fail],
      [plannedCheck('after', { needs: ['api'] }), recordOf.blocked],
    ] as const;
    const run = judgeRun(
      runRecord({ checks, gates: [gate('launch', ['api', 'after'])], plan: { waivers: [waiver('api')] } }),
      NOW,
    );
    expect(run.verdict).toBe('HOLD');
    expect(run.blockers).toMatchObject([{ cause: { check: 'api' }, verdict: 'HOLD', affects: { checks: ['after'] } }]);
  });

  it('of one of several causes leaves the others what they are', () => {
    const judgeWith = (other: CheckRecord) => {
      const checks = [
        [plannedCheck('api'), recordOf.fail],
        [plannedCheck('other'), other],
        [plannedCheck('after', { needs: ['api', 'other'] }), recordOf.blocked],
      ] as const;
      const record = runRecord({ checks, gates: [gate('launch', ['after'])], plan: { waivers: [waiver('api')] } });
      const { verdict, blockers } = judgeRun(record, NOW);
      return [verdict, blockers.map(({ cause, verdict: own }) => `${cause.check} ${own}`)];
    };
    expect(judgeWith(recordOf.unknown)).toEqual(['HOLD', ['api HOLD', 'other HOLD']]);
    expect(judgeWith(recordOf.fail)).toEqual(['NO-GO', ['other NO-GO', 'api HOLD']]);
  });

  it('of one of two failures that have one cause leaves what the other blocks wrong', () => {
    const host = 'shop.example.com:443';
    const checks = [
      [plannedCheck('api', { host }), refused],
      [plannedCheck('web', { host }), refused],
      [plannedCheck('after', { needs: ['web'] }), recordOf.blocked],
    ] as const;
    const waivers = [waiver('api', { reasonCode: 'connect-refused' })];
    const run = judgeRun(runRecord({ checks, gates: [gate('launch', ['after'])], plan: { waivers } }), NOW);
    expect(run).toMatchObject({ verdict: 'NO-GO', blockers: [{ cause: { check: 'api' }, verdict: 'NO-GO' }] });
  });

  it('of one row of a matrix leaves the others', () => {
    const checks = [
      [plannedCheck('api[a]'), recordOf.fail],
      [plannedCheck('api[b]'), recordOf.fail],
    ] as const;
    const gates = [gate('launch', ['api[a]', 'api[b]'])];
    const run = judgeRun(runRecord({ checks, gates, plan: { waivers: [waiver('api[a]')] } }), NOW);
    expect(run).toMatchObject({ verdict: 'NO-GO', gates: [{ blockedBy: ['api[b]'] }] });
  });

  it('bounds the time for which a GO holds', () => {
    expect(judge(recordOf.fail, [waiver('api')]).validUntil).toBe('2026-12-15T00:00:00.000Z');
  });
});

const flow = (names: readonly string[], cleanup: readonly string[] = []): RecordedScenario => {
  const { kind: _, target: __, host: ___, ...own } = plannedCheck('flow');
  const step = (name: string) => ({ name, keepGoing: true, check: plannedCheck(`flow/${name}`) });
  return { ...own, withinMs: null, steps: names.map(step), cleanup: cleanup.map(step) };
};

const judgeFlow = (records: { readonly [step: string]: CheckRecord }, waivers: readonly Waiver[]): Run => {
  const names = Object.keys(records);
  const steps = names.filter((name) => name !== 'tidy');
  const plan = {
    waivers,
    scenarios: [
      flow(
        steps,
        names.filter((name) => name === 'tidy'),
      ),
    ],
    order: ['flow'],
  };
  const record: RunRecord = runRecord({ checks: [], gates: [gate('launch', ['flow'])], plan });
  return judgeRun(
    { ...record, checks: new Map(names.map((name) => [`flow/${name}`, records[name] ?? recordOf.pass])) },
    NOW,
  );
};

describe('a waiver of a scenario', () => {
  const mine = waiver('flow');
  const forRefused = waiver('flow', { reasonCode: 'connect-refused' });

  it('accepts what its steps failed for', () => {
    expect(judgeFlow({ a: recordOf.pass, b: recordOf.fail }, [mine]).verdict).toBe('CONDITIONAL');
    expect(judgeFlow({ a: recordOf.fail, b: recordOf.blocked }, [mine]).verdict).toBe('CONDITIONAL');
  });

  it('needs to accept each of them, the cleanup too', () => {
    expect(judgeFlow({ a: recordOf.fail, b: refused }, [mine]).verdict).toBe('NO-GO');
    expect(judgeFlow({ a: recordOf.fail, tidy: refused }, [mine]).verdict).toBe('NO-GO');
    expect(judgeFlow({ a: recordOf.fail, tidy: refused }, [mine, forRefused]).verdict).toBe('CONDITIONAL');
  });

  it('accepts nothing while a step is not known to have failed or passed', () => {
    const doubtful = done(
      attempt({
        ...unobserved('connect-refused'),
        state: 'unobserved',
        code: 'connect-refused',
        message: '',
        uncertain: true,
      }),
    );
    for (const unseen of [doubtful, recordOf.unknown, recordOf.skipped]) {
      expect(judgeFlow({ a: recordOf.fail, b: unseen }, [mine, forRefused]).verdict).toBe('NO-GO');
    }
  });

  it('needs none for a warning', () => {
    const slow = done(attempt(observed(), [result(), broken({ level: 'warn', code: 'slow' })]));
    expect(judgeFlow({ a: recordOf.fail, b: slow }, [mine]).verdict).toBe('CONDITIONAL');
  });
});

it('the reasons that are never waived are those that never make a check fail', () => {
  expect([...NEVER_WAIVED].toSorted()).toEqual(
    REASON_CODES.filter((code) => catalogue[code].outcome !== 'fail').toSorted(),
  );
});
