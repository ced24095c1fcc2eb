import { afterEach, expect, test } from 'vitest';
import { getRequest, realContext } from '../../../tests/stack/requests.ts';
import { exchange } from './exchange.ts';
import { ACK, DATA, END_HEADERS, END_STREAM, GOAWAY, HEADERS, RST_STREAM, SETTINGS } from './http2-frames.ts';
import {
  data,
  frame,
  literal,
  ok,
  saying,
  settings,
  start,
  STATUS_200,
  stopAll,
  troubleAt,
  words,
} from './http2-test-server.ts';

afterEach(stopAll);

test('a whole response is an answer, also when the server goes on after it', async () => {
  const server = await saying(ok(), data('hello'), data('', END_STREAM), frame(0x2a, 0, 1, 'what is this'));
  const request = getRequest(`http://127.0.0.1:${server.port}/`, { http2: true });
  const answer = await exchange(request, realContext());
  expect(answer).toMatchObject({ status: 200, httpVersion: '2', wireBytes: 5, extraBytes: 0 });
  await server.closed();
});

test.each([
  [
    'RST_STREAM before an answer',
    [frame(RST_STREAM, 0, 1, words(7))],
    'RST_STREAM, REFUSED_STREAM',
    'no byte of a response',
  ],
  [
    'RST_STREAM in a body',
    [ok(), data('hello'), frame(RST_STREAM, 0, 1, words(2))],
    'RST_STREAM, INTERNAL_ERROR',
    '5 body bytes',
  ],
  [
    'RST_STREAM with NO_ERROR',
    [ok(), data('hello'), frame(RST_STREAM, 0, 1, words(0))],
    'RST_STREAM, NO_ERROR',
    '5 body bytes',
  ],
  [
    'RST_STREAM with CANCEL',
    [ok(), data('hello'), frame(RST_STREAM, 0, 1, words(8))],
    'RST_STREAM, CANCEL',
    '5 body bytes',
  ],
  [
    'RST_STREAM with a code of its own',
    [frame(RST_STREAM, 0, 1, words(0x1f))],
    'RST_STREAM, code 0x1f',
    'no byte of a response',
  ],
])('a server that sends %s has closed early', async (_name, frames, how, got) => {
  expect(await troubleAt(await saying(...frames))).toMatchObject({
    code: 'closed-early',
    message: `the server reset the stream (${how}): got ${got}`,
  });
});

test.each([
  ['with an error and a text', words(1, 11), 'calm\n', 'GOAWAY, ENHANCE_YOUR_CALM, "calm\\u{a}"'],
  ['that leaves the request out', words(0, 0), '', 'GOAWAY, NO_ERROR'],
])('a GOAWAY %s has ended the session early', async (_name, numbers, text, how) => {
  const server = await saying(frame(GOAWAY, 0, 0, Buffer.concat([numbers, Buffer.from(text)])));
  expect(await troubleAt(server)).toMatchObject({
    code: 'closed-early',
    message: `the server ended the session (${how}): got no byte of a response`,
  });
});

test('a GOAWAY that lets the request end is no fault', async () => {
  const server = await saying(frame(GOAWAY, 0, 0, words(1, 0)), ok(), data('hello', END_STREAM));
  const request = getRequest(`http://127.0.0.1:${server.port}/`, { http2: true });
  expect(Buffer.from((await exchange(request, realContext())).body).toString()).toBe('hello');
});

test('a whole response is an answer although the connection is closed behind it at once', async () => {
  const pieces = Array.from({ length: 6 }, () => data('x'.repeat(10_000)));
  const server = await start((socket) =>
    socket.end(Buffer.concat([settings(), ok(), ...pieces, data('', END_STREAM)])),
  );
  const request = getRequest(`http://127.0.0.1:${server.port}/`, { http2: true });
  expect((await exchange(request, realContext())).body.length).toBe(60_000);
});

test('a connection that is closed in the middle of a body is closed early', async () => {
  const server = await start((socket) => socket.end(Buffer.concat([settings(), ok(), data('hello')])));
  expect(await troubleAt(server)).toMatchObject({ code: 'closed-early', message: 'closed early: got 5 body bytes' });
});

test('a connection that is reset is told as that', async () => {
  const server = await start((socket) => socket.resetAndDestroy());
  expect(await troubleAt(server)).toMatchObject({ code: 'connect-reset' });
});

test.each([
  ['shorter', 'hello', 'RST_STREAM, PROTOCOL_ERROR): got 5 of 10 body bytes'],
  ['longer', 'hello world!', 'GOAWAY, INTERNAL_ERROR): got 0 of 10 body bytes'],
])('a body that is %s than announced is no answer', async (_name, text, end) => {
  const head = Buffer.concat([STATUS_200, literal('content-length', '10')]);
  const server = await saying(frame(HEADERS, END_HEADERS, 1, head), data(text, END_STREAM));
  expect(await troubleAt(server)).toMatchObject({
    code: 'invalid-response',
    message: `invalid response: it breaks a rule of HTTP/2 (${end}`,
  });
});

test.each([
  [
    'a header block that HPACK cannot read',
    frame(HEADERS, END_HEADERS, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
  ],
  ['a response without a status', frame(HEADERS, END_HEADERS, 1, literal('a', 'b'))],
  ['a frame over the size that we allow', frame(DATA, 0, 1, Buffer.alloc(20_000))],
  ['a pushed response', Buffer.concat([frame(SETTINGS, ACK, 0), frame(0x5, END_HEADERS, 1, words(2))])],
  ['a window that overflows', Buffer.concat([frame(0x8, 0, 0, words(2 ** 31 - 1)), ok()])],
  ['101 Switching Protocols', frame(HEADERS, END_HEADERS, 1, literal(':status', '101'))],
])('%s breaks a rule', async (_name, bytes) => {
  const trouble = await troubleAt(await saying(bytes));
  expect(trouble).toMatchObject({ code: 'invalid-response' });
  expect(trouble.message).toMatch(/^invalid response: it breaks a rule of HTTP\/2 \(/);
});

test.each([
  [
    'HTTP/1.1 400 Bad Request\r\n\r\n',
    'this is HTTP/1, not HTTP/2: first bytes `HTTP/1.1 400 Bad Request\\r\\n\\r\\n`',
  ],
  ['220 mail.test ESMTP\r\n', 'not HTTP/2: first bytes `220 mail.test ESMTP\\r\\n`'],
])('a server that speaks something else is told by its first bytes: %j', async (bytes, rule) => {
  const server = await start((socket) => socket.write(bytes), true);
  expect(await troubleAt(server)).toMatchObject({ code: 'invalid-response', message: `invalid response: ${rule}` });
});

test('noise of any kind comes to an end with a cause', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    let state = seed;
    const noise = Buffer.from(
      Array.from({ length: 300 }, () => {
        state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
        return state >> 16;
      }),
    );
    const server = await saying(ok(), noise);
    const trouble = await troubleAt(server, {}, 200);
    expect(['timeout', 'invalid-response', 'closed-early', 'header-limit']).toContain(trouble.code);
  }
});
