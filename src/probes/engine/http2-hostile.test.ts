import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { getRequest, realContext, troubleOf } from '../../../tests/stack/requests.ts';
import type { CouldNotLook } from '../probe.ts';
import { exchange } from './exchange.ts';
import {
  ACK,
  CONTINUATION,
  DATA,
  END_HEADERS,
  END_STREAM,
  GOAWAY,
  HEADERS,
  RST_STREAM,
  SETTINGS,
} from './http2-frames.ts';
import { frame, literal, type RawServer, settings, startRawServer, STATUS_200, words } from './http2-test-server.ts';
import type { HttpRequest } from './request.ts';

const PING = 0x6;

let servers: RawServer[] = [];

afterEach(() => {
  for (const server of servers) server.stop();
  servers = [];
});

const start = async (act: (socket: Socket) => void, greets = false): Promise<RawServer> => {
  const server = await startRawServer(act, greets);
  servers.push(server);
  return server;
};

const post = { method: 'POST', body: Buffer.from('x'.repeat(100)) } as const;

/** What an exchange with a server that says all this comes to. Our end of the connection is closed afterwards. */
const troubleAt = async (server: RawServer, changes: Partial<HttpRequest> = {}, ms = 5000): Promise<CouldNotLook> => {
  const request = getRequest(`http://127.0.0.1:${server.port}/`, { http2: true, ...changes });
  const trouble = await troubleOf(exchange(request, realContext(ms)));
  await server.closed();
  return trouble;
};

const saying = (...frames: readonly Uint8Array[]): Promise<RawServer> =>
  start((socket) => socket.write(Buffer.concat([settings(), ...frames])));

const ok = (flags = END_HEADERS): Buffer => frame(HEADERS, flags, 1, STATUS_200);
const data = (text: string, flags = 0): Buffer => frame(DATA, flags, 1, text);

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

test('a flood of CONTINUATION frames ends at the limit of headers', async () => {
  const one = frame(CONTINUATION, 0, 1, literal('a', 'b'));
  const server = await start((socket) => {
    socket.write(Buffer.concat([settings(), frame(HEADERS, 0, 1, STATUS_200)]));
    const more = (): boolean => socket.writable && socket.write(one, () => setImmediate(more));
    more();
  });
  expect(await troubleAt(server)).toMatchObject({
    code: 'header-limit',
    message: 'the header section has over 8 CONTINUATION frames',
  });
});

test('a header section over the limit is refused before it is whole', async () => {
  const block = Buffer.concat([STATUS_200, ...Array.from({ length: 150 }, () => literal('name', 'v'.repeat(100)))]);
  const server = await saying(frame(HEADERS, 0, 1, block), frame(CONTINUATION, 0, 1, block));
  const { limits } = getRequest('http://a.test/');
  expect(await troubleAt(server, { limits: { ...limits, headerBytes: 16 * 1024 } })).toMatchObject({
    code: 'header-limit',
    message: 'the header section is over 16 KiB',
  });
});

test('fields that are short on the wire and long in memory count by what they are', async () => {
  // One field goes into the table; each further byte repeats it (RFC 7541, 6.1 and 6.2.1).
  const kept = Buffer.concat([Buffer.from([0x40]), literal('n', 'v'.repeat(120)).subarray(1)]);
  const block = Buffer.concat([STATUS_200, kept, Buffer.alloc(2000, 0xbe)]);
  expect(await troubleAt(await saying(frame(HEADERS, END_HEADERS, 1, block)))).toMatchObject({
    code: 'header-limit',
    message: 'the header section is over 64 KiB',
  });
});

test('more fields than the limit are refused', async () => {
  const block = Buffer.concat([STATUS_200, ...Array.from({ length: 257 }, () => literal('n', 'v'))]);
  expect(await troubleAt(await saying(frame(HEADERS, END_HEADERS, 1, block)))).toMatchObject({
    code: 'header-limit',
    message: 'the header section has more than 256 fields',
  });
});

test('more interim responses than the limit are refused', async () => {
  const hint = frame(HEADERS, END_HEADERS, 1, literal(':status', '103'));
  expect(await troubleAt(await saying(...Array.from({ length: 9 }, () => hint)))).toMatchObject({
    code: 'interim-flood',
    message: 'too many interim responses (over 8)',
  });
});

test('a body over the limit is refused while it comes', async () => {
  const server = await start((socket) => {
    socket.write(Buffer.concat([settings(), ok()]));
    const more = (): boolean => socket.writable && socket.write(data('x'.repeat(10_000)), () => setImmediate(more));
    more();
  });
  const { limits } = getRequest('http://a.test/');
  expect(await troubleAt(server, { limits: { ...limits, wireBodyBytes: 40 * 1024 } })).toMatchObject({
    code: 'body-limit',
    message: 'the body is over 40 KiB',
  });
});

test.each([
  ['PING', frame(PING, 0, 0, words(0, 0)), 'the last is PING'],
  ['SETTINGS', settings(), 'the last is SETTINGS'],
  ['DATA without data', data(''), 'the last is DATA without data'],
  ['frames that nobody knows', frame(0x2a, 0, 0), 'the last is type 0x2a'],
])('a flood of %s ends', async (_name, one, last) => {
  const many = Buffer.concat(Array.from({ length: 100 }, () => one));
  const server = await start((socket) => {
    socket.write(Buffer.concat([settings(), ok()]));
    const more = (): boolean => socket.writable && socket.write(many, () => setImmediate(more));
    more();
  });
  expect(await troubleAt(server)).toMatchObject({
    code: 'invalid-response',
    message: `invalid response: a flood of frames that carry nothing (over 1000; ${last})`,
  });
});

test('a server that allows no streams is told as that at the deadline', async () => {
  const server = await start((socket) => socket.write(settings([3, 0])), true);
  const { code, message } = await troubleAt(server, {}, 300);
  expect(code).toBe('timeout');
  expect(message).toMatch(
    /^timed out after 0\.3 s in \w+: got no byte of a response: the server allows no streams at all$/,
  );
});

test('a window that never opens is told as that at the deadline', async () => {
  const server = await start(
    (socket) => socket.write(Buffer.concat([settings([4, 10]), frame(SETTINGS, ACK, 0)])),
    true,
  );
  const body = Buffer.alloc(200_000);
  const { code, message } = await troubleAt(server, { ...post, body }, 300);
  expect(code).toBe('timeout');
  expect(message).toMatch(
    /^timed out after 0\.3 s in request: got no byte of a response: the server's window lets only \d+ of 200000 bytes of the request through$/,
  );
});

test('a server that says nothing of HTTP/2 is told as that at the deadline', async () => {
  const server = await start(() => {}, true);
  expect(await troubleAt(server, {}, 300)).toMatchObject({
    code: 'timeout',
    message: 'timed out after 0.3 s in wait: got no byte of a response (not even the SETTINGS of HTTP/2)',
  });
});

test('a body that stops in the middle is told with what came of it', async () => {
  const head = Buffer.concat([STATUS_200, literal('content-length', '10')]);
  expect(await troubleAt(await saying(frame(HEADERS, END_HEADERS, 1, head), data('hello')), {}, 300)).toMatchObject({
    code: 'timeout',
    message: 'timed out after 0.3 s in transfer: got 5 of 10 body bytes',
  });
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
