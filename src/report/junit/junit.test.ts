import { expect, test } from 'vitest';
import { passed, run } from '../../../tests/golden/reports/build.ts';
import { readJunit } from '../../../tests/golden/reports/read-junit.ts';
import { OUTCOMES, VERDICTS } from '../../model/outcome.ts';
import { renderJunit } from './junit.ts';

const checks = OUTCOMES.map((outcome, index) => passed(outcome, index + 1, { outcome, message: `it is ${outcome}` }));

test('a fail is a failure, unknown and blocked are errors, a warning passes, and each is counted', () => {
  const junit = readJunit(renderJunit(run(checks, { verdict: 'NO-GO', reasons: ['fail fails'] })));
  expect(junit.cases.map(({ name, result }) => `${name}: ${result}`)).toEqual([
    'verdict: failure',
    'pass: good',
    'warn: good',
    'fail: failure',
    'unknown: error',
    'blocked: error',
    'skipped: skipped',
  ]);
  expect(junit.counts).toEqual({ tests: 7, failures: 2, errors: 2, skipped: 1 });
});

test.each(VERDICTS)('the case for the verdict %s is red exactly when we may not go', (verdict) => {
  const [first] = readJunit(renderJunit(run([passed('a', 1)], { verdict }))).cases;
  expect(first).toEqual({
    name: 'verdict',
    result: verdict === 'GO' || verdict === 'CONDITIONAL' ? 'good' : 'failure',
  });
});

test('the strict reader of these tests refuses what XML 1.0 refuses', () => {
  expect(() => readJunit('<a>\u0001</a>')).toThrow(/disallowed/);
  expect(() => readJunit('<a b="1" b="2"/>')).toThrow(/duplicate/);
});

test('times are seconds, and a check that never ran has none', () => {
  const xml = renderJunit(run([passed('a', 1, { durationMs: 1500 }), passed('b', 2, { durationMs: null })]));
  expect(xml).toContain('<testcase name="a" classname="gonogo" file="checks/launch.yaml" line="1" time="1.500">');
  expect(xml).toContain('<testcase name="b" classname="gonogo" file="checks/launch.yaml" line="2">');
});

test('a step of a scenario is a case of its own, in the class of the scenario', () => {
  const step = {
    ...passed('flow/create', 4, { outcome: 'fail', reasonCode: 'http-5xx', message: 'it broke' }),
    name: 'create',
    leftOut: false,
  };
  const scenario = { ...passed('flow', 3, { outcome: 'fail', reasonCode: 'http-5xx' }), steps: [step], cleanup: [] };
  const xml = renderJunit(run([], { scenarios: [scenario] }));
  expect(readJunit(xml).cases).toEqual([
    { name: 'verdict', result: 'good' },
    { name: 'flow', result: 'failure' },
    { name: 'create', result: 'failure' },
  ]);
  expect(xml).toContain('<testcase name="create" classname="flow" file="checks/launch.yaml" line="4"');
});

test('several attempts are told each, and what was kept is an attachment', () => {
  const attempt = (number: number, outcome: 'fail' | 'pass') => ({
    number,
    outcome,
    reasonCode: outcome === 'fail' ? ('http-5xx' as const) : null,
    startedAt: '2026-11-21T02:14:07.120Z',
    durationMs: 84,
  });
  const flaky = passed('a', 1, {
    flaky: true,
    attempts: [attempt(1, 'fail'), attempt(2, 'pass')],
    evidence: ['evidence/a/<page>.png'],
  });
  expect(renderJunit(run([flaky]))).toContain(
    '<system-out>attempt 1: fail, http-5xx, 84 ms\nattempt 2: pass, 84 ms\n[[ATTACHMENT|evidence/a/&lt;page&gt;.png]]</system-out>',
  );
  expect(renderJunit(run([passed('a', 1)]))).not.toContain('ATTACHMENT');
});
