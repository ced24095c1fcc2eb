import { expect, test } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { fire, Stopped } from './fire.ts';
import type { Answered, Failed } from './shot.ts';

const CONNECTION = { resolved: [], cnames: [], tried: [], address: null, port: null, viaProxy: null, tls: null };

const answer = (number: number, status: number): Answered => ({
  number,
  status,
  headers: [],
  connection: CONNECTION,
  latencyMs: 1,
  endedMs: 0,
  endedAt: new Date(0),
});

const failed = (number: number): Failed => ({
  number,
  failure: new CouldNotLook('connect-reset', 'reset'),
  endedMs: 0,
});

const PLAN = { requests: 50, withinMs: 1000, concurrency: 1, recoverWithinMs: 0 };

/** A clock that stands still unless it is told to go on. */
const stage = () => {
  let nowMs = 0;
  return {
    pass: (ms: number): void => {
      nowMs += ms;
    },
    monotonicMs: () => nowMs,
    signal: new AbortController().signal,
    tell: () => {},
  };
};

test.each([
  ['three limited answers', (number: number) => answer(number, number > 4 ? 429 : 200), 'limit', 7],
  ['ten answers of 5xx', (number: number) => answer(number, number > 4 ? 503 : 200), 'server-errors', 14],
  ['five without an answer', (number: number) => (number > 4 ? failed(number) : answer(number, 200)), 'failures', 9],
  ['the last request', (number: number) => answer(number, 200), 'requests', 50],
  ['two limited answers at its end', (number: number) => answer(number, number > 48 ? 429 : 200), 'requests', 50],
] as const)('a burst ends after %s', async (_what, shotOf, endedBy, sent) => {
  const burst = await fire(PLAN, async (number) => shotOf(number), stage());
  expect([burst.endedBy, burst.sent, burst.shots.length]).toEqual([endedBy, sent, sent]);
});

test('a burst ends when its time is over, by the clock that it was given', async () => {
  const world = stage();
  const shoot = async (number: number): Promise<Answered> => {
    world.pass(100);
    return answer(number, 200);
  };
  expect(await fire(PLAN, shoot, world)).toMatchObject({ endedBy: 'time', sent: 10 });
});

test('what is under way when the limit is found is waited for, and nothing more is sent', async () => {
  const shoot = async (number: number): Promise<Answered> => {
    if (number === 1) await new Promise((resolve) => setTimeout(resolve, 20));
    return answer(number, 429);
  };
  const burst = await fire({ ...PLAN, concurrency: 3 }, shoot, stage());
  expect(burst.endedBy).toBe('limit');
  expect(burst.shots.map(({ number }) => number)).toContain(1);
  expect(burst.sent).toBeLessThanOrEqual(5);
});

test('one request that cannot be sent from here ends all the others at once', async () => {
  const aborted: number[] = [];
  const shoot = (number: number, signal: AbortSignal): Promise<Answered> =>
    number === 3
      ? Promise.reject(new Error('no more sockets here'))
      : new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push(number);
            reject(signal.reason);
          });
        });
  const error: unknown = await fire({ ...PLAN, concurrency: 4 }, shoot, stage()).catch((thrown: unknown) => thrown);
  expect(error instanceof Stopped && [error.burst.endedBy, error.burst.sent]).toEqual(['stopped', 4]);
  expect(error instanceof Stopped && error.cause).toEqual(new Error('no more sockets here'));
  expect(aborted).toEqual([1, 2, 4]);
});
