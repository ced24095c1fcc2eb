import { afterEach, describe, expect, test } from 'vitest';
import { startRateLimited, type LimitRule } from '../../../tests/stack/rate-limited.ts';
import { floods, sends, startRawServer } from '../../../tests/stack/raw-server.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

type Gateway = Awaited<ReturnType<typeof startRateLimited>>;

const closers: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const gateway = async (rule: LimitRule): Promise<Gateway> => {
  const started = await startRateLimited({ '/': rule });
  closers.push(started.close);
  return started;
};

const burst = (
  { host }: Pick<Gateway, 'host'>,
  spec: Partial<Spec>,
  changes: Parameters<typeof testContext>[1] = {},
): Promise<Facts> => {
  const whole = { url: `http://${host}/`, requests: 30, concurrency: 1, 'recover-within': '50ms', ...spec };
  return look(whole, testContext(8000, changes));
};

/** A bucket that is full again after half an hour. */
const SLOW = 1_800_000;

describe('a limit', () => {
  test('is found, and not hammered: three limited answers are enough', async () => {
    const server = await gateway({ capacity: 10, refillMs: SLOW, retryAfter: 'none', headers: 'none' });
    expect(await burst(server, {})).toMatchObject({
      sent: 13,
      answered: 13,
      'ended-by': 'limit',
      statuses: { 200: 10, 429: 3 },
      limited: 3,
      'first-limited-at': 11,
      'retry-after-problem': '3 of 3 limited answers do not tell when to come back: there is no Retry-After',
      'server-errors': 0,
      failures: [],
      'rate-limit-headers': [],
      'rate-limit': { flaws: [] },
      recovered: false,
      'recovery-status': 429,
    });
    expect(server.count('/')).toBe(14);
  });

  test.each([
    ['the newest draft', 'draft', ['ratelimit-policy', 'ratelimit'], { policy: '"burst";q=10;w=1', window: 1000 }],
    ['the seventh draft', 'draft-7', ['ratelimit-policy', 'ratelimit'], { policy: '10;w=1', window: 1000 }],
    ['three headers', 'three', ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'], { window: 1000 }],
    ['X headers', 'x', ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'], {}],
  ] as const)('is told by %s', async (_what, headers, names, more) => {
    const server = await gateway({ capacity: 10, refillMs: 200, headers });
    const facts = await burst(server, {});
    expect(facts).toMatchObject({
      'rate-limit-headers': names,
      'rate-limit': { limit: 10, remaining: 0, flaws: [], ...more },
      'retry-after': 1000,
    });
    const { reset } = Object(facts['rate-limit']);
    expect(reset).toBeGreaterThan(0);
    expect(reset).toBeLessThanOrEqual(2000);
  });

  test.each([['seconds'], ['date']] as const)('lets go again after Retry-After in %s', async (retryAfter) => {
    const server = await gateway({ capacity: 5, refillMs: 800, retryAfter });
    const facts = await burst(server, { 'recover-within': '3s' });
    expect(facts).toMatchObject({ recovered: true, 'recovery-status': 200, 'first-limited-at': 6 });
    expect(facts['recovered-after']).toBeGreaterThanOrEqual(0);
    expect(server.count('/')).toBe(9);
  });

  test('that does not let go is seen after the wait that it asked for', async () => {
    const server = await gateway({ capacity: 5, refillMs: 1000, leaks: true });
    const facts = await burst(server, { 'recover-within': '3s' });
    expect(facts).toMatchObject({ recovered: false, 'recovery-status': 429, 'recovery-asked': expect.any(Number) });
    expect(facts['recovery-waited']).toBeGreaterThan(900);
  });

  test('that asks for more patience than the check has is not asked again', async () => {
    const server = await gateway({ capacity: 5, refillMs: 60_000 });
    const started = performance.now();
    const facts = await burst(server, { 'recover-within': '1s' });
    expect(facts).toMatchObject({ recovered: false, 'retry-after': 60_000 });
    expect(facts['recovery-status']).toBeUndefined();
    expect(server.count('/')).toBe(8);
    expect(performance.now() - started).toBeLessThan(900);
  });

  test('with a Retry-After in words does not tell when to come back', async () => {
    const server = await gateway({ capacity: 5, refillMs: 10, retryAfter: 'words', headers: 'none' });
    expect((await burst(server, { requests: 20 }))['retry-after']).toBeUndefined();
  });

  test('that answers 503 is none', async () => {
    const server = await gateway({ capacity: 5, refillMs: SLOW, status: 503 });
    const facts = await burst(server, {});
    expect(facts).toMatchObject({ limited: 0, 'ended-by': 'server-errors', 'server-errors': 10, recovered: false });
    expect(facts['first-limited-at']).toBeUndefined();
  });

  test('is found at its first request when nothing is left of it', async () => {
    const server = await gateway({ capacity: 0, refillMs: SLOW, retryAfter: 'none', headers: 'none' });
    expect(await burst(server, {})).toMatchObject({ 'first-limited-at': 1, sent: 3, recovered: false });
  });
});

describe('never more requests than declared', () => {
  test.each([
    [2, 1],
    [7, 3],
    [40, 40],
    [100, 16],
  ])('%d requests, %d at a time, and none is limited', async (requests, concurrency) => {
    const server = await gateway({ capacity: null, refillMs: 1 });
    expect(await burst(server, { requests, concurrency })).toMatchObject({
      sent: requests,
      answered: requests,
      limited: 0,
      'ended-by': 'requests',
    });
    expect(server.count('/')).toBe(requests);
    expect(server.mostUnderWay()).toBeLessThanOrEqual(concurrency);
  });

  test.each([1, 8, 20])('one more, to see that it recovers, with %d at a time', async (concurrency) => {
    const server = await gateway({ capacity: 18, refillMs: SLOW, retryAfter: 'none', headers: 'none' });
    const facts = await burst(server, { requests: 20, concurrency });
    expect(facts).toMatchObject({ sent: 20, limited: 2, recovered: false, 'ended-by': 'requests' });
    expect(server.count('/')).toBe(21);
  });

  test('a redirect is an answer, and not followed', async () => {
    const server = await gateway({ capacity: 1, refillMs: SLOW, status: 302, headers: 'none', retryAfter: 'none' });
    expect(await burst(server, { requests: 6 })).toMatchObject({ statuses: { 200: 1, 302: 5 }, limited: 0 });
    expect(server.count('/')).toBe(6);
  });
});

describe('a service that breaks', () => {
  test('with 500 is left alone after ten of them, and looked at once more', async () => {
    const server = await gateway({ capacity: 5, refillMs: 1, overflow: 'error', leaks: true, headers: 'none' });
    expect(await burst(server, { requests: 100 })).toMatchObject({
      'ended-by': 'server-errors',
      'server-errors': 10,
      sent: 15,
      recovered: false,
      'recovery-status': 500,
    });
    expect(server.count('/')).toBe(16);
  });

  test('by dropping connections is left alone after five of them', async () => {
    const server = await gateway({ capacity: 5, refillMs: 1, overflow: 'reset', leaks: true, headers: 'none' });
    expect(await burst(server, { requests: 100 })).toMatchObject({
      'ended-by': 'failures',
      sent: 10,
      answered: 5,
      failures: [{ number: 6, code: 'connect-reset' }, {}, {}, {}, {}],
      recovered: false,
      'recovery-failure': { code: 'connect-reset' },
    });
    expect(server.count('/')).toBe(11);
  });

  test('that is not there is not called unlimited', async () => {
    const server = await gateway({ capacity: null, refillMs: 1 });
    await server.close();
    const error: unknown = await burst(server, {}).catch((thrown: unknown) => thrown);
    expect(error instanceof CouldNotLook && [error.code, error.facts['answered']]).toEqual(['connect-refused', 0]);
  });

  test('that does not speak HTTP is not called unlimited', async () => {
    const server = await startRawServer(sends('SSH-2.0-OpenSSH_9.9\r\n'));
    closers.push(server.close);
    const error: unknown = await burst({ host: `127.0.0.1:${server.port}` }, {}).catch((thrown: unknown) => thrown);
    expect(error instanceof CouldNotLook && error.code).toBe('invalid-response');
  });
});

test('of an endless body little is read, and the connection is closed', async () => {
  let open = 0;
  const endless = floods('HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n', 'x'.repeat(16_384));
  const server = await startRawServer((socket) => {
    open += 1;
    socket.once('close', () => {
      open -= 1;
    });
    endless(socket);
  });
  closers.push(server.close);
  const facts = await burst({ host: `127.0.0.1:${server.port}` }, { requests: 4, concurrency: 2 });
  expect(facts).toMatchObject({ answered: 4, failures: [], statuses: { 200: 4 } });
  await expect.poll(() => open).toBe(0);
});

describe('the end of the time', () => {
  test('ends the burst, whatever is left of it', async () => {
    const server = await gateway({ capacity: null, refillMs: 1 });
    const facts = await burst(server, { requests: 1000, within: '30ms' });
    expect(facts).toMatchObject({ limited: 0, 'ended-by': 'time' });
    expect(facts['sent']).toBeLessThan(1000);
    expect(facts['sent']).toBe(server.count('/'));
  });

  test('ends what is under way at once, and tells what had come', async () => {
    const slow = await startRawServer((socket) => void socket.on('data', () => {}));
    closers.push(slow.close);
    const signal = AbortSignal.timeout(150);
    const started = performance.now();
    const error: unknown = await burst(
      { host: `127.0.0.1:${slow.port}` },
      { concurrency: 5 },
      { signal, timeoutMs: 150 },
    ).catch((thrown: unknown) => thrown);
    expect(performance.now() - started).toBeLessThan(400);
    expect(error instanceof CouldNotLook && [error.code, error.facts['sent'], error.facts['answered']]).toEqual([
      'timeout',
      5,
      0,
    ]);
  });

  test('ends the wait for recovery as well, with the facts of the burst', async () => {
    const server = await gateway({ capacity: 5, refillMs: 5000 });
    const error: unknown = await burst(
      server,
      { 'recover-within': '10s' },
      { signal: AbortSignal.timeout(300), timeoutMs: 300 },
    ).catch((thrown: unknown) => thrown);
    expect(error instanceof CouldNotLook && [error.code, error.facts['limited']]).toEqual(['timeout', 3]);
    expect(server.count('/')).toBe(8);
  });
});
