import { describe, expect, it } from 'vitest';
import type { Facts } from '../model/observation.ts';
import type { StepResult } from '../model/run.ts';
import type { RecordedScenario } from '../plan/plan.ts';
import { judgeScenario } from './scenarios.ts';
import { withSpecTests } from './spec-tests.ts';
import { waiver } from './test-manual.ts';
import { attempt, broken, done, observed, plannedCheck, result, runRecord, unobserved } from './test-run.ts';

const test = (given: Facts = {}): Facts => ({
  title: 'signs in',
  file: 'a.spec.ts',
  line: 3,
  column: 5,
  outcome: 'passed',
  'started-at': '2026-11-21T12:00:01.000Z',
  duration: 12,
  retries: 0,
  ...given,
});

const source = { file: 'smoke/board.yaml', line: 39, column: 9 };

/** A scenario with one step that ran specs; it failed when a test did. */
const judged = (tests: readonly Facts[], facts: Facts = {}) => {
  const { kind: _, target: __, host: ___, ...own } = plannedCheck('flow');
  const tryCommand = ['npx', 'playwright', 'test', 'a.spec.ts'];
  const check = plannedCheck('flow/browser', { kind: 'playwright', source, tryCommand });
  const scenario: RecordedScenario = {
    ...own,
    withinMs: null,
    steps: [{ name: 'browser', keepGoing: false, check }],
    cleanup: [],
  };
  const failed = tests.filter(({ outcome }) => outcome === 'failed').length;
  const results = [failed === 0 ? result({ fact: 'failed' }) : broken({ fact: 'failed' })];
  const seen = observed({ tests, total: tests.length, failed, 'not-run': 0, ...facts });
  const kept = tests.flatMap(({ evidence }) => (Array.isArray(evidence) ? evidence.map(String) : []));
  const record = runRecord({ checks: [], gates: [] });
  const checks = new Map([
    ['flow/browser', done(attempt({ ...seen, evidence: ['evidence/own.txt', ...kept] }, results))],
  ]);
  return judgeScenario(scenario, { ...record, checks });
};

const namesOf = (steps: readonly StepResult[]) => steps.map(({ name, outcome }) => `${name} ${outcome}`);

