import { describe, expect, it } from 'vitest';
import type { CheckRecord, RunRecord } from '../execute/event.ts';
import type { RecordedScenario } from '../plan/plan.ts';
import { judgeRun } from './judge-run.ts';
import { judgeScenario } from './scenarios.ts';
import {
  FLAKY,
  NOW,
  attempt,
  broken,
  done,
  gate,
  leftOut,
  observed,
  plannedCheck,
  recordOf,
  runRecord,
  unobserved,
} from './test-run.ts';

const scenario = (steps: readonly string[], cleanup: readonly string[] = [], withinMs: number | null = null) => {
  const { kind: _, target: __, host: ___, ...own } = plannedCheck('flow');
  const step = (name: string) => ({ name, keepGoing: false, check: plannedCheck(`flow/${name}`) });
  const recorded: RecordedScenario = {
    ...own,
    withinMs,
    steps: steps.map(step),
    cleanup: cleanup.map((name) => step(`cleanup/${name}`)),
  };
  return recorded;
};

const judge = (
  records: { readonly [name: string]: CheckRecord },
  cleanup: readonly string[] = [],
  withinMs: number | null = null,
  run: Partial<RunRecord> = {},
) => {
  const names = Object.keys(records).filter((name) => !name.startsWith('cleanup/'));
  const record = runRecord({ checks: [], gates: [], run });
  const checks = new Map(Object.entries(records).map(([name, one]) => [`flow/${name}`, one]));
  return judgeScenario(scenario(names, cleanup, withinMs), { ...record, checks });
};

const { pass, fail, unknown } = recordOf;
const out: CheckRecord = { ...pass, attempts: [], finished: false, leftOut: 'its condition does not hold' };

describe('a scenario', () => {
  it('passes when every step that was done passed', () => {
    expect(judge({ a: pass, b: out, c: pass })).toMatchObject({ outcome: 'pass', reasonCode: null });
  });

  it('of which every step was left out proves nothing', () => {
    expect(judge({ a: out, b: out })).toMatchObject({ outcome: 'unknown', reasonCode: 'nothing-asserted' });
    expect(judge({ a: out, 'cleanup/c': pass }, ['c'])).toMatchObject({ outcome: 'unknown' });
  });

  it('is what its worst step is, with the evidence and the name of that step', () => {
    const bad = done(attempt(observed({ status: 500 }), [broken({ fact: 'status' })]));
    expect(judge({ a: pass, b: bad, c: leftOut('needs-failed') })).toMatchObject({
      outcome: 'fail',
      message: expect.stringMatching(/^step "b": /),
      facts: { status: 500 },
      target: 'http://flow/b.example.com/',
    });
  });

  it('has failed when only its cleanup has', () => {
    expect(judge({ a: pass, 'cleanup/delete': fail }, ['delete'])).toMatchObject({
      outcome: 'fail',
      message: expect.stringMatching(/^the cleanup step "delete": /),
    });
  });

  it('tells what was not cleaned up beside the step that decided', () => {
    const left = leftOut('not-run', 'nothing names what was made');
    expect(judge({ a: fail, 'cleanup/delete': left }, ['delete']).message).toMatch(
      /^step "a": .*; and the cleanup step "delete": nothing names what was made$/,
    );
    expect(judge({ a: fail, 'cleanup/delete': leftOut('needs-failed') }, ['delete']).message).not.toContain('cleanup');
  });

  it('is not better because a step was never settled', () => {
    expect(judge({ a: pass, b: { ...pass, finished: false } })).toMatchObject({ outcome: 'unknown' });
    expect(judge({ a: unknown, b: fail })).toMatchObject({ outcome: 'fail' });
  });
});

