import { expect, test } from 'vitest';
import { readRetryAfter } from './retry-after.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const SOON = 'Sat, 21 Nov 2026 12:00:30 GMT';

test.each([
  ['5', 5000],
  ['0', 0],
  ['999999999', 999_999_999_000],
  [SOON, 30_000],
  ['Saturday, 21-Nov-26 12:00:30 GMT', 30_000],
  ['Sat Nov 21 12:00:30 2026', 30_000],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
])('Retry-After: %s asks to wait', (value, waitMs) => {
  expect(readRetryAfter([['retry-after', value]], NOW)).toEqual({ ok: true, waitMs });
});

test('a date counts from the Date of the same answer: the clock there may differ from ours', () => {
  const headers = [
    ['date', 'Sat, 21 Nov 2026 12:00:20 GMT'],
    ['retry-after', SOON],
  ] as const;
  expect(readRetryAfter(headers, NOW)).toEqual({ ok: true, waitMs: 10_000 });
});

test.each([
  ['soon', 'Retry-After: "soon" is neither seconds nor a date'],
  ['-5', 'Retry-After: "-5" is neither seconds nor a date'],
  ['1.5', 'Retry-After: "1.5" is neither seconds nor a date'],
  ['5s', 'Retry-After: "5s" is neither seconds nor a date'],
  ['', 'Retry-After: "" is neither seconds nor a date'],
  ['1e9', 'Retry-After: "1e9" is neither seconds nor a date'],
  ['2026-11-21T12:00:30Z', 'Retry-After: "2026-11-21T12:00:30Z" is neither seconds nor a date'],
  ['Sat, 21 Nov 2026 25:00:30 GMT', 'Retry-After: "Sat, 21 Nov 2026 25:00:30 GMT" is neither seconds nor a date'],
])('Retry-After: %s tells nothing', (value, problem) => {
  expect(readRetryAfter([['retry-after', value]], NOW)).toEqual({ ok: false, problem });
});

test('none, and two that differ, tell nothing', () => {
  expect(readRetryAfter([], NOW)).toEqual({ ok: false, problem: 'there is no Retry-After' });
  const two = [
    ['retry-after', '5'],
    ['retry-after', '6'],
  ] as const;
  expect(readRetryAfter(two, NOW)).toEqual({ ok: false, problem: 'there are several Retry-After that differ' });
});
