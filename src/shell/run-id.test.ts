import { expect, it } from 'vitest';
import { makeRunId } from './run-id.ts';

it('names a run by when it began in UTC, and a few letters', () => {
  expect(makeRunId(new Date('2026-11-21T03:15:02.999Z'), () => 0)).toBe('20261121-031502-aaaa');
  expect(makeRunId(new Date('2026-11-21T03:15:02.999Z'), () => 0.999999)).toBe('20261121-031502-9999');
});

it('sorts by time', () => {
  const times = ['2026-09-30T23:59:59Z', '2026-10-01T00:00:00Z', '2026-10-01T00:00:10Z', '2027-01-01T00:00:00Z'];
  const ids = times.map((time) => makeRunId(new Date(time), Math.random));
  expect(ids.toSorted()).toEqual(ids);
});
