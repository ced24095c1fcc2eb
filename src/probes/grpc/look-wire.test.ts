import { once } from 'node:events';
import { createServer as createHttp } from 'node:http';
import { createServer as createNet, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { makeAuthority, makeCertificate } from '../../../tests/stack/certificates.ts';
import { troubleOf } from '../../../tests/stack/requests.ts';
import { DATA, END_HEADERS, END_STREAM, GOAWAY, HEADERS, RST_STREAM } from '../engine/http2-frames.ts';
import { frame, literal, settings, startRawServer, STATUS_200, words } from '../engine/http2-test-server.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { message, type Running, SERVING, startServer } from './test-servers.ts';

/** Servers that break off, flood, or speak something else: the end is prompt, and never a health. */

const running: Running[] = [];

afterEach(() => {
  for (const server of running.splice(0)) server.stop();
});

const keep = <Server extends Running>(server: Server): Server => {
  running.push(server);
  return server;
};

const lookAt = ({ port }: { readonly port: number }, spec: Partial<Spec> = {}, ms = 5000) =>
  look({ address: `127.0.0.1:${port}`, ...spec }, testContext(ms));

const raw = async (act: (socket: Socket) => void) => keep(await startRawServer(act));

const HEAD = frame(HEADERS, END_HEADERS, 1, Buffer.concat([STATUS_200, literal('content-type', 'application/grpc')]));

test('a server of HTTP/1.1 is told by its first bytes', async () => {
  const server = keep(await startServer(createHttp((_request, response) => response.end('ok'))));
  const trouble = await troubleOf(lookAt(server));
  expect(trouble.code).toBe('invalid-response');
  expect(trouble.message).toContain('this is HTTP/1, not HTTP/2');
});

test('TLS without h2 is told by ALPN', async () => {
  const authority = await makeAuthority();
  const { chain, key } = await makeCertificate({ authority, names: ['127.0.0.1'] });
  const server = keep(await startServer(createTls({ cert: chain, key, ALPNProtocols: ['http/1.1'] }, () => {})));
  expect(await troubleOf(lookAt(server, { tls: { ca: authority.cert } }))).toMatchObject({
    code: 'tls-protocol',
    message: expect.stringContaining('the server does not offer HTTP/2 over TLS (ALPN)'),
  });
});

test.each([
  [
    'GOAWAY',
    [frame(GOAWAY, 0, 0, words(0, 11))],
    'closed-early',
    'the server ended the session (GOAWAY, ENHANCE_YOUR_CALM): got no byte of a response',
  ],
  [
    'RST_STREAM',
    [frame(RST_STREAM, 0, 1, words(7))],
    'closed-early',
    'the server reset the stream (RST_STREAM, REFUSED_STREAM): got no byte of a response',
  ],
  [
    'RST_STREAM behind SERVING',
    [HEAD, frame(DATA, 0, 1, SERVING), frame(RST_STREAM, 0, 1, words(0))],
    'closed-early',
    'the server reset the stream (RST_STREAM, NO_ERROR): got 7 bytes of a message',
  ],
])('%s is no answer', async (_name, frames, code, text) => {
  const server = await raw((socket) => socket.write(Buffer.concat([settings(), ...frames])));
  expect(await troubleOf(lookAt(server))).toMatchObject({ code, message: text });
  await server.closed();
});

test('a connection that closes behind SERVING is no answer', async () => {
  const server = await raw((socket) => socket.end(Buffer.concat([settings(), HEAD, frame(DATA, 0, 1, SERVING)])));
  expect(await troubleOf(lookAt(server))).toMatchObject({
    code: 'closed-early',
    message: 'closed early: got 7 bytes of a message',
  });
});

test('trailers over the limit are no answer', async () => {
  const fields = Array.from({ length: 300 }, () => literal('n', 'v'));
  const block = Buffer.concat([literal('grpc-status', '0'), ...fields]);
  const server = await raw((socket) =>
    socket.write(
      Buffer.concat([settings(), HEAD, frame(DATA, 0, 1, SERVING), frame(HEADERS, END_HEADERS + END_STREAM, 1, block)]),
    ),
  );
  const trouble = await troubleOf(lookAt(server));
  expect(trouble.facts).not.toHaveProperty('health');
  expect(trouble).toMatchObject({ code: 'header-limit' });
});

test('a body without an end is cut at the limit', async () => {
  const server = await raw((socket) => {
    socket.write(Buffer.concat([settings(), HEAD, frame(DATA, 0, 1, message([], 0, 10))]));
    const more = (): boolean =>
      socket.writable && socket.write(frame(DATA, 0, 1, 'x'.repeat(10_000)), () => setImmediate(more));
    more();
  });
  expect(await troubleOf(lookAt(server))).toMatchObject({
    code: 'body-limit',
    message: 'the body goes on after what was announced, and a health answer has at most 64 KiB',
  });
  await server.closed();
});

test('a server that never answers is told at the deadline, and the connection is closed', async () => {
  const sockets: Socket[] = [];
  const server = keep(await startServer(createNet((socket) => sockets.push(socket.resume()))));
  const begun = performance.now();
  const trouble = await troubleOf(lookAt(server, {}, 200));
  expect(trouble).toMatchObject({ code: 'timeout', facts: { service: '', address: '127.0.0.1' } });
  expect(performance.now() - begun).toBeLessThan(450);
  await Promise.all(sockets.map((socket) => (socket.closed ? null : once(socket, 'close'))));
});

test('an answer that stops before its trailers is told at the deadline', async () => {
  const server = await raw((socket) => socket.write(Buffer.concat([settings(), HEAD, frame(DATA, 0, 1, SERVING)])));
  expect(await troubleOf(lookAt(server, {}, 200))).toMatchObject({
    code: 'timeout',
    message: 'timed out after 0.2 s in transfer: got 7 bytes of a message',
  });
  await server.closed();
});

test('the end of the run ends the look with its own reason', async () => {
  const stop = new AbortController();
  const server = await raw((socket) => {
    socket.write(Buffer.concat([settings(), HEAD]));
    stop.abort(new Error('the run stops'));
  });
  const looking = look({ address: `127.0.0.1:${server.port}` }, testContext(5000, { signal: stop.signal }));
  await expect(looking).rejects.toThrow('the run stops');
  await server.closed();
});
