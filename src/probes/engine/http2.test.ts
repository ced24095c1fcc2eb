import { once } from 'node:events';
import { createServer, createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer as createProxy, type Server } from 'node:http';
import { connect, type Server as NetServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { makeAuthority, makeCertificate, type Authority, type Certificate } from '../../../tests/stack/certificates.ts';
import { listen } from '../../../tests/stack/listen.ts';
import { getRequest, realContext, troubleOf } from '../../../tests/stack/requests.ts';
import { exchange, openExchange } from './exchange.ts';
import { DEFAULT_TLS, type HttpRequest } from './request.ts';

type Answer = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

let authority: Authority;
let certificate: Certificate;
const servers: NetServer[] = [];
const sockets = new Set<Socket>();

const serve = (server: NetServer): Promise<number> => {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  return listen(server);
};

beforeAll(async () => {
  authority = await makeAuthority();
  certificate = await makeCertificate({ authority, names: ['127.0.0.1'] });
});

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

const plain = (answer: Answer): Promise<number> => serve(createServer(answer));
const overTls = (answer: Answer): Promise<number> =>
  serve(createSecureServer({ key: certificate.key, cert: certificate.chain, allowHTTP1: true }, answer));

const to = (url: string, changes: Partial<HttpRequest> = {}): HttpRequest =>
  getRequest(url, { http2: true, tls: { ...DEFAULT_TLS, ca: authority.cert }, ...changes });

const text = (body: Uint8Array): string => Buffer.from(body).toString();

const allClosed = async (): Promise<void> => {
  await Promise.all([...sockets].map((socket) => once(socket, 'close')));
};

test('over TLS h2 is agreed on, and everything that HTTP/1 tells is told', async () => {
  const port = await overTls((request, response) => {
    response.writeHead(203, [
      ...['content-type', 'text/plain'],
      ...['set-cookie', 'a=1'],
      ...['set-cookie', 'b=2'],
      ...['x-latin', 'caf\u00e9'],
    ]);
    response.end(`${request.httpVersion} ${request.stream.session?.alpnProtocol}`);
  });
  const answer = await exchange(to(`https://127.0.0.1:${port}/`), realContext());
  expect(answer).toMatchObject({ status: 203, statusText: '', httpVersion: '2', wireBytes: 6, extraBytes: 0 });
  expect(text(answer.body)).toBe('2.0 h2');
  expect(answer.headers.slice(0, 4)).toEqual([
    ['content-type', 'text/plain'],
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['x-latin', 'caf\u00e9'],
  ]);
  expect(answer.connection).toMatchObject({ address: '127.0.0.1', tls: { verified: true, protocol: 'TLSv1.3' } });
  const { connect: connectMs, tls, request, wait, transfer, total } = answer.timings;
  for (const ms of [connectMs, tls, request, wait, transfer]) expect(ms).toBeTypeOf('number');
  expect(total).toBeLessThan(5000);
  await allClosed();
});

test('the request travels as written, without what only HTTP/1 has', async () => {
  const port = await plain(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    response.end(JSON.stringify({ ...request.headers, length: body.length }));
  });
  const request = to(`http://127.0.0.1:${port}/a?b=c`, {
    method: 'POST',
    headers: [
      ['Host', 'site.test'],
      ['X-Own', 'v'],
      ['Cookie', 'a=1'],
      ['Keep-Alive', 'timeout=5'],
      ['TE', 'gzip'],
    ],
    body: Buffer.alloc(300_000, 'x'),
  });
  const { body } = await exchange(request, realContext());
  expect(JSON.parse(text(body))).toEqual({
    ':method': 'POST',
    ':scheme': 'http',
    ':authority': 'site.test',
    ':path': '/a?b=c',
    'x-own': 'v',
    cookie: 'a=1',
    'user-agent': 'gonogo/0.0.0',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'content-length': '300000',
    length: 300_000,
  });
});

test('a body that was encoded is decoded under the same limits', async () => {
  const port = await plain((request, response) => {
    response.setHeader('content-encoding', 'gzip');
    response.end(gzipSync(Buffer.alloc(request.url === '/bomb' ? 11 * 1024 * 1024 : 1000, 'x')));
  });
  const answer = await exchange(to(`http://127.0.0.1:${port}/`), realContext());
  expect(answer.body.length).toBe(1000);
  expect(answer.wireBytes).toBeLessThan(100);
  expect(await troubleOf(exchange(to(`http://127.0.0.1:${port}/bomb`), realContext()))).toMatchObject({
    code: 'body-limit',
    message: 'the decoded body is over 10 MiB',
  });
  await allClosed();
});

