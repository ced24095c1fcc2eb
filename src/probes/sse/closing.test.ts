import { afterEach, describe, expect, test } from 'vitest';
import { type Behaviour, type RawServer, startRawServer } from '../../../tests/stack/raw-server.ts';
import { assessAttempt } from '../../judge/assess.ts';
import { attemptAt } from './test-outcome.ts';
import { sse } from './kind.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n';
const CHUNKED = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`;
const EVENT = 'data: 1\n\n';
const CHUNK = `9\r\n${EVENT}\r\n`;

const servers: RawServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const attempt = async (behave: Behaviour) => {
  const server = await startRawServer(behave);
  servers.push(server);
  const made = await attemptAt(sse, { url: `http://127.0.0.1:${server.port}/`, for: '3s' });
  return { facts: made.observation.facts, ...assessAttempt(made) };
};

/** After the request: the bytes at once, and 100 ms later whatever ends it. */
const says =
  (text: string, end: 'fin' | 'reset' | string): Behaviour =>
  (socket) => {
    socket.once('data', () => {
      socket.write(text);
      setTimeout(() => {
        if (end === 'reset') socket.resetAndDestroy();
        else socket.end(end === 'fin' ? '' : end);
      }, 100);
    });
  };

describe('a stream that is closed', () => {
  test.each<[string, Behaviour, RegExp]>([
    [
      'in an orderly way',
      says(CHUNKED + CHUNK, '0\r\n\r\n'),
      /^the server ended the stream [\d.]+ m?s after it opened, of 3 s, after 1 event and 0 heartbeats$/,
    ],
    ['by its Content-Length', says(`${HEAD}Content-Length: 9\r\n\r\n`, EVENT), /^the server ended the stream/],
    ['by the end of the connection', says(`${HEAD}\r\n${EVENT}`, 'fin'), /^the server ended the stream/],
    [
      'in the middle of a chunk',
      says(`${CHUNKED}${CHUNK}9\r\nda`, 'fin'),
      /^the stream broke off \(closed early: got 11 body bytes, and the last chunk never came\)/,
    ],
    ['before the last chunk', says(CHUNKED + CHUNK, 'fin'), /^the stream broke off \(closed early/],
    ['by a reset', says(CHUNKED + CHUNK, 'reset'), /^the stream broke off \(closed early: the connection was reset/],
  ])('%s fails', async (_, behave, message) => {
    const seen = await attempt(behave);
    expect(seen).toMatchObject({ outcome: 'fail', code: 'stream-closed' });
    expect(seen.message).toMatch(message);
    expect(seen.facts).toMatchObject({
      state: 'closed',
      disconnects: 1,
      events: seen.message.includes('0 event') ? 0 : 1,
    });
    expect(seen.facts['lasted']).toBeGreaterThanOrEqual(95);
    expect(seen.facts['lasted']).toBeLessThan(2500);
  });
});

describe('what breaks the rules of HTTP fails with what was seen', () => {
  test.each<[string, string, string, string]>([
    ['a bad chunk', `${CHUNKED}${CHUNK}zz\r\n`, 'invalid-response', 'bad chunk size'],
    ['an unknown coding', `${HEAD}Content-Encoding: rot13\r\n\r\n`, 'decode-error', 'unknown content-coding'],
    ['a gzip that is none', `${HEAD}Content-Encoding: gzip\r\n\r\n${EVENT}`, 'decode-error', 'not valid gzip'],
    [
      'a length that is over the limit',
      `${HEAD}Content-Length: 9223372036854775807\r\n\r\n`,
      'body-limit',
      'over 64 MiB',
    ],
  ])('%s', async (_, text, code, message) => {
    const seen = await attempt((socket) => socket.once('data', () => socket.write(text)));
    expect(seen).toMatchObject({ outcome: 'fail', code, facts: { status: 200 } });
    expect(seen.message).toContain(message);
  });
});
