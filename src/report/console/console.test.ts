import { expect, test } from 'vitest';
import { passed, run } from '../../../tests/golden/reports/build.ts';
import type { ReportOptions } from '../reporter.ts';
import { renderConsole } from './console.ts';

const options: ReportOptions = { colour: false, width: 100, unicode: true, sourceOf: () => null, root: '' };

const many = (count: number) => run(Array.from({ length: count }, (_, index) => passed(`check-${index}`, index + 1)));

test('up to twenty passing checks are listed, more are counted', () => {
  expect(renderConsole(many(20), options)).toContain('check-19');
  expect(renderConsole(many(21), options)).not.toContain('check-20');
  expect(renderConsole(many(21), options)).toContain('  21 checks passed\n');
});

test('a finding whose line cannot be had still shows what was seen and what was asked', () => {
  const broken = passed('a', 7, {
    outcome: 'fail',
    reasonCode: 'assertion-failed',
    expectations: [
      {
        fact: '$.status',
        matcher: 'equals',
        expected: 'pass',
        actual: 'degraded',
        held: false,
        level: 'expect',
        explanation: 'string "degraded" is not "pass"',
        source: { file: 'a.yaml', line: 14, column: 17 },
      },
    ],
  });
  const blocker = {
    cause: { check: 'a', reasonCode: 'assertion-failed', layer: 'content', message: '' },
    outcome: 'fail',
    verdict: 'NO-GO',
    same: [],
    affects: { checks: [], gates: [] },
    owner: null,
    priority: null,
    deadline: null,
    since: null,
    dueAt: null,
    overdue: false,
    runbook: null,
    next: '',
  } as const;
  const text = renderConsole(run([broken], { verdict: 'NO-GO', blockers: [blocker] }), options);
  expect(text).toContain('  --> a.yaml:14:17\n');
  expect(text).toContain('   |  $.status: string "degraded" is not "pass"\n');
});
