// Loaded by the runner of Playwright, not by us: tells each test on stdout, as one line of JSON behind a mark.
import process from 'node:process';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';

/** What a line of ours begins with, so that nothing that is printed is taken for one. The specs must not know it. */
const mark = process.env['GONOGO_REPORT_MARK'] ?? '';
delete process.env['GONOGO_REPORT_MARK'];

const LONGEST = 8000;
const MOST_ATTACHMENTS = 100;

const say = (value: object): void => {
  process.stdout.write(`\n${mark}${JSON.stringify(value)}\n`);
};

const textOf = ({ message, value }: Pick<TestError, 'message' | 'value'>): string =>
  (message ?? value ?? 'no reason given').slice(0, LONGEST);

const placeOf = (test: TestCase): object => ({
  id: test.id,
  title: test.titlePath().slice(3).join(': ') || test.title,
  file: test.location.file,
  line: test.location.line,
  column: test.location.column,
  project: test.titlePath()[1] ?? '',
});

type Steps = TestResult['steps'];

/** How many times a test, its hooks included, asked whether something is as it must be. */
const countExpects = (steps: Steps): number =>
  steps.reduce((sum, { category, steps: inner }) => sum + (category === 'expect' ? 1 : countExpects(inner)), 0);

/** Tells which tests there are, how each try of one ended, and what went wrong outside of tests. */
class LineReporter implements Reporter {
  onBegin(_config: FullConfig, suite: Suite): void {
    const files = suite.suites.flatMap((project) => project.suites).filter((file) => file.allTests().length > 0);
    say({
      type: 'begin',
      found: suite.allTests().length,
      files: [...new Set(files.flatMap(({ location }) => location?.file ?? []))],
    });
  }

  onTestBegin(test: TestCase): void {
    say({ type: 'start', ...placeOf(test) });
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const { error } = result;
    say({
      type: 'test',
      ...placeOf(test),
      outcome: test.outcome(),
      startedAt: result.startTime.toISOString(),
      duration: result.duration,
      retry: result.retry,
      expects: countExpects(result.steps),
      error: error === undefined ? null : textOf(error),
      errorLine: error?.location?.line ?? null,
      attachments: result.attachments
        .slice(0, MOST_ATTACHMENTS)
        .flatMap(({ name, path }) => (path === undefined ? [] : [{ name, path }])),
    });
  }

  onError(error: TestError): void {
    say({ type: 'error', text: textOf(error), file: error.location?.file ?? null, line: error.location?.line ?? null });
  }

  onEnd(result: FullResult): void {
    say({ type: 'end', status: result.status });
  }

  printsToStdio(): boolean {
    return true;
  }
}

export default LineReporter;
