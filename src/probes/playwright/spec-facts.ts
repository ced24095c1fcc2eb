import { relative, sep } from 'node:path';
import type { JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { Evidence } from './keep-evidence.ts';
import { withError, type Results, type TestSeen } from './results.ts';
import type { SpecFiles } from './find-specs.ts';

/** A report keeps lists of at most 100 items. */
const MOST_SHOWN = 100;

const isNoteworthy = ({ outcome }: TestSeen): boolean => outcome === 'failed' || outcome === 'flaky';

/** The tests that are shown, in their order: where there are too many, those that passed give way. */
const shownOf = (tests: readonly TestSeen[]): readonly TestSeen[] => {
  const first = tests.filter(isNoteworthy).slice(0, MOST_SHOWN);
  const others = tests.filter((test) => !isNoteworthy(test)).slice(0, MOST_SHOWN - first.length);
  const shown = new Set([...first, ...others]);
  return tests.filter((test) => shown.has(test));
};

const testFact = (test: TestSeen, folder: string, evidence: readonly string[]): JsonObject => ({
  title: test.title,
  file: relative(folder, test.file).split(sep).join('/'),
  line: test.line,
  column: test.column,
  ...(test.project === '' ? {} : { project: test.project }),
  outcome: test.outcome,
  ...(test.startedAt === '' ? {} : { 'started-at': test.startedAt }),
  duration: test.durationMs,
  retries: test.retries,
  ...(test.message === null ? {} : { message: test.message }),
  ...(evidence.length === 0 ? {} : { evidence: [...evidence] }),
});

/** What the results say of tests, as far as they have come. */
export const testFacts = (results: Results, evidence: Evidence, folder: string): Facts => {
  const tests = [...results.tests.values()];
  const count = (outcome: TestSeen['outcome']): number => tests.filter((test) => test.outcome === outcome).length;
  const found = Math.max(results.found ?? 0, tests.length);
  const withheld = evidence.withheld();
  return {
    tests: shownOf(tests).map((test) => testFact(test, folder, evidence.of(test))),
    total: found,
    passed: count('passed') + count('flaky'),
    failed: count('failed'),
    flaky: count('flaky'),
    skipped: count('skipped'),
    'not-run': found - tests.length,
    unasserted: tests.filter(({ outcome, expects }) => (outcome === 'passed' || outcome === 'flaky') && expects === 0)
      .length,
    errors: [...results.errors],
    ...(withheld.length === 0 ? {} : { withheld: [...withheld] }),
  };
};

/**
 * Results with what is wrong although no test says so: the runner ended before it was done, or a pattern names files
 * and none of their tests was run, which `grep` alone may leave out.
 */
export const withSilentFaults = (results: Results, specs: readonly SpecFiles[], hasGrep: boolean): Results => {
  if (!results.ended) {
    const done = results.found === null ? 'had found any test' : 'said that it was done';
    return withError(results, `the runner ended before it ${done}`);
  }
  if (results.errors.length > 0 || results.found === 0 || hasGrep) return results;
  const withTests = new Set(results.files);
  const silent = specs.filter(({ files }) => !files.some((file) => withTests.has(file)));
  return silent.reduce((all, { pattern }) => withError(all, `no test was found in ${pattern}`), results);
};
