import { expect, test } from 'vitest';
import { missedBeats, scheduleOf } from './schedule.ts';

const MINUTE = 60_000;

test.each([
  ['in time', 10, 0],
  ['within its grace', 20, 0],
  ['just over its grace', 20.1, 1],
  ['almost two periods late', 34, 1],
  ['two periods late', 35.1, 2],
  ['a day late', 24 * 60, 95],
])('a beat that is %s: %d minutes, %d missed', (_what, minutes, missed) => {
  expect(missedBeats(minutes * MINUTE, scheduleOf({ every: '15m', grace: '5m' }))).toBe(missed);
});

test('without a grace the first instant counts', () => {
  const schedule = scheduleOf({ every: '1h' });
  expect([3_600_000, 3_600_001].map((age) => missedBeats(age, schedule))).toEqual([0, 1]);
});
