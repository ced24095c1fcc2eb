import { afterEach, describe, expect, test } from 'vitest';
import { type Behaviour, startRawServer } from '../../../tests/stack/raw-server.ts';
import { assessAttempt } from '../../judge/assess.ts';
import { testContext } from '../test-context.ts';
import { sse } from './kind.ts';
import { look } from './look.ts';
import { attemptAt } from './test-outcome.ts';
import { type Act, startStream } from './test-streams.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const beats: Act = (response) => {
  const timer = setInterval(() => response.write('data: 1\n\n'), 100);
  response.on('close', () => clearInterval(timer));
};

const serve = async (act: Act) => {
  const server = await startStream(act);
  stops.push(server.stop);
  return server;
};

const serveRaw = async (behave: Behaviour): Promise<string> => {
  const server = await startRawServer(behave);
  stops.push(server.close);
  return `http://127.0.0.1:${server.port}/`;
};

describe('a soak of ten minutes', () => {
  test.each([
    ['deadline', 'deadline-exceeded', /the time for the whole run was over/],
    ['SIGINT', 'cancelled', /the run was stopped/],
  ])('that is cut short by the %s of the run is unknown, with what was seen', async (reason, code, message) => {
    const server = await serve(beats);
    const run = new AbortController();
    setTimeout(() => run.abort(reason), 550);
    const made = await attemptAt(sse, { url: server.url, for: '10m' }, { runSignal: run.signal });
    expect(made.durationMs).toBeLessThan(2500);
    const seen = assessAttempt(made);
    expect(seen).toMatchObject({ outcome: 'unknown', code });
    expect(seen.message).toMatch(message);
    const { facts } = made.observation;
    expect(facts).toMatchObject({ opened: true, status: 200, 'last-data': '1' });
    expect(facts['events']).toBeGreaterThanOrEqual(2);
    expect(facts['lasted']).toBeLessThan(2500);
    expect(facts).not.toHaveProperty('state');
    await server.closed();
  });

  test('that is cut short by its own time tells how far it came', async () => {
    const server = await serve(beats);
    const error: unknown = await look({ url: server.url, for: '10m' }, testContext(500)).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'timeout', facts: { opened: true, 'last-data': '1' } });
    expect(String(error)).toMatch(
      /the time of the check was over after \d+ ms of 10m, \d events?, longest gap \d+ ms$/,
    );
  });

  test('tells how far it is every second', async () => {
    const server = await serve(beats);
    const run = new AbortController();
    const told: string[] = [];
    setTimeout(() => run.abort('deadline'), 2300);
    await attemptAt(sse, { url: server.url, for: '10m' }, { runSignal: run.signal, tell: (said) => told.push(said) });
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/^(999 ms|1(\.\d)? s) of 10m, \d+ events, longest gap \d+ ms$/);
    expect(told[1]).toMatch(/^(1\.9|2(\.\d)?) s of 10m, \d+ events, longest gap \d+ ms$/);
  });
});

describe('the timeout of the check is for the opening alone', () => {
  test('a stream may be watched for longer', async () => {
    const server = await serve(beats);
    const made = await attemptAt(sse, { url: server.url, for: '600ms' }, { timeoutMs: 200 });
    expect(assessAttempt(made).outcome).toBe('pass');
  });

  test('a server that says nothing does not hold it up for the time of the watch', async () => {
    const url = await serveRaw(() => {});
    const made = await attemptAt(sse, { url, for: '10m' }, { timeoutMs: 300 });
    expect(made.durationMs).toBeLessThan(2500);
    expect(assessAttempt(made)).toMatchObject({
      outcome: 'fail',
      code: 'timeout',
      message: 'timed out after 0.3 s in wait: got no byte of a response',
    });
  });

  test('nor does one that sends its headers one by one', async () => {
    const url = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('X-A: b\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const made = await attemptAt(sse, { url, for: '10m' }, { timeoutMs: 300 });
    expect(made.durationMs).toBeLessThan(2500);
    expect(assessAttempt(made)).toMatchObject({ outcome: 'fail', code: 'timeout' });
  });

  test('a look that is stopped while it opens leaves nothing behind', async () => {
    const url = await serveRaw(() => {});
    const run = new AbortController();
    setTimeout(() => run.abort('deadline'), 100);
    const made = await attemptAt(sse, { url, for: '10m' }, { runSignal: run.signal });
    expect(made.durationMs).toBeLessThan(2500);
    expect(assessAttempt(made)).toMatchObject({ outcome: 'unknown', code: 'deadline-exceeded' });
  });
});
