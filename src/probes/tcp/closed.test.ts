import { expect, test } from 'vitest';
import { doubtOf } from './closed.ts';

const states = (...all: readonly (string | null)[]) => all.map((state) => ({ state }));

test('refusals of every address show that a port is closed', () => {
  expect(doubtOf(states('ECONNREFUSED'), 1, 1)).toBeNull();
  expect(doubtOf(states('ECONNREFUSED', 'EHOSTUNREACH', 'ETIMEDOUT'), 3, 1)).toBeNull();
});

test('silence counts when it was long enough for each address', () => {
  expect(doubtOf(states(null), 1, 1500)).toBeNull();
  expect(doubtOf(states(null), 1, 1499)).toMatch(/less than 1.5 s/);
  expect(doubtOf(states(null, null), 2, 1700)).toMatch(/less than 1.5 s/);
  expect(doubtOf(states(null, 'ECONNREFUSED'), 2, 1700)).toBeNull();
});

test('an address that was not tried, or to which there is no way from here, proves nothing', () => {
  expect(doubtOf(states('ECONNREFUSED'), 2, 5000)).toBe('only 1 of 2 addresses could be tried in the time');
  expect(doubtOf([], 0, 5000)).toBe('only 0 of 0 addresses could be tried in the time');
  expect(doubtOf(states('ECONNREFUSED', 'ENETUNREACH'), 2, 5000)).toMatch(/no way from here .*ENETUNREACH/);
  expect(doubtOf(states('EMFILE'), 1, 5000)).toMatch(/EMFILE/);
});
