import { describe, expect, test } from 'vitest';
import { keptRun } from '../history/kept-run.ts';
import type { KeptResult, RunEntry } from '../history/store.ts';
import { minute, runOf, type Ending } from '../history/test-runs.ts';
import { checkHistoryText, runsText } from './history-text.ts';

const resultsOf = (...endings: readonly Ending[]): readonly KeptResult[] =>
  endings.flatMap((ending, at) => {
    const run = keptRun(runOf(`r${at}`, at, { a: ending }), 'gonogo.yaml');
    return run.checks.map((check) => ({ ...check, run: run.id }));
  });

const entry = (changes: Partial<RunEntry>): RunEntry => ({
  file: 'gonogo.yaml',
  environment: null,
  id: 'r1',
  name: 'Test',
  configDigest: 'd',
  startedAt: minute(0),
  state: 'finished',
  finishedAt: minute(1),
  verdict: 'GO',
  complete: true,
  interruptedBy: null,
  gates: [],
  ...changes,
});

describe('the runs', () => {
  test('have a line each: when, how it ended, which, how long', () => {
    expect(runsText([entry({}), entry({ id: 'r0', verdict: 'NO-GO', complete: false })])).toBe(
      [
        '2026-11-21 12:00:00 UTC  GO                 r1  1 min 0 s',
        '2026-11-21 12:00:00 UTC  NO-GO (cut short)  r0  1 min 0 s',
        '',
      ].join('\n'),
    );
  });

  test('that were killed are told as that, without a verdict', () => {
    const killed = entry({ state: 'interrupted', verdict: null, finishedAt: null, complete: false });
    expect(runsText([killed])).toBe('2026-11-21 12:00:00 UTC  interrupted  r1\n');
  });

  test('of which there are none are told as that', () => {
    expect(runsText([])).toBe('no runs are remembered\n');
  });
});

describe('one check', () => {
  test('has its outcomes, its uptime without what could not tell, its changes, and its last results', () => {
    const text = checkHistoryText('a', resultsOf('pass', 'fail', 'unknown', 'pass', 'warn'));
    expect(text).toContain('a  5 results\n');
    expect(text).toContain('  looked at  2026-11-21 12:00:00 UTC to 2026-11-21 12:04:00 UTC\n');
    expect(text).toContain('  outcomes   .x?.!   (');
    expect(text).toContain('  durations  █████   (up to 100 ms)\n');
    expect(text).toContain('  uptime     75.00 % of 4 looks, 1 could not tell\n');
    expect(text).toContain('  flips      2 in the last 20\n');
    expect(text).toContain('12:01:00 UTC  fail    100 ms   assertion-failed: status: number 500 is not 2xx\n');
    expect(text).not.toContain('p95');
  });

  test('that comes and goes is told as flapping; enough good looks have a trend', () => {
    const text = checkHistoryText('a', resultsOf('pass', 'fail', 'pass', 'fail', 'pass', 'pass', 'pass', 'pass'));
    expect(text).toContain('4 in the last 20: FLAPPING\n');
    expect(text).toContain('  p95        100 ms\n');
  });

  test('shows what a target said without letting it act', () => {
    const [result] = resultsOf('fail');
    if (result === undefined) throw new Error('no result');
    const text = checkHistoryText('a', [{ ...result, message: '\u001b[2J::error::x\n\u202e' }]);
    expect(text).not.toMatch(/[\p{Cf}]|(?!\n)\p{Cc}/u);
    expect(text).not.toMatch(/^::/m);
  });
});