describe('what a scenario shows', () => {
  const at = (time: string, durationMs: number, record: CheckRecord): CheckRecord => ({
    ...record,
    attempts: record.attempts.map((one) => ({ ...one, startedAt: `2026-11-21T11:59:${time}Z`, durationMs })),
  });

  it('spans from the first step to the end of the last, the cleanup included', () => {
    const records = {
      b: at('05.000', 200, pass),
      a: at('02.000', 100, pass),
      'cleanup/c': at('09.000', 500, pass),
      out,
    };
    expect(judge(records, ['c'])).toMatchObject({ startedAt: '2026-11-21T11:59:02.000Z', durationMs: 7500 });
    expect(judge({ a: at('05.000', 9000, pass), b: at('06.000', 10, pass) }).durationMs).toBe(9000);
    expect(judge({ a: leftOut('needs-failed') })).toMatchObject({ startedAt: null, durationMs: null });
  });

  it('is the evidence of the step that decided', () => {
    const bad = done(attempt({ ...observed({ status: 500, timings: { dns: 3 } }), evidence: ['a.png'] }, [broken()]));
    const judged = judge({ a: pass, b: bad });
    const [, step] = judged.steps;
    for (const name of [
      'target',
      'expectations',
      'layers',
      'source',
      'attempts',
      'attemptsAllowed',
      'timings',
      'facts',
      'runbook',
      'tryCommand',
      'evidence',
      'layer',
      'reasonCode',
    ] as const) {
      expect([name, judged[name]]).toEqual([name, step?.[name]]);
    }
    expect(judged).toMatchObject({ evidence: ['a.png'], timings: { dnsMs: 3 }, attemptsAllowed: 2, layer: 'content' });
  });

  it('has no message where it passed, and that of the step alone where that was skipped', () => {
    expect(judge({ a: pass })).toMatchObject({
      message: '',
      layer: null,
      reasonCode: null,
      flaky: false,
      causedBy: null,
    });
    expect(judge({ a: leftOut('missing-credential', 'TOKEN is not set') })).toMatchObject({
      outcome: 'skipped',
      message: 'TOKEN is not set',
    });
  });

  it.each<[readonly (keyof typeof recordOf)[], string, string | null]>([
    [['warn', 'pass'], 'warn', 's0'],
    [['warn', 'blocked'], 'blocked', 's1'],
    [['blocked', 'skipped'], 'skipped', null],
    [['skipped', 'unknown'], 'unknown', 's1'],
    [['unknown', 'fail'], 'fail', 's1'],
    [['fail', 'fail'], 'fail', 's0'],
    [['pass', 'pass'], 'pass', null],
  ])('is as bad as the worst of its steps: %j is %s', (ends, outcome, named) => {
    const judged = judge(Object.fromEntries(ends.map((end, index) => [`s${index}`, recordOf[end]])));
    expect(judged.outcome).toBe(outcome);
    expect(/^step "(.*?)": /.exec(judged.message)?.[1] ?? null).toBe(named);
  });

  it('is flaky with the attempts of the flaky step, whatever else passed', () => {
    expect(judge({ a: pass, b: FLAKY })).toMatchObject({ outcome: 'pass', flaky: true, attempts: { length: 3 } });
    expect(judge({ a: FLAKY, b: fail })).toMatchObject({ outcome: 'fail', flaky: true, attempts: { length: 1 } });
    expect(judge({ a: pass, b: fail }).flaky).toBe(false);
  });

  it('names what was not cleaned up, in a failed or unknown cleanup alone', () => {
    const records = { a: fail, 'cleanup/b': fail, 'cleanup/c': unknown, 'cleanup/d': pass, 'cleanup/e': recordOf.warn };
    expect(judge(records, ['b', 'c', 'd', 'e']).message).toBe(
      'step "a": status: number 500 is not 2xx; and the cleanup step "b": status: number 500 is not 2xx; ' +
        'and the cleanup step "c": it could not be looked at',
    );
    expect(judge({ a: pass, 'cleanup/b': fail, 'cleanup/c': fail }, ['b', 'c']).message).toMatch(
      /^the cleanup step "b": [^;]+; and the cleanup step "c": [^;]+$/,
    );
  });

  it('has a step as it became with what earlier ones captured', () => {
    const bound = { target: 'http://flow/tasks/7', tryCommand: ['curl', 'http://flow/tasks/7'] };
    const { steps } = judge({ a: { ...pass, bound }, b: pass });
    expect(steps[0]).toMatchObject({ id: 'flow/a', name: 'a', leftOut: false, ...bound });
    expect(steps[1]).toMatchObject({ target: 'http://flow/b.example.com/', tryCommand: null });
  });

  it('has a step that was left out with the reason, and nothing else of it', () => {
    expect(judge({ a: out, b: pass }).steps[0]).toMatchObject({
      leftOut: true,
      outcome: 'skipped',
      reasonCode: null,
      layer: null,
      message: 'its condition does not hold',
    });
  });

  it('with a step that was left out is complete', () => {
    const record = runRecord({
      checks: [],
      gates: [gate('launch', ['flow'])],
      plan: { scenarios: [scenario(['a', 'b'])] },
    });
    const run = (b: CheckRecord) =>
      judgeRun(
        {
          ...record,
          checks: new Map([
            ['flow/a', pass],
            ['flow/b', b],
          ]),
        },
        NOW,
      );
    expect(run(out)).toMatchObject({ verdict: 'GO', run: { complete: true } });
    expect(run({ ...out, leftOut: null })).toMatchObject({ verdict: 'HOLD', run: { complete: false } });
    expect(run(leftOut('needs-failed'))).toMatchObject({ verdict: 'HOLD', run: { complete: true } });
  });
});

describe('a step that ran out of time', () => {
  const late = done(attempt(unobserved('deadline-exceeded', 'the time for the whole run was over')));

  it('says whose time it was', () => {
    expect(judge({ a: late }, [], 5000)).toMatchObject({
      outcome: 'unknown',
      reasonCode: 'deadline-exceeded',
      message: 'step "a": the 5s that the steps have together were over',
    });
    expect(judge({ a: late }, [], 5000, { interruptedBy: 'deadline' }).message).toContain('the whole run');
  });

  it('says that it may have taken effect', () => {
    const sent = { ...unobserved('deadline-exceeded'), uncertain: true };
    expect(judge({ a: done(attempt(sent)) }, [], 5000).message).toMatch(
      /were over; what was sent may have taken effect/,
    );
  });

  it('in a cleanup ran out of the time for cleaning up', () => {
    const { cleanup } = judge({ a: pass, 'cleanup/c': late }, ['c'], null, { interruptedBy: 'SIGINT' });
    expect(cleanup[0]?.message).toBe('the time for cleaning up after the run was stopped was over');
  });
});
