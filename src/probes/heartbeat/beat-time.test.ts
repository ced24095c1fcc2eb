import { expect, test } from 'vitest';
import { beatTime } from './beat-time.ts';

const AT = Date.UTC(2026, 10, 3, 9, 30);

test.each([
  ['ISO in UTC', '2026-11-03T09:30:00Z'],
  ['ISO with an offset', '2026-11-03T11:30:00+02:00'],
  ['an HTTP date', 'Tue, 03 Nov 2026 09:30:00 GMT'],
  ['seconds', AT / 1e3],
  ['milliseconds', AT],
  ['microseconds', AT * 1e3],
  ['nanoseconds', AT * 1e6],
  ['nanoseconds as they stand in JSON that was read', String(AT * 1e6)],
])('%s is a time', (_what, value) => {
  expect(beatTime(value)).toBe(AT);
});

test('fractions of a second count', () => {
  expect(beatTime('2026-11-03T09:30:00.25Z')).toBe(AT + 250);
  expect(beatTime(AT / 1e3 + 0.25)).toBe(AT + 250);
});

test.each([
  ['a time without an offset', '2026-11-03T09:30:00'],
  ['a day', '2026-11-03'],
  ['a day that there is not', '2026-02-30T00:00:00Z'],
  ['digits as text', String(AT)],
  ['words', 'five minutes ago'],
  ['nothing', null],
  ['an empty text', ''],
  ['zero, which is never', 0],
  ['a negative number', -AT],
  ['a number beyond nanoseconds', 1e20],
  ['yes', true],
  ['a list', [AT]],
])('%s is none', (_what, value) => {
  expect(beatTime(value)).toBeNull();
});
