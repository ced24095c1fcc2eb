import { validate } from 'ctrf';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passed, run } from '../../../tests/golden/reports/build.ts';
import { anyRun } from '../../../tests/golden/reports/random-run.ts';
import { RUNS } from '../../../tests/golden/reports/runs.ts';
import { renderCtrf } from './ctrf.ts';

describe('the CTRF report', () => {
  it('counts what it tells, a flaky step among it', () => {
    const step = { ...passed('flow/create', 4, { flaky: true }), name: 'create', leftOut: false };
    const scenario = { ...passed('flow', 3), steps: [step], cleanup: [] };
    const { results } = JSON.parse(
      renderCtrf(run([passed('a', 1, { outcome: 'skipped' })], { scenarios: [scenario] })),
    );
    expect(results.summary).toMatchObject({ tests: 4, passed: 3, skipped: 1, failed: 0, flaky: 1 });
  });

  it('fits the schema of its own package whatever a run holds', () => {
    fc.assert(
      fc.property(anyRun, (drawn) => {
        expect(validate(JSON.parse(renderCtrf(drawn)))).toMatchObject({ valid: true });
      }),
      { numRuns: 150 },
    );
  });

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
