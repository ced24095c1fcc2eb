import { validate } from 'ctrf';
import { describe, expect, it } from 'vitest';
import { RUNS } from '../../../tests/golden/reports/runs.ts';
import { renderCtrf } from './ctrf.ts';

describe('the CTRF report', () => {
  it.each([...RUNS])('of a run of the kind %s fits the schema of its own package', (_kind, run) => {
    expect(validate(JSON.parse(renderCtrf(run)))).toMatchObject({ valid: true });
  });

  it.each([...RUNS])('of a run of the kind %s is green only when we may go', (_kind, run) => {
    const report: { results: { summary: { failed: number }; tests: { name: string; status: string }[] } } = JSON.parse(
      renderCtrf(run),
    );
    const held = run.verdict === 'NO-GO' || run.verdict === 'HOLD';
    expect(report.results.tests[0]).toMatchObject({ name: 'verdict', status: held ? 'failed' : 'passed' });
    expect(report.results.summary.failed > 0).toBe(
      held || run.totals.fail + run.totals.unknown + run.totals.blocked > 0,
    );
  });
});
