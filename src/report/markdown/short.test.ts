import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocked, passed, run } from '../../../tests/golden/reports/build.ts';
import { anyRun } from '../../../tests/golden/reports/random-run.ts';
import { renderMarkdownShort } from './short.ts';

const options = { colour: false, width: 100, unicode: true, sourceOf: () => null, root: '' };
const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

const many = (count: number, message: string) =>
  Array.from({ length: count }, (_, at) =>
    passed(`c${at}`, at + 1, { outcome: 'fail', reasonCode: 'timeout', message }),
  );

test('tells what is not good and nothing else, and counts what passed', () => {
  const [bad] = many(1, 'no answer within 10 s');
  const checks = [passed('fine', 9), ...(bad === undefined ? [] : [bad])];
  const short = renderMarkdownShort(
    run(checks, { verdict: 'NO-GO', blockers: checks.slice(1).map((check) => blocked(check)) }),
    options,
  );
  expect(short).toContain('`c0` `timeout`: no answer within 10 s; owner platform');
  expect(short).not.toContain('fine');
  expect(linesOf(short).at(-1)).toBe('1 passed.');
});

test('is under 60 lines and far under the 1 MiB of a job summary for a thousand failures that talk much', () => {
  const checks = many(1000, 'x'.repeat(100_000));
  const blockers = checks.slice(0, 500).map((check) => blocked(check));
  const contradictions = checks.map(({ id, message }) => ({
    component: id,
    claim: { check: id, says: message },
    evidence: { check: id, says: message },
    message,
  }));
  const banners = checks.map(({ message }) => message);
  const short = renderMarkdownShort(run(checks, { verdict: 'NO-GO', blockers, contradictions, banners }), options);
  expect(linesOf(short).length).toBeLessThan(60);
  expect(Buffer.byteLength(short)).toBeLessThan(64 * 1024);
  expect(short).toContain('- ... and 488 more\n');
  expect(linesOf(short).at(-1)).toBe('0 passed.');
});

test('is under 60 lines whatever a run holds', () => {
  fc.assert(
    fc.property(anyRun, (drawn) => {
      const lines = linesOf(renderMarkdownShort(drawn, options));
      expect(lines.length).toBeLessThan(60);
      expect(lines[0]).toMatch(new RegExp(`^# ${drawn.verdict}: `));
    }),
    { numRuns: 150 },
  );
});
