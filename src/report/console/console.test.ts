import { describe, expect, test } from 'vitest';
import { blocked, passed, run, runbook } from '../../../tests/golden/reports/build.ts';
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
    deadlineState: null,
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

describe('with more blockers than anybody reads', () => {
  const ids = Array.from({ length: 300 }, (_, at) => `check-${at}`);
  const checks = ids.map((id, at) => passed(id, at + 1, { outcome: 'fail', reasonCode: 'http-5xx', layer: 'http' }));
  const section = runbook('operations.md', 'answers-5xx', 'Answers 5xx', []);
  const bad = run(checks, {
    verdict: 'NO-GO',
    blockers: checks.map((check) => blocked(check, { runbook: section })),
    repair: { checks: ids, verdict: 'GO' },
  });
  const lines = renderConsole(bad, options).split('\n');

  test('the first forty stand in full, the next two hundred as a line each, and the others are counted', () => {
    expect(lines.filter((line) => line.startsWith('   = reason'))).toHaveLength(40);
    const short = lines.filter((line) => line.startsWith('NO-GO  check-') && line.includes('http-5xx'));
    expect(short).toHaveLength(200);
    expect(short[0]).toBe('NO-GO  check-40  http-5xx  platform, #platform  docs/runbooks/operations.md#answers-5xx');
    expect(lines).toContain('... and 60 more: the other reports have them all');
  });

  test('lists of ids say how many more there are, and the last line counts them all', () => {
    expect(lines.join(' ').replaceAll(/\s+/g, ' ')).toContain(
      'Fix these 300 and the verdict becomes GO: check-0, check-1, ',
    );
    expect(lines.join(' ')).toContain('check-19 and 280 more');
    expect(lines.at(-2)).toMatch(/ {2}300 blockers$/);
  });
});

test('what was not checked is told once for each reason', () => {
  const notChecked = [
    { id: 'a', why: 'not selected' },
    { id: 'b', why: 'blocked by c' },
    { id: 'd', why: 'not selected' },
  ];
  expect(renderConsole(run([passed('c', 1)], { notChecked }), options)).toContain(
    'Not checked\n  a, d: not selected\n  b: blocked by c\n',
  );
});
