import type { CheckResult, Run } from '../../model/run.ts';
import { breakText } from '../view/broken.ts';
import { entriesOf } from '../view/findings.ts';
import { ladderText } from '../view/ladder.ts';
import { ownerText, positionText, runbookText } from '../view/phrase.ts';
import { isScenario } from '../view/steps.ts';
import { visible } from '../encode/visible.ts';
import { harmless } from '../json/json.ts';

type Status = 'passed' | 'failed' | 'skipped' | 'pending' | 'other';

/** Only a pass and a warning are passed; what could not be told is failed, so that nobody sees green for a HOLD. */
const STATUS: { readonly [outcome in CheckResult['outcome']]: Status } = {
  pass: 'passed',
  warn: 'passed',
  fail: 'failed',
  unknown: 'failed',
  blocked: 'failed',
  skipped: 'skipped',
};

/** Common Test Report Format (ctrf.io): a test for the verdict, then one for each check, scenario, step and manual item. */
export const renderCtrf = (run: Run): string => {
  const tests = [verdictTest(run), ...entriesOf(run).flatMap(testsOf)];
  const count = (status: Status): number => tests.filter((one) => one.status === status).length;
  const start = Date.parse(run.run.startedAt);
  const stop = run.run.finishedAt === null ? start : Date.parse(run.run.finishedAt);
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: run.run.finishedAt ?? run.run.startedAt,
    generatedBy: `${run.run.tool.name} ${run.run.tool.version}`,
    results: {
      tool: { name: run.run.tool.name, version: run.run.tool.version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        skipped: count('skipped'),
        pending: 0,
        other: 0,
        flaky: tests.filter((one) => 'flaky' in one && one.flaky).length,
        start,
        stop,
      },
      tests,
      environment: {
        reportName: visible(run.run.name),
        ...(run.run.environment === null ? {} : { testEnvironment: run.run.environment }),
        extra: { run: run.run.id, verdict: run.verdict, complete: run.run.complete },
      },
    },
  };
  return `${harmless(JSON.stringify(report, null, 2))}\n`;
};

const verdictTest = (run: Run) => ({
  name: 'verdict',
  status: run.verdict === 'NO-GO' || run.verdict === 'HOLD' ? ('failed' as const) : ('passed' as const),
  duration: Math.round(run.run.durationMs ?? 0),
  message: visible([run.verdict, ...run.reasons].join('; ')),
});

const testsOf = (check: CheckResult) => [
  testOf(check, check.id, check.component ?? 'gonogo'),
  ...(isScenario(check) ? [...check.steps, ...check.cleanup].map((step) => testOf(step, step.name, check.id)) : []),
];

const testOf = (check: CheckResult, name: string, suite: string) => ({
  name,
  status: STATUS[check.outcome],
  duration: Math.round(check.durationMs ?? 0),
  rawStatus: check.outcome,
  suite: [suite],
  type: check.kind,
  filePath: check.source.file,
  line: check.source.line,
  tags: [...check.tags],
  flaky: check.flaky,
  retries: Math.max(0, check.attempts.length - 1),
  ...(check.message === '' ? {} : { message: visible(`${check.reasonCode ?? check.outcome}: ${check.message}`) }),
  ...(check.outcome === 'pass' ? {} : { trace: traceOf(check) }),
  extra: {
    title: visible(check.title),
    reasonCode: check.reasonCode,
    layer: check.layer,
    owner: check.owner === null ? null : ownerText(check.owner),
    runbook: check.runbook === null ? null : runbookText(check.runbook),
  },
});

const traceOf = (check: CheckResult): string =>
  [
    `at ${positionText(check.source)}`,
    ...check.expectations.filter(({ held }) => !held).map((one) => `broken: ${breakText(one)}`),
    check.layers.length === 0 ? '' : `layer: ${ladderText(check)}`,
  ]
    .filter((line) => line !== '')
    .map(visible)
    .join('\n');
