import type { FactTable } from '../../model/fact.ts';

/** What a run of specs shows. */
export const playwrightFactTable: FactTable = {
  tests: { type: 'list', description: 'each test: `title file line outcome duration retries error`; the first 500' },
  total: { type: 'number', description: 'how many tests there are' },
  passed: { type: 'number', description: 'how many passed at the first try' },
  failed: { type: 'number', description: 'how many failed, timed out or were interrupted' },
  flaky: { type: 'number', description: 'how many passed only at a later try' },
  skipped: { type: 'number', description: 'how many were left out by the specs themselves' },
  errors: { type: 'list', description: 'errors outside of any test: a spec that cannot be loaded' },
  'exit-code': { type: 'number', description: 'how the runner of Playwright ended' },
  stderr: { type: 'string', description: 'the end of what the runner said beside its report' },
  duration: { type: 'duration', description: 'from the start of the runner to its end', code: 'slow' },
};
