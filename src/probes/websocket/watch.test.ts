import { afterEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { startRawServer } from '../../../tests/stack/raw-server.ts';
import { assessAttempt } from '../../judge/assess.ts';
import { attemptAt } from '../sse/test-outcome.ts';
import { websocket } from './kind.ts';
import type { Spec } from './schema.ts';
import { startSockets } from './test-sockets.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const attempt = async (
  act: (socket: WebSocket) => void,
  spec: Omit<Spec, 'url'>,
  options: Parameters<typeof attemptAt>[2] = {},
) => {
  const { url, stop } = await startSockets(act);
  stops.push(stop);
  const made = await attemptAt(websocket, { ...spec, url }, options);
  return { facts: made.observation.facts, durationMs: made.durationMs, ...assessAttempt(made) };
};

const every =
  (ms: number, beat: (socket: WebSocket) => void) =>
  (socket: WebSocket): void => {
    const timer = setInterval(() => beat(socket), ms);
    socket.on('close', () => clearInterval(timer));
  };

describe('a connection that is watched', () => {
  test('passes when it stays open, and the look ends on time', async () => {
    const seen = await attempt(() => {}, { for: '300ms' });
    expect(seen).toMatchObject({ outcome: 'pass', facts: { state: 'open', lasted: 300, 'max-gap': 300 } });
    expect(seen.durationMs).toBeGreaterThan(295);
    expect(seen.durationMs).toBeLessThan(2500);
  });

  test('is alive by messages, pings and pongs', async () => {
    for (const beat of [
      (socket: WebSocket) => socket.send('x'),
      (socket: WebSocket) => socket.ping(),
      (socket: WebSocket) => socket.pong(),
    ]) {
      const seen = await attempt(every(50, beat), { for: '700ms', heartbeat: '500ms' });
      expect(seen.outcome).toBe('pass');
    }
  });

  test('fails when it is silent for too long, at its end as well', async () => {
    const seen = await attempt((socket) => setTimeout(() => socket.send('x'), 60), {
      for: '600ms',
      heartbeat: '200ms',
    });
    expect(seen).toMatchObject({ outcome: 'fail', code: 'stream-gap' });
    expect(seen.message).toMatch(
      /^the stream was silent for [345]\d\d ms, from \d+ ms after it opened, and 200 ms are allowed$/,
    );
  });

  test('fails when it is closed before its time, also after the answer', async () => {
    const answersAndLeaves = (socket: WebSocket): void =>
      void socket.on('message', () => socket.send('ok', () => setTimeout(() => socket.terminate(), 80)));
    const seen = await attempt(answersAndLeaves, { send: 'x', for: '2s' });
    expect(seen).toMatchObject({
      outcome: 'fail',
      code: 'stream-closed',
      facts: { answered: true, answer: 'ok', 'close-code': 1006 },
    });
    expect(seen.facts['lasted']).toBeLessThan(1900);
  });

  test('may be watched for longer than the timeout of the check, which is for its opening', async () => {
    const seen = await attempt(() => {}, { for: '600ms' }, { timeoutMs: 200 });
    expect(seen.outcome).toBe('pass');
  });
});

describe('a look that is cut short', () => {
  test.each([
    ['deadline', 'deadline-exceeded'],
    ['SIGTERM', 'cancelled'],
  ])('by the %s of the run is unknown, with what was seen', async (reason, code) => {
    const run = new AbortController();
    setTimeout(() => run.abort(reason), 500);
    const beats = every(50, (socket) => socket.send('x'));
    const seen = await attempt(beats, { for: '10m', send: 'x' }, { runSignal: run.signal });
    expect(seen).toMatchObject({ outcome: 'unknown', code, facts: { opened: true, answered: true, answer: 'x' } });
    expect(seen.facts['messages']).toBeGreaterThanOrEqual(2);
    expect(seen.facts).not.toHaveProperty('state');
    expect(seen.durationMs).toBeLessThan(2500);
  });

  test('in the handshake leaves no connection behind', async () => {
    const server = await startRawServer(() => {});
    stops.push(server.close);
    const run = new AbortController();
    setTimeout(() => run.abort('deadline'), 100);
    const spec = { url: `ws://127.0.0.1:${server.port}/`, for: '10m' };
    const made = await attemptAt(websocket, spec, { runSignal: run.signal });
    expect(assessAttempt(made)).toMatchObject({ outcome: 'unknown', code: 'deadline-exceeded' });
    expect(made.durationMs).toBeLessThan(2500);
  });

  test('tells how far it is until then', async () => {
    const run = new AbortController();
    const told: string[] = [];
    setTimeout(() => run.abort('deadline'), 1200);
    const tell = (said: string): void => void told.push(said);
    await attempt(
      every(100, (socket) => socket.ping()),
      { for: '10m' },
      { runSignal: run.signal, tell },
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^(999 ms|1(\.\d)? s) of 10m, 0 messages, \d+ pings, longest gap \d+ ms$/);
  });
});
