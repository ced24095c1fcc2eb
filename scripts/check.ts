// The one command that checks everything: types, lint, format, generated files, tests. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '--noEmit'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['generated files are fresh', 'node', 'scripts/generate.ts', '--check'],
];

/** Runs one step and tells how it went; its output is shown only when it failed. */
const passes = ([name, command, ...args]: (typeof steps)[number]): boolean => {
  const startedAt = performance.now();
  const result = spawnSync(command, args, { encoding: 'utf8' });
  const good = result.status === 0;
  console.log(`${good ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (!good) console.log(`${result.stdout}${result.stderr}${result.error?.message ?? ''}`);
  return good;
};

type VitestSummary = { readonly numPassedTests: number; readonly numFailedTests: number; readonly success: boolean };

/** Runs the tests with their output shown, and counts from the JSON report: a crashed runner counts as one failure. */
const runTests = (): { readonly passed: number; readonly failed: number } => {
  const folder = mkdtempSync(join(tmpdir(), 'check-'));
  const file = join(folder, 'vitest.json');
  try {
    const result = spawnSync('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`], {
      stdio: 'inherit',
      env: process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1' },
    });
    const summary: VitestSummary = JSON.parse(readFileSync(file, 'utf8'));
    const crashed = summary.numFailedTests === 0 && (result.status !== 0 || !summary.success);
    return { passed: summary.numPassedTests, failed: summary.numFailedTests + (crashed ? 1 : 0) };
  } catch (error) {
    console.log(`the test run left no report: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const good = steps.map((step) => passes(step));
const tests = runTests();
const passed = good.filter(Boolean).length + tests.passed;
const failed = good.filter((ok) => !ok).length + tests.failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1;