describe('a step that ran specs', () => {
  const failure = test({
    title: 'adds a task',
    line: 30,
    outcome: 'failed',
    message: 'the status is 0 (line 37)',
    retries: 1,
    evidence: ['evidence/a.png'],
  });

  it('is followed by a step for each test, with its own outcome, place, time and evidence', () => {
    const { steps } = judged([test(), failure, test({ title: 'later', outcome: 'skipped' })]);
    expect(namesOf(steps)).toEqual([
      'browser fail',
      'browser/signs in pass',
      'browser/adds a task fail',
      'browser/later skipped',
    ]);
    expect(steps[2]).toMatchObject({
      id: 'flow/browser/adds a task',
      title: 'adds a task',
      reasonCode: 'assertion-failed',
      layer: 'content',
      message: 'the status is 0 (line 37)',
      source: { file: 'smoke/a.spec.ts', line: 30, column: 5 },
      startedAt: '2026-11-21T12:00:01.000Z',
      durationMs: 12,
      evidence: ['evidence/a.png'],
      attempts: [
        { number: 1, outcome: 'fail' },
        { number: 2, outcome: 'fail' },
      ],
    });
    expect(steps[3]).toMatchObject({ leftOut: true, message: 'the spec leaves it out', attempts: [] });
  });

  it('shows of a test what is known of it, and nothing of the step that ran it', () => {
    const one = test({ outcome: 'failed', message: 'it is red', retries: 1, evidence: ['evidence/a.png', 5] });
    const { steps } = judged([one]);
    const { steps: _, ...step } = { ...steps[0], steps: null };
    expect(steps[1]).toEqual({
      ...step,
      id: 'flow/browser/signs in',
      name: 'browser/signs in',
      title: 'signs in',
      leftOut: false,
      outcome: 'fail',
      flaky: false,
      reasonCode: 'assertion-failed',
      layer: 'content',
      message: 'it is red',
      expectations: [],
      layers: [],
      source: { file: 'smoke/a.spec.ts', line: 3, column: 5 },
      attempts: [
        {
          number: 1,
          outcome: 'fail',
          reasonCode: 'assertion-failed',
          startedAt: '2026-11-21T12:00:01.000Z',
          durationMs: 0,
        },
        {
          number: 2,
          outcome: 'fail',
          reasonCode: 'assertion-failed',
          startedAt: '2026-11-21T12:00:01.000Z',
          durationMs: 12,
        },
      ],
      attemptsAllowed: 2,
      startedAt: '2026-11-21T12:00:01.000Z',
      durationMs: 12,
      timings: {},
      facts: {},
      tryCommand: ['npx', 'playwright', 'test', 'a.spec.ts', '--grep', 'signs in'],
      evidence: ['evidence/a.png'],
    });
  });

  it('gives a test what the runner left out: the time of the step, the first place, no attempts', () => {
    const { line: _, column: __, 'started-at': ___, duration: ____, retries: _____, ...bare } = test();
    const { steps } = judged([bare]);
    expect(steps[1]).toMatchObject({
      source: { file: 'smoke/a.spec.ts', line: 1, column: 1 },
      startedAt: '2026-11-21T11:59:00.000Z',
      durationMs: 0,
      attempts: [{ number: 1, outcome: 'pass', reasonCode: null, durationMs: 0 }],
      evidence: [],
    });
    expect(judged([test({ duration: -5, line: 0, column: -1 })]).steps[1]).toMatchObject({
      durationMs: 0,
      source: { line: 1, column: 1 },
    });
    const [step] = judged([test()]).steps;
    const tests = [bare];
    const unseen =
      step === undefined ? [] : withSpecTests({ ...step, startedAt: null, tryCommand: null, facts: { tests } });
    expect(unseen[1]).toMatchObject({ startedAt: null, attempts: [], tryCommand: null });
  });

  it('gives a waiver to what failed alone', () => {
    const [step] = judged([test(), failure]).steps;
    const waived = { ...waiver('flow'), state: 'in-force' } as const;
    const given =
      step === undefined ? [] : withSpecTests({ ...step, waiver: waived, facts: { tests: [test(), failure] } });
    expect(given.map((one) => one.waiver)).toEqual([waived, null, waived]);
  });

  it('is tried as often as the step or the runner allows', () => {
    expect(judged([test({ retries: 4 })]).steps[1]?.attemptsAllowed).toBe(5);
    expect(judged([test({ retries: 0 })]).steps[1]?.attemptsAllowed).toBe(2);
  });

  it('leaves to a test that passed nothing of what the failed one is about', () => {
    const { steps } = judged([test(), failure]);
    expect(steps[1]).toMatchObject({
      reasonCode: null,
      layer: null,
      message: '',
      layers: [],
      expectations: [],
      evidence: [],
      runbook: null,
    });
  });

  it('gives the section of the runbook to what failed alone', () => {
    const [step] = judged([test(), failure]).steps;
    const runbook = { file: 'board.md', anchor: 'the-board', title: 'The board', url: '', steps: [] };
    if (step === undefined) throw new Error('no step');
    const tests = [test(), failure];
    const given = withSpecTests({ ...step, runbook, facts: { tests } });
    expect(given.map((one) => one.runbook?.anchor ?? null)).toEqual(['the-board', null, 'the-board']);
  });

  it('keeps the evidence that is of no test, and the scenario all of it', () => {
    const scenario = judged([failure]);
    expect(scenario.steps[0]?.evidence).toEqual(['evidence/own.txt']);
    expect(scenario.evidence).toEqual(['evidence/own.txt', 'evidence/a.png']);
    expect(scenario.steps[0]?.facts['tests']).toBeUndefined();
  });

  it('shows a flaky test as one, with the tries that failed', () => {
    const { steps } = judged([test({ outcome: 'flaky', retries: 2, message: 'not yet' })]);
    expect(steps[1]).toMatchObject({ outcome: 'pass', flaky: true, message: '', attemptsAllowed: 3 });
    expect(steps[1]?.attempts.map(({ outcome }) => outcome)).toEqual(['fail', 'fail', 'pass']);
  });

  it('says how to run one test again', () => {
    const { steps } = judged([test({ title: 'a group: signs in (fast)?' })]);
    const [command = []] = [steps[1]?.tryCommand ?? []];
    expect(command.slice(0, -1)).toEqual(['npx', 'playwright', 'test', 'a.spec.ts', '--grep']);
    expect(new RegExp(command.at(-1) ?? '').test('phone a.spec.ts a group signs in (fast)?')).toBe(true);
    const title = String.raw`a^b$c.d*e+f?g(h)i[j]k{l}m|n\o`;
    const escaped = judged([test({ title })]).steps[1]?.tryCommand?.at(-1) ?? '';
    expect(new RegExp(`^${escaped}$`).test(title)).toBe(true);
    expect(new RegExp(`^${escaped}$`).test(title.replace('.', 'x'))).toBe(false);
  });
});

