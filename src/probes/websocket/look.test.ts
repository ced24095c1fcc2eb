import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { assessAttempt } from '../../judge/assess.ts';
import { attemptAt } from '../sse/test-outcome.ts';
import { websocket } from './kind.ts';
import type { Spec } from './schema.ts';
import { startSockets } from './test-sockets.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

type Act = (socket: WebSocket) => void;

const serve = async (...server: Parameters<typeof startSockets>): Promise<string> => {
  const { url, stop } = await startSockets(...server);
  stops.push(stop);
  return url;
};

const attempt = async (act: Act, spec: Omit<Spec, 'url'> = {}, options = {}) => {
  const made = await attemptAt(websocket, { ...spec, url: await serve(act, options) });
  return { facts: made.observation.facts, durationMs: made.durationMs, ...assessAttempt(made) };
};

const echoes: Act = (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
const isSilent: Act = () => {};

describe('a connection that is asked nothing', () => {
  test('passes when it opens and stays open', async () => {
    const seen = await attempt(isSilent);
    expect(seen).toMatchObject({
      outcome: 'pass',
      facts: {
        state: 'open',
        opened: true,
        status: 101,
        messages: 0,
        pings: 0,
        headers: { upgrade: 'websocket' },
        'remote-address': '127.0.0.1',
      },
    });
    for (const absent of ['answered', 'answer', 'subprotocol', 'close-code', 'json', 'first-message', 'extensions']) {
      expect(seen.facts).not.toHaveProperty(absent);
    }
    expect(seen.durationMs).toBeLessThan(3000);
  });

  test('fails when the server closes it right away, and tells why', async () => {
    const seen = await attempt((socket) => socket.close(1008, 'token expired'));
    expect(seen).toMatchObject({
      outcome: 'fail',
      code: 'stream-closed',
      facts: { state: 'closed', 'close-code': 1008, 'close-reason': 'token expired' },
    });
    expect(seen.message).toMatch(
      /^the server closed the connection with 1008 \(policy violation\), "token expired", \d+ ms after it opened$/,
    );
  });

  test('fails when the server drops it', async () => {
    const seen = await attempt((socket) => socket.terminate());
    expect(seen).toMatchObject({ outcome: 'fail', code: 'stream-closed', facts: { 'close-code': 1006 } });
    expect(seen.message).toContain('dropped the connection without closing it (1006)');
  });
});

describe('an answer', () => {
  test('to a text is told whole, with the time that it took', async () => {
    const seen = await attempt((socket) => socket.on('message', () => setTimeout(() => socket.send('pong'), 60)), {
      send: 'ping',
    });
    expect(seen).toMatchObject({
      outcome: 'pass',
      facts: { answered: true, answer: 'pong', 'first-message': 'pong', messages: 1, size: 4, 'answer-size': 4 },
    });
    expect(seen.facts['answer-after']).toBeGreaterThanOrEqual(55);
    expect(seen.facts['answer-after']).toBeLessThan(2000);
    expect(seen.facts).not.toHaveProperty('json');
  });

  test.each<[Spec['send'], unknown]>([
    [
      { type: 'ping', id: 1 },
      { type: 'ping', id: 1 },
    ],
    [
      [1, 'a'],
      [1, 'a'],
    ],
    ['{"a": 1}', { a: 1 }],
  ])('to %j is read as JSON', async (send, json) => {
    expect(await attempt(echoes, send === undefined ? {} : { send })).toMatchObject({
      outcome: 'pass',
      facts: { json },
    });
  });

  test('may be binary, and then is no text', async () => {
    const seen = await attempt((socket) => socket.on('message', () => socket.send(Buffer.of(1, 2, 3))), { send: 'x' });
    expect(seen).toMatchObject({ outcome: 'pass', facts: { answered: true, 'answer-size': 3, messages: 1 } });
    expect(seen.facts).not.toHaveProperty('answer');
    expect(seen.facts).not.toHaveProperty('first-message');
  });

  const greets: Act = (socket) => {
    socket.send('{"type":"welcome","id":1}');
    socket.on('message', () => socket.send('{"type":"pong","id":2,"more":{"a":1,"b":2}}'));
  };

  test.each<[Spec['answer']]>([['"pong"'], [{ type: 'pong' }], [{ id: 2, more: { a: 1 } }]])(
    'that contains %j is waited for, past a greeting',
    async (answer) => {
      const seen = await attempt(greets, { send: '{}', ...(answer === undefined ? {} : { answer }) });
      expect(seen).toMatchObject({ outcome: 'pass', facts: { messages: 2, json: { id: 2 } } });
      expect(seen.facts['first-message']).toContain('welcome');
    },
  );

  test.each<[Spec['answer']]>([['"pang"'], [{ type: 'pang' }], [{ more: { a: 1, c: 1 } }], [{ constructor: {} }]])(
    'that contains %j did not come although others did',
    async (answer) => {
      const seen = await attempt(greets, { send: '{}', within: '150ms', ...(answer === undefined ? {} : { answer }) });
      expect(seen).toMatchObject({
        outcome: 'fail',
        code: 'value-missing',
        facts: { answered: false, messages: 2 },
        message: '2 messages came within 150 ms, and none is the answer; the first is "{"type":"welcome","id":1}"',
      });
    },
  );

  test('is not a greeting, which comes before anything is sent', async () => {
    const greetsAndIsDeaf: Act = (socket) => socket.send('welcome');
    expect(await attempt(greetsAndIsDeaf, { send: 'x', within: '150ms' })).toMatchObject({
      outcome: 'fail',
      code: 'value-missing',
      message: '1 message came within 150 ms, and none after ours',
      facts: { answered: false, 'first-message': 'welcome' },
    });
  });

  test('can be a greeting, when nothing is sent', async () => {
    expect(await attempt(greets, { answer: 'welcome' })).toMatchObject({ outcome: 'pass', facts: { messages: 1 } });
  });

  test('that does not come is a timeout with everything that was seen', async () => {
    const seen = await attempt(isSilent, { send: 'ping', within: '150ms' });
    expect(seen).toMatchObject({
      outcome: 'fail',
      code: 'timeout',
      transient: true,
      message: 'no answer came within 150 ms, and no other message',
      facts: { opened: true, answered: false, state: 'open' },
    });
    expect(seen.durationMs).toBeLessThan(3000);
  });

  test('that does not come because the server closes is told as that', async () => {
    const seen = await attempt((socket) => socket.on('message', () => socket.close(4401)), { send: 'x' });
    expect(seen).toMatchObject({
      outcome: 'fail',
      code: 'stream-closed',
      facts: { answered: false, 'close-code': 4401 },
    });
    expect(seen.message).toMatch(/^the server closed the connection with 4401, \d+ ms after it opened$/);
    expect(seen.durationMs).toBeLessThan(3000);
  });
});

describe('a server that must close', () => {
  test('passes when it does', async () => {
    const closes: Act = (socket) => setTimeout(() => socket.close(1000, 'bye'), 80);
    expect(await attempt(closes, { close: true })).toMatchObject({
      outcome: 'pass',
      facts: { state: 'closed', 'close-code': 1000, 'close-reason': 'bye' },
    });
  });

  test('fails when it does not', async () => {
    expect(await attempt(isSilent, { close: true, within: '150ms' })).toMatchObject({
      outcome: 'fail',
      code: 'timeout',
      message: 'the server did not close the connection within 150 ms',
    });
  });

  test('fails when it closes in place of an answer', async () => {
    const closes: Act = (socket) => socket.on('message', () => socket.close(1011));
    const seen = await attempt(closes, { close: true, send: 'x' });
    expect(seen).toMatchObject({ outcome: 'fail', code: 'stream-closed', facts: { state: 'closed' } });
    expect(seen.message).toContain('1011 (internal error)');
  });
});

describe('what is agreed in the handshake', () => {
  test('is the subprotocol that the server chooses', async () => {
    const options = { handleProtocols: () => 'b' };
    const seen = await attempt(isSilent, { subprotocols: ['a', 'b'] }, options);
    expect(seen).toMatchObject({ outcome: 'pass', facts: { subprotocol: 'b' } });
  });

  test('is compression, if the server has it', async () => {
    const text = 'x'.repeat(100_000);
    const seen = await attempt((socket) => socket.send(text), { answer: 'x' }, { perMessageDeflate: true });
    expect(seen).toMatchObject({ outcome: 'pass', facts: { extensions: 'permessage-deflate', size: 100_000 } });
  });

  test('is asked with the headers of the check', async () => {
    const asked: unknown[] = [];
    const verifyClient = ({ req }: { readonly req: IncomingMessage }): boolean => {
      asked.push(req.headers['x-own'], req.headers.authorization, req.url);
      return true;
    };
    const url = await serve(isSilent, { verifyClient });
    const spec = { url: url.replace('ws://', 'ws://me:hush@'), headers: { 'X-Own': 1 }, query: { a: 'b' } };
    expect(assessAttempt(await attemptAt(websocket, spec)).outcome).toBe('pass');
    expect(asked).toEqual(['1', `Basic ${btoa('me:hush')}`, '/socket?a=b']);
  });
});
