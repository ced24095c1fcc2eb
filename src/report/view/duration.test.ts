import { expect, test } from 'vitest';
import { formatDuration, formatTime } from './duration.ts';

test.each([
  [0, '0 ms'],
  [812.4, '812 ms'],
  [999.6, '1 s'],
  [4200, '4.2 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [3_599_600, '1 h 0 min'],
  [3_780_000, '1 h 3 min'],
])('%d ms is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('a time loses its fraction, and what is no time stays as it is', () => {
  expect(formatTime('2026-11-21T02:14:07.120Z')).toBe('2026-11-21 02:14:07 UTC');
  expect(formatTime('tomorrow')).toBe('tomorrow');
});
