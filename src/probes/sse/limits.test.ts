import { monitorEventLoopDelay } from 'node:perf_hooks';
import { brotliCompressSync, constants, createGzip, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { drips, floods, type RawServer, startRawServer, type Behaviour } from '../../../tests/stack/raw-server.ts';
import { assessAttempt } from '../../judge/assess.ts';
import { sse } from './kind.ts';
import type { Spec } from './schema.ts';
import { collectGarbage } from './test-memory.ts';
import { attemptAt } from './test-outcome.ts';
import { plays, startHttp } from './test-streams.ts';

const MiB = 1024 * 1024;
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n';

const servers: Pick<RawServer, 'close'>[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const attempt = async (behave: Behaviour, spec: Omit<Spec, 'url'> = {}) => {
  const server = await startRawServer(behave);
  servers.push(server);
  const made = await attemptAt(sse, { for: '20s', ...spec, url: `http://127.0.0.1:${server.port}/` });
  return { facts: made.observation.facts, durationMs: made.durationMs, ...assessAttempt(made) };
};

const floodOf = (piece: string): Behaviour => floods(`${HEAD}\r\n`, piece.repeat(Math.ceil(64_000 / piece.length)));

describe('a stream without end is bounded', () => {
  test.each<[string, Behaviour, string]>([
    ['in a comment line', floods(`${HEAD}\r\n:`, 'x'.repeat(64_000)), 'a line of the stream is over 1 MiB'],
    ['in a line of data', floods(`${HEAD}\r\ndata: `, 'x'.repeat(64_000)), 'a line of the stream is over 1 MiB'],
    ['in an event', floodOf('data: x\n'), 'an event of the stream is over 1 MiB'],
    ['in fields that mean nothing', floodOf('x\n'), 'an event of the stream is over 1 MiB'],
  ])('%s', async (_, behave, message) => {
    const before = process.memoryUsage().rss;
    expect(await attempt(behave)).toMatchObject({
      outcome: 'fail',
      code: 'body-limit',
      message,
      facts: { opened: true, status: 200, events: 0 },
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MiB);
  });

  test('and by what it has in all', async () => {
    const seen = await attempt(floodOf(`data: ${'x'.repeat(60_000)}\n\n`), { limits: { body: '2MiB' } });
    expect(seen).toMatchObject({ outcome: 'fail', code: 'body-limit', message: 'the body is over 2 MiB' });
    expect(seen.facts['events']).toBeGreaterThan(20);
  });

  test('of headers as well', async () => {
    const seen = await attempt(floods(HEAD, 'X-A: b\r\n'.repeat(100)), { limits: { headers: '4KiB' } });
    expect(seen).toMatchObject({ outcome: 'fail', code: 'header-limit' });
  });
});

test('an event of a megabyte is read, and one above the limit of the check is not', async () => {
  const big = `data: ${'x'.repeat(1_000_000)}\n\n`;
  const behave = floods(`${HEAD}\r\n${big}`, ':\n');
  const seen = await attempt(behave, { for: '200ms' });
  expect(seen).toMatchObject({ outcome: 'pass', facts: { events: 1 } });
  expect(String(seen.facts['last-data'])).toHaveLength(1_000_000);
  expect(await attempt(behave, { limits: { event: '100KiB' } })).toMatchObject({
    code: 'body-limit',
    message: 'a line of the stream is over 100 KiB',
  });
});

test('a stream that comes byte by byte is read like any other', async () => {
  const seen = await attempt(drips([`${HEAD}\r\n`, ...'event: é\r\ndata: 1\r\n\r\n'], 5), { for: '400ms' });
  expect(seen).toMatchObject({ outcome: 'fail', code: 'invalid-utf8' });
  const utf8 = [`${HEAD}\r\n`, ...Buffer.from('event: é\r\ndata: 1\r\n\r\n').toString('latin1')];
  expect(await attempt(drips(utf8, 5), { for: '400ms' })).toMatchObject({
    outcome: 'pass',
    facts: { 'by-event': { é: 1 } },
  });
});

describe('a compressed stream', () => {
  test('is decoded as it comes', async () => {
    const server = await startHttp((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
      response.flushHeaders();
      const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
      gzip.pipe(response);
      gzip.write('data: 1\n\n');
      setTimeout(() => gzip.write('data: 2\n\n'), 300);
    });
    const made = await attemptAt(sse, { url: server.url, for: '700ms' });
    await server.stop();
    expect(assessAttempt(made).outcome).toBe('pass');
    const { facts } = made.observation;
    expect(facts).toMatchObject({ events: 2, 'last-data': '2', size: 18 });
    expect(facts['first-event']).toBeLessThan(250);
    expect(facts['max-gap']).toBeGreaterThanOrEqual(250);
  });

  test.each([
    ['gzip', () => gzipSync(Buffer.alloc(64 * MiB, 'data: x\n\n'))],
    [
      'br',
      () => brotliCompressSync(Buffer.alloc(64 * MiB, ':\n'), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
    ],
  ])('of %s that inflates without end is bounded, and holds up nobody', async (coding, makeBomb) => {
    const bomb = makeBomb();
    collectGarbage();
    const before = process.memoryUsage().rss;
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    const seen = await attempt(
      (socket) => {
        socket.once('data', () => {
          socket.write(`${HEAD}Content-Encoding: ${coding}\r\n\r\n`);
          socket.write(bomb);
        });
      },
      { for: '20s', limits: { body: '48MiB' } },
    );
    lag.disable();
    expect(seen).toMatchObject({ outcome: 'fail', code: 'body-limit', message: 'the decoded body is over 48 MiB' });
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * MiB);
    expect(lag.max / 1e6).toBeLessThan(1000);
  });
});

describe('what inflates for seconds', () => {
  const bomb = gzipSync(Buffer.alloc(60 * MiB, 'data: x\n\n'));
  const inflates: Behaviour = (socket) => {
    socket.once('data', () => {
      socket.write(`${HEAD}Content-Encoding: gzip\r\n\r\n`);
      socket.write(bomb);
    });
  };

  test('is not read beyond the end of the time', async () => {
    const seen = await attempt(inflates, { for: '300ms' });
    expect(seen).toMatchObject({ outcome: 'pass', facts: { lasted: 300 } });
    expect(seen.facts['size']).toBeLessThan(50 * MiB);
  });

  test('is not read beyond the end of the run', async () => {
    const server = await startRawServer(inflates);
    servers.push(server);
    const run = new AbortController();
    setTimeout(() => run.abort('deadline'), 300);
    const spec = { url: `http://127.0.0.1:${server.port}/`, for: '10m' };
    const made = await attemptAt(sse, spec, { runSignal: run.signal });
    expect(assessAttempt(made)).toMatchObject({ outcome: 'unknown', code: 'deadline-exceeded' });
    expect(made.observation.facts['size']).toBeLessThan(50 * MiB);
  });
});

test('two million events leave no trace in memory', async () => {
  const events = 'id: 1\ndata: 12\n\n'.repeat(4000);
  const heap: number[] = [];
  const server = await startHttp((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const flow = (left: number): void => {
      if (left % 50 === 0) {
        collectGarbage();
        heap.push(process.memoryUsage().heapUsed);
      }
      if (left === 0) response.end();
      else response.write(events, () => setImmediate(flow, left - 1));
    };
    flow(500);
  });
  const made = await attemptAt(sse, { url: server.url, for: '1m', limits: { event: '1KiB' } });
  await server.stop();
  expect(made.observation.facts).toMatchObject({ state: 'closed', events: 2_000_000, 'last-event-id': '1' });
  const [first = 0, ...later] = heap;
  expect(later).toHaveLength(10);
  expect(Math.max(...later) - first).toBeLessThan(4 * MiB);
}, 60_000);

test('heartbeats alone hold a stream', async () => {
  const server = await startHttp((response, request) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    plays([0, ':\n'], [50, ':\n'], [50, ':\n'])(response, request);
  });
  const made = await attemptAt(sse, { url: server.url, for: '200ms', heartbeat: '150ms' });
  await server.stop();
  expect(assessAttempt(made).outcome).toBe('pass');
});
