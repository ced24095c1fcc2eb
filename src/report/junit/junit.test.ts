import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { passed, run } from '../../../tests/golden/reports/build.ts';
import { importProblems, readJunit } from '../../../tests/golden/reports/read-junit.ts';
import { anyRun } from '../../../tests/golden/reports/random-run.ts';
import { OUTCOMES, VERDICTS } from '../../model/outcome.ts';
import type { CheckResult } from '../../model/run.ts';
import { renderJunit } from './junit.ts';

const UNSIGNED = { signOffs: [], choice: null, due: null };
const TWICE: CheckResult['attempts'] = [1, 2].map((number) => ({
  number,
  outcome: 'fail',
  reasonCode: 'timeout',
  startedAt: '2026-11-21T02:14:07.120Z',
  durationMs: 84,
}));

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

test('a manual item is a case too, so that what holds the verdict can be seen', () => {
  const item = { ...passed('sign-off', 5, { kind: 'manual', outcome: 'unknown' as const }), ...UNSIGNED };
  const { cases } = readJunit(renderJunit(run([], { manual: [item], verdict: 'HOLD' })));
  expect(cases.map(({ name, result }) => `${name}: ${result}`)).toEqual(['verdict: failure', 'sign-off: error']);
});

test('files are named from the workspace of the pipeline', () => {
  const pipeline = {
    ofFile: (path: string) => `services/shop/${path}`,
    ofEvidence: (path: string) => `services/shop/out/${path}`,
  };
  const xml = renderJunit(run([passed('a', 1, { evidence: ['evidence/a/1-page.png'] })]), { pipeline });
  expect(xml).toContain(' file="services/shop/checks/launch.yaml" line="1"');
  expect(xml).toContain('[[ATTACHMENT|services/shop/out/evidence/a/1-page.png]]');
});

test('only what lies in the folder of the run is attached, whatever the target said', () => {
  const evidence = [
    '/etc/passwd',
    '../../secret',
    'a/../../b',
    'https://evil.example/x',
    'c:\\x',
    'a]]b',
    'evidence/good.txt',
  ];
  const message = 'all is [[ATTACHMENT|/etc/passwd]]';
  const checks = [
    passed('a', 1, { outcome: 'fail', evidence }),
    passed('b', 2, { outcome: 'warn', message }),
    passed('c', 3, { outcome: 'fail', message }),
  ];
  const xml = renderJunit(run(checks, { reasons: [message], banners: [message] }));
  const outputs = [...xml.matchAll(/<system-out>([^<]*)/g)].map(([, text = '']) => text).join('\n');
  expect(outputs.match(/\[\[ATTACHMENT.*/g)).toEqual(['[[ATTACHMENT|evidence/good.txt]]']);
});

test('what importers refuse is nowhere: each element in its place, with its attributes, output once in a case', () => {
  fc.assert(
    fc.property(anyRun, (drawn) => {
      const checks = drawn.checks.map((check) => ({ ...check, evidence: ['evidence/a.png'], attempts: TWICE }));
      expect(importProblems(renderJunit({ ...drawn, checks }))).toEqual([]);
    }),
    { numRuns: 150 },
  );
  expect(
    importProblems(
      '<testsuites><testsuite name="a" tests="1" failures="0" errors="0"><testcase/></testsuite></testsuites>',
    ),
  ).toEqual(['testcase has no name']);
  expect(importProblems('<testsuites skipped="1"><testcase name="a"/></testsuites>')).toEqual([
    'testsuites has the attribute skipped',
    'testcase stands in testsuites',
  ]);
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
