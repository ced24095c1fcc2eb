import { expect, test } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { testContext } from '../test-context.ts';
import type { Burst } from './fire.ts';
import { recover } from './recovery.ts';
import type { Answered, Shot } from './shot.ts';

const CONNECTION = { resolved: [], cnames: [], tried: [], address: null, port: null, viaProxy: null, tls: null };
const PLAN = { requests: 10, withinMs: 1000, concurrency: 1, recoverWithinMs: 20 };

const answer = (status: number, headers: Answered['headers'] = []): Answered => ({
  number: 1,
  status,
  headers,
  connection: CONNECTION,
  latencyMs: 1,
  endedMs: 0,
  endedAt: new Date(0),
});

const burstOf = (...shots: readonly Shot[]): Burst => ({ startedMs: 0, sent: shots.length, shots, endedBy: 'limit' });

/** Looks for recovery when the next answer has that status; a clock that began at 0. */
const after = async (burst: Burst, next: Shot, changes: Partial<typeof PLAN> = {}) => {
  const began = performance.now();
  const sent: number[] = [];
  const shoot = async (number: number): Promise<Shot> => {
    sent.push(number);
    return next;
  };
  const context = testContext(5000, { monotonicMs: () => performance.now() - began });
  return { recovery: await recover(burst, { ...PLAN, ...changes }, shoot, context), sent };
};

test.each([
  ['the status of before', burstOf(answer(200), answer(429)), 200, true],
  ['any of those of before', burstOf(answer(200), answer(401), answer(429)), 401, true],
  ['another status than before', burstOf(answer(200), answer(429)), 404, false],
  ['a status that nothing can be held against', burstOf(answer(429)), 404, true],
  ['429 again', burstOf(answer(200), answer(429)), 429, false],
  ['429 and nothing else', burstOf(answer(429)), 429, false],
  ['5xx', burstOf(answer(200), answer(429)), 500, false],
  ['5xx after 5xx alone', burstOf(answer(500)), 500, false],
  ['as before after 5xx', burstOf(answer(200), answer(500)), 200, true],
])('recovery by %s', async (_what, burst, status, recovered) => {
  const { recovery, sent } = await after(burst, answer(status));
  expect([recovery?.recovered, sent]).toEqual([recovered, [burst.sent + 1]]);
});

test('no answer is no recovery', async () => {
  const failure = new CouldNotLook('connect-refused', 'nobody listens');
  const { recovery } = await after(burstOf(answer(200), answer(429)), { number: 3, failure, endedMs: 0 });
  expect(recovery?.recovered).toBe(false);
});

test('nothing out of the ordinary needs no recovery, and no request', async () => {
  const { recovery, sent } = await after(burstOf(answer(200), answer(404), answer(302)), answer(200));
  expect([recovery, sent]).toEqual([null, []]);
});

test.each([
  ['the longest that an answer asks for', [answer(429, [['retry-after', '0']]), answer(429)], 0],
  ['the reset, where there is no Retry-After', [answer(429, [['ratelimit', '"a";r=0;t=0']])], 0],
  ['all the time that the check has, where nothing tells', [answer(429)], 400],
] as const)('waits for %s', async (_what, shots, atLeastMs) => {
  const { recovery } = await after(burstOf(...shots), answer(200), { recoverWithinMs: 400 });
  expect(recovery?.waitedMs).toBeGreaterThanOrEqual(atLeastMs);
  expect(recovery?.waitedMs).toBeLessThan(atLeastMs + 350);
});

test('a longer wait than the check has is not waited for', async () => {
  const shots = [answer(429, [['retry-after', '0']]), answer(503, [['retry-after', '60']])];
  const { recovery, sent } = await after(burstOf(...shots), answer(200));
  expect([recovery?.recovered, recovery?.askedMs, recovery?.shot, sent]).toEqual([false, 60_000, null, []]);
});
