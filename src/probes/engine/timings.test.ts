import { assert, double, property } from 'fast-check';
import { expect, it } from 'vitest';
import { startClock, timingsOf } from './timings.ts';

const clockAt = (...instants: readonly number[]) => {
  const left = [...instants];
  return startClock(() => left.shift() ?? instants.at(-1) ?? 0);
};

it('measures each phase, and what lies between them as `other`', () => {
  const clock = clockAt(100, 101, 111, 113, 150);
  clock.enter('dns');
  clock.leave();
  clock.enter('connect');
  clock.stop();
  expect(clock.timings()).toEqual({ dns: 10, connect: 37, other: 3, total: 50 });
});

it('counts a running phase up to now, and nothing after the end', () => {
  const clock = clockAt(0, 0, 5, 9);
  clock.enter('tls');
  expect([clock.phase(), clock.timings()]).toEqual(['tls', { tls: 5, total: 5 }]);
  clock.stop();
  clock.enter('wait');
  expect([clock.phase(), clock.timings()]).toEqual([null, { tls: 9, total: 9 }]);
});

it('takes the instant of the event itself, but never runs backwards', () => {
  const clock = clockAt(0);
  clock.enter('wait', 10);
  clock.enter('transfer', 7);
  clock.stop(20);
  expect(clock.timings()).toEqual({ wait: 0, transfer: 10, other: 10, total: 20 });
});

it('adds up, whatever was measured', () => {
  const ms = double({ min: 0, max: 1e5, noNaN: true });
  assert(
    property(ms, ms, ms, (dns, connect, more) => {
      const { total, ...phases } = timingsOf(
        [
          { phase: 'dns', ms: dns },
          { phase: 'connect', ms: connect },
        ],
        dns + connect + more,
      );
      expect(Object.values(phases).reduce((sum, part) => sum + part, 0)).toBeCloseTo(total, 5);
      expect(Object.keys(phases)).not.toContain('tls');
    }),
  );
});
