import { describe, expect, it } from 'vitest';
import type { CheckRecord, RunRecord } from '../execute/event.ts';
import type { RecordedScenario } from '../plan/plan.ts';
import { judgeScenario } from './scenarios.ts';
import { attempt, broken, done, leftOut, observed, plannedCheck, recordOf, runRecord, unobserved } from './test-run.ts';

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
