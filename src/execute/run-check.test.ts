import { describe, expect, it } from 'vitest';
import { expectation, literalWorld, observed, plannedCheck, unobserved } from '../../tests/execute/literals.ts';
import type { Observation } from '../model/observation.ts';
import type { PlannedCheck } from '../plan/plan.ts';
import type { RunEvent } from './event.ts';
import { runCheck } from './run-check.ts';

const never = new AbortController().signal;
const good = observed({ status: 200, duration: 10 });
const bad = observed({ status: 500, duration: 10 });
const reset = unobserved('connect-reset');

/** Runs a check against these looks in turn; the last one goes on for ever. */
const runAgainst = async (looks: readonly Observation[], more: Partial<PlannedCheck>, lookMs = 0) => {
  let made = 0;
  const world = literalWorld(async () => {
    const look = looks[Math.min(made++, looks.length - 1)] ?? good;
    world.clock.ms += lookMs;
    return look;
  });
  const end = await runCheck(plannedCheck('a', more), world.ports, never);
  return { ...world, end, looks: made, attempts: world.events.flatMap(attemptOf) };
};

const attemptOf = (event: RunEvent) => (event.type === 'attempt' ? [event.attempt] : []);

describe('retry', () => {
  const retry = { attempts: 3, delayMs: 100 };

  it('looks once when the first look is good', async () => {
    expect(await runAgainst([good], { retry })).toMatchObject({ end: 'pass', looks: 1, sleeps: [] });
  });

  it('never looks again at trouble that does not pass by itself', async () => {
    expect(await runAgainst([bad, good], { retry })).toMatchObject({ end: 'fail', looks: 1 });
  });

  it('asks for two good looks in a row after a failed one', async () => {
    const { end, attempts } = await runAgainst([reset, good], { retry });
    expect(end).toBe('pass');
    expect(attempts.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('allows one more look than attempts, for the second good one', async () => {
    expect(await runAgainst([reset, good], { retry: { attempts: 2, delayMs: 1 } })).toMatchObject({
      end: 'pass',
      looks: 3,
    });
    expect(await runAgainst([reset, reset, good], { retry })).toMatchObject({ end: 'pass', looks: 4 });
  });

  it('counts the first try among the attempts', async () => {
    expect(await runAgainst([reset], { retry })).toMatchObject({ end: 'fail', looks: 3 });
    expect(await runAgainst([reset], { retry: { attempts: 1, delayMs: 1 } })).toMatchObject({ end: 'fail', looks: 1 });
  });

  it.each([
    ['a failure between good looks', [reset, good, reset, good], 'fail', 3],
    ['a lasting failure after a good look', [reset, good, bad, good], 'fail', 3],
  ] as const)('does not let one good look hide %s', async (_, looks, end, made) => {
    expect(await runAgainst(looks, { retry })).toMatchObject({ end, looks: made });
  });

  it('waits twice as long after each failure', async () => {
    expect((await runAgainst([reset, reset, good], { retry })).sleeps).toEqual([100, 200, 200]);
  });

  it('waits no longer than half a minute and its jitter, unless asked to', async () => {
    const long = await runAgainst([reset], { retry: { attempts: 12, delayMs: 1000 } });
    expect(Math.max(...long.sleeps)).toBe(30_000);
    const asked = await runAgainst([reset], { retry: { attempts: 3, delayMs: 60_000 } });
    expect(asked.sleeps).toEqual([60_000, 60_000]);
  });
});

describe('eventually', () => {
  const eventually = { withinMs: 10_000, everyMs: 2000, stop: [] };

  it('looks until the check passes, whatever the trouble', async () => {
    const { end, looks, sleeps } = await runAgainst([bad, reset, good], { eventually });
    expect({ end, looks, sleeps }).toEqual({ end: 'pass', looks: 3, sleeps: [2000, 2000] });
  });

  it('goes on while the check only warns', async () => {
    const expectations = [expectation({ fact: 'duration', matcher: 'below', expected: 100, level: 'warn' })];
    const slow = observed({ duration: 900 });
    expect(await runAgainst([slow, good], { eventually, expectations })).toMatchObject({ end: 'pass', looks: 2 });
    expect(await runAgainst([slow], { eventually, expectations })).toMatchObject({ end: 'warn', looks: 6 });
  });

  it('ends with the last look when the time is over', async () => {
    const { end, looks, clock } = await runAgainst([bad], { eventually });
    expect({ end, looks, ms: clock.ms }).toEqual({ end: 'fail', looks: 6, ms: 10_000 });
  });

  it('counts from start to start, and waits for a look that takes longer', async () => {
    expect((await runAgainst([bad, good], { eventually }, 500)).sleeps).toEqual([1500]);
    expect((await runAgainst([bad, good], { eventually }, 3000)).sleeps).toEqual([0]);
  });
});

describe('samples', () => {
  const took = (duration: number): Observation => observed({ status: 200, duration });
  const expectations = [expectation(), expectation({ fact: 'duration.p95', matcher: 'below', expected: 100 })];

  it('makes all looks one attempt, with the durations summed up', async () => {
    const looks = [30, 10, 20, 40].map(took);
    const { attempts, end } = await runAgainst(looks, { samples: 4, expectations });
    expect(end).toBe('pass');
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.observation.facts).toEqual({
      status: 200,
      duration: { p50: 20, p95: 40, p99: 40, max: 40, mean: 25 },
    });
    expect(attempts[0]?.results).toMatchObject([
      { fact: 'status', held: true },
      { fact: 'duration.p95', held: true },
    ]);
  });

  it('judges the durations of all looks together', async () => {
    const looks = [...Array.from({ length: 18 }, () => took(10)), took(500), took(500)];
    expect(await runAgainst(looks, { samples: 20, expectations })).toMatchObject({ end: 'fail', looks: 20 });
    expect(await runAgainst([...looks.slice(1, 19), took(10), took(10)], { samples: 20, expectations })).toMatchObject({
      end: 'pass',
    });
  });

  it.each([
    ['breaks what is asked of every look', bad, 'assertion-failed'],
    ['is unobserved', unobserved('timeout'), 'timeout'],
  ])('lets one look that %s decide, and looks no more', async (_, look, code) => {
    const { end, looks, attempts } = await runAgainst([took(1), look, took(1)], { samples: 5, expectations });
    expect({ end, looks }).toEqual({ end: 'fail', looks: 2 });
    expect(attempts[0]?.observation.state === 'unobserved' ? attempts[0].observation.code : 'assertion-failed').toBe(
      code,
    );
  });

  it('reports the look that warned, though later ones did not', async () => {
    const warns = [expectation({ level: 'warn' })];
    const { end, attempts } = await runAgainst([took(1), bad, took(1)], { samples: 3, expectations: warns });
    expect(end).toBe('warn');
    expect(attempts[0]?.observation.facts).toMatchObject({ status: 500, duration: { max: 10 } });
    expect(attempts[0]?.results).toMatchObject([{ actual: 500, held: false }]);
  });

  it('proves nothing about durations that were not all seen', async () => {
    const { end, attempts } = await runAgainst([took(1), observed({ status: 200 })], { samples: 2, expectations });
    expect(end).toBe('fail');
    expect(attempts[0]?.results[1]).toMatchObject({ held: false, break: 'missing' });
  });
});