describe('the names of tests', () => {
  it.each([
    [
      'are told apart by project',
      [test({ project: 'phone' }), test({ project: 'desktop' })],
      ['phone: signs in', 'desktop: signs in'],
    ],
    [
      'are told apart by place',
      [test(), test({ file: 'b.spec.ts' }), test({ line: 9 })],
      ['signs in (a.spec.ts:3)', 'signs in (b.spec.ts:3)', 'signs in (a.spec.ts:9)'],
    ],
    ['are told apart by number when all else is the same', [test(), test()], ['signs in #1', 'signs in #2']],
    [
      'are told apart by project and place',
      [test({ project: 'phone' }), test({ project: 'phone', line: 9 }), test()],
      ['phone: signs in (a.spec.ts:3)', 'phone: signs in (a.spec.ts:9)', 'signs in (a.spec.ts:3)'],
    ],
    [
      'are told apart by project where only some have one',
      [test({ project: 'phone' }), test()],
      ['phone: signs in', 'signs in'],
    ],
    ['are as written where all differ', [test({ project: 'phone' }), test({ title: 'b' })], ['signs in', 'b']],
  ])('%s', (_what, tests, names) => {
    expect(
      judged(tests)
        .steps.slice(1)
        .map(({ title }) => title),
    ).toEqual(names);
  });

  it('lie where the spec is, also outside of the folder of the file', () => {
    expect(judged([test({ file: '../e2e/a.spec.ts' })]).steps[1]?.source.file).toBe('e2e/a.spec.ts');
  });
});

describe('what is not shown one by one', () => {
  it('is said: more tests than a report has room for', () => {
    const { steps } = judged([test()], { total: 341, 'not-run': 40 });
    expect(namesOf(steps)).toEqual(['browser pass', 'browser/signs in pass', 'browser/300 more tests skipped']);
    expect(steps[2]).toEqual({
      ...steps[0],
      id: 'flow/browser/300 more tests',
      name: 'browser/300 more tests',
      title: '300 more tests',
      leftOut: true,
      outcome: 'skipped',
      flaky: false,
      reasonCode: null,
      layer: null,
      message: '300 more tests are in the counts of the step "browser" and not shown one by one',
      expectations: [],
      layers: [],
      attempts: [],
      timings: {},
      facts: {},
      runbook: null,
      waiver: null,
      evidence: [],
    });
    expect(judged([test()], { total: 2, 'not-run': 0 }).steps).toHaveLength(3);
    expect(judged([test()], { total: 2, 'not-run': 1 }).steps).toHaveLength(2);
    expect(judged([test()], { total: 1, 'not-run': 3 }).steps).toHaveLength(2);
  });

  it.each<Facts>([{}, { tests: 'none' }, { tests: [] }, { tests: ['(cut: 3 more items)', 3, null] }])(
    'is nothing in %j',
    (facts) => {
      const [step] = judged([test()]).steps;
      if (step === undefined) throw new Error('no step');
      expect(withSpecTests({ ...step, facts })).toHaveLength(1);
    },
  );

  it('leaves steps of other kinds as they are', () => {
    const [step] = judged([test()]).steps;
    if (step === undefined) throw new Error('no step');
    const other = { ...step, kind: 'http', facts: { tests: [test()] } };
    expect(withSpecTests(other)).toEqual([other]);
  });

  it('does not count as passed when its outcome is not known', () => {
    const { steps } = judged([test({ outcome: 'excellent' }), {}]);
    expect(steps.slice(1).map(({ outcome, leftOut }) => [outcome, leftOut])).toEqual([
      ['skipped', true],
      ['skipped', true],
    ]);
  });
});

it('tests that ended before the time was over are shown too', () => {
  const late = unobserved('timeout', 'the specs did not end');
  const record = done(attempt({ ...late, facts: { tests: [test()], total: 2, 'not-run': 1 } }));
  const { kind: _, target: __, host: ___, ...own } = plannedCheck('flow');
  const steps = [{ name: 'browser', keepGoing: false, check: plannedCheck('flow/browser', { kind: 'playwright' }) }];
  const scenario: RecordedScenario = { ...own, withinMs: null, steps, cleanup: [] };
  const run = runRecord({ checks: [], gates: [] });
  const told = judgeScenario(scenario, { ...run, checks: new Map([['flow/browser', record]]) });
  expect(namesOf(told.steps)).toEqual(['browser fail', 'browser/signs in pass']);
});
