import { expect, test } from 'vitest';
import { progressText } from './progress.ts';
import { showTime } from './show-time.ts';

test.each([
  [0, '0 ms'],
  [812.4, '812 ms'],
  [999.9, '999 ms'],
  [1000, '1 s'],
  [15_160, '15.1 s'],
  [59_990, '59.9 s'],
  [60_000, '1m00s'],
  [252_000, '4m12s'],
  [3_599_999, '59m59s'],
  [7_380_000, '2h03m'],
])('%d ms are %s', (ms, shown) => {
  expect(showTime(ms)).toBe(shown);
});

test('progress tells how far a look is, what came and the longest silence', () => {
  const soFar = { passedMs: 252_300, counts: '25 events', maxGapMs: 15_120 };
  expect(progressText(soFar, 600_000)).toBe('4m12s of 10m, 25 events, longest gap 15.1 s');
  expect(progressText({ ...soFar, passedMs: 600_400 }, 600_000)).toMatch(/^10m00s of 10m/);
});