test('a large body comes whole through many windows', async () => {
  const whole = Buffer.from(Array.from({ length: 4_000_000 }, (_, index) => index % 251));
  const port = await plain((_request, response) => response.end(whole));
  const { body } = await exchange(to(`http://127.0.0.1:${port}/`), realContext());
  expect(whole.equals(body)).toBe(true);
});

test.each([
  ['HEAD', 200],
  ['GET', 204],
  ['GET', 304],
])('the answer to %s with %i has no body to wait for', async (method, status) => {
  const port = await plain((_request, response) => {
    response.writeHead(status, { 'content-encoding': 'gzip', ...(status === 200 ? { 'content-length': '9' } : {}) });
    response.end();
  });
  const headers = [['if-none-match', '"a"']] as const;
  const answer = await exchange(to(`http://127.0.0.1:${port}/`, { method, headers }), realContext());
  expect(answer).toMatchObject({ status, wireBytes: 0, extraBytes: 0 });
});

test('interim responses and trailers are passed over', async () => {
  const port = await plain((_request, response) => {
    response.writeEarlyHints({ link: '</a.css>; rel=preload' });
    response.addTrailers({ sum: '1' });
    response.end('ok');
  });
  const answer = await exchange(to(`http://127.0.0.1:${port}/`), realContext());
  expect(text(answer.body)).toBe('ok');
  expect(answer.headers.map(([name]) => name)).toEqual(['date']);
});

test('a length over the limit is refused before the body comes', async () => {
  const port = await plain((_request, response) => {
    response.stream.respond({ ':status': 200, 'content-length': String(11 * 1024 * 1024) });
  });
  expect(await troubleOf(exchange(to(`http://127.0.0.1:${port}/`), realContext()))).toMatchObject({
    code: 'body-limit',
    facts: { status: 200, 'remote-address': '127.0.0.1' },
  });
});

test('a server that refuses to speak HTTP/2 over TLS is told as that', async () => {
  const port = await serve(
    createTlsServer({ key: certificate.key, cert: certificate.chain, ALPNProtocols: ['http/1.1'] }),
  );
  expect(await troubleOf(exchange(to(`https://127.0.0.1:${port}/`), realContext()))).toMatchObject({
    code: 'tls-protocol',
    message: 'the server does not offer HTTP/2 over TLS (ALPN): it refuses the handshake',
  });
});

test('a server that knows nothing of ALPN is told as that, with its certificate', async () => {
  const port = await serve(createTlsServer({ key: certificate.key, cert: certificate.chain }));
  expect(await troubleOf(exchange(to(`https://127.0.0.1:${port}/`), realContext()))).toMatchObject({
    code: 'tls-protocol',
    message: 'the server does not offer HTTP/2 over TLS (ALPN): it agrees on no protocol',
    facts: { tls: { verified: true } },
  });
});

test('without being asked for, HTTP/2 is not offered', async () => {
  const port = await overTls((request, response) => response.end(request.httpVersion));
  const answer = await exchange(to(`https://127.0.0.1:${port}/`, { http2: false }), realContext());
  expect([answer.httpVersion, text(answer.body)]).toEqual(['1.1', '1.1']);
});

test('through a proxy HTTP/2 without TLS takes a tunnel', async () => {
  const port = await plain((_request, response) => response.end('behind'));
  const tunnels: string[] = [];
  const proxy: Server = createProxy();
  proxy.on('connect', ({ url = '' }, client) => {
    tunnels.push(url);
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    upstream.on('error', () => {});
  });
  const proxyPort = await serve(proxy);
  const request = to('http://site.test/', { proxy: new URL(`http://127.0.0.1:${proxyPort}`) });
  expect(text((await exchange(request, realContext())).body)).toBe('behind');
  expect(tunnels).toEqual(['site.test:80']);
});

test('a stream without end is read piece by piece and ended from here', async () => {
  const port = await plain((_request, response) => response.write('data: 1\n\n'));
  const opened = await openExchange(to(`http://127.0.0.1:${port}/`), realContext());
  const first = await opened.body[Symbol.asyncIterator]().next();
  expect(text(first.value ?? Buffer.of())).toBe('data: 1\n\n');
  opened.close();
  await allClosed();
});

test('a run that stops ends the exchange with its reason', async () => {
  const port = await plain(() => {});
  const stop = new AbortController();
  const asking = exchange(to(`http://127.0.0.1:${port}/`), realContext(5000, { signal: stop.signal }));
  setTimeout(() => stop.abort('stopped'), 50);
  await expect(asking).rejects.toBe('stopped');
  await allClosed();
});
