import type { FactTable } from '../../model/fact.ts';

/** What a run of specs shows. */
export const playwrightFactTable: FactTable = {
  tests: {
    type: 'list',
    description:
      'each test: `title file line outcome duration retries message evidence`; at most 100, failed ones before others',
  },
  total: { type: 'number', description: 'how many tests there are' },
  passed: { type: 'number', description: 'how many passed, flaky ones included' },
  failed: { type: 'number', description: 'how many failed, timed out or were interrupted' },
  flaky: { type: 'number', description: 'how many passed only at a later try' },
  skipped: { type: 'number', description: 'how many were left out by the specs themselves' },
  'not-run': { type: 'number', description: 'how many were found and never run' },
  unasserted: {
    type: 'number',
    description: 'how many passed without a single `expect` of Playwright, in hooks or in the test',
    code: 'nothing-asserted',
  },
  errors: {
    type: 'list',
    description:
      'errors outside of any test: a spec that cannot be loaded, a pattern without a test, a runner that ended',
    code: 'not-run',
  },
  'exit-code': { type: 'number', description: 'exit code of the runner of Playwright', code: 'exit-code' },
  signal: { type: 'string', description: 'the signal that ended the runner; absent when it ended by itself' },
  withheld: { type: 'list', description: 'evidence that was not kept, and why' },
  stderr: { type: 'string', description: 'what the runner said beside its report, at most 8 KiB' },
  duration: { type: 'duration', description: 'from the start of the runner to its end', code: 'slow' },
};
