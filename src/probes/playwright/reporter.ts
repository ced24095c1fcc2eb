// Loaded by the runner of Playwright, not by us: tells each test on stdout, as one line of JSON behind a mark.
import process from 'node:process';
import type { FullResult, Reporter, TestCase, TestError, TestResult } from '@playwright/test/reporter';

/** What a line of ours begins with, so that nothing that a spec prints is taken for one. */
const mark = process.env['GONOGO_REPORT_MARK'] ?? '';

const say = (value: object): void => {
  process.stdout.write(`\n${mark}${JSON.stringify(value)}\n`);
};

const textOf = ({ message, value }: Pick<TestError, 'message' | 'value'>): string =>
  message ?? value ?? 'no reason given';

/** Tells how each test ended, and what went wrong outside of tests. */
class LineReporter implements Reporter {
  onTestEnd(test: TestCase, result: TestResult): void {
    const last = result.retry >= test.retries || result.status === test.expectedStatus || result.status === 'skipped';
    say({
      type: 'test',
      last,
      title: test.titlePath().slice(3).join(': ') || test.title,
      file: test.location.file,
      line: test.location.line,
      column: test.location.column,
      project: test.titlePath()[1] ?? '',
      outcome: test.outcome(),
      status: result.status,
      duration: result.duration,
      retry: result.retry,
      error: result.error === undefined ? null : textOf(result.error),
      steps: result.steps.filter(({ error }) => error !== undefined).map(({ title }) => title),
      attachments: result.attachments.flatMap(({ name, path, contentType }) =>
        path === undefined ? [] : [{ name, path, contentType }],
      ),
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
