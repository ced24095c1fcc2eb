import { afterEach, expect, test } from 'vitest';
import { getRequest } from '../../../tests/stack/requests.ts';
import { ACK, CONTINUATION, END_HEADERS, HEADERS, SETTINGS } from './http2-frames.ts';
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

const PING = 0x6;
const post = { method: 'POST', body: Buffer.from('x'.repeat(100)) } as const;

afterEach(stopAll);

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
