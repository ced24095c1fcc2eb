import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { sends, startRawServer } from '../../../tests/stack/raw-server.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';
import { testContext } from '../test-context.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const listen = async (listener: RequestListener): Promise<number> => {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

const context = (timeoutMs = 5000): ProbeContext => testContext(timeoutMs);

const failureOf = async (spec: Spec): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, context()).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error('the look should have failed', { cause: error });
};

const bodyOf = async (request: IncomingMessage): Promise<string> => Buffer.concat(await request.toArray()).toString();

test('an answer is reported whole, with its timings and without the values of cookies', async () => {
  const port = await listen((_request, response) => {
    response.writeHead(201, 'Made', [
      ...['Content-Type', 'application/json'],
      ...['Set-Cookie', 'sid=hush; Path=/'],
      ...['Set-Cookie', 'b=hush'],
      ...['X-Twice', 'a'],
      ...['X-Twice', 'b'],
      ...['__proto__', 'x'],
    ]);
    response.end('{"status":"pass"}');
  });
  const facts = await look({ url: `http://127.0.0.1:${port}/x?token=hush` }, context());
  expect(facts).toMatchObject({
    status: 201,
    'status-text': 'Made',
    'http-version': '1.1',
    body: '{"status":"pass"}',
    json: { status: 'pass' },
    size: 17,
    'extra-bytes': 0,
    redirects: 0,
    'final-url': `http://127.0.0.1:${port}/x?token=***`,
    'remote-address': '127.0.0.1',
    headers: { 'content-type': 'application/json', 'set-cookie': 'sid=***; Path=/\nb=***', 'x-twice': 'a, b' },
    chain: [{ method: 'GET', status: 201 }],
  });
  expect(Object.hasOwn(Object(facts['headers']), '__proto__')).toBe(true);
  expect(JSON.stringify(facts)).not.toContain('hush');
});

test('what the check writes is what the server gets', async () => {
  let seen = '';
  const port = await listen(async (request, response) => {
    seen = `${request.method} ${request.url} ${request.headers.authorization} ${request.headers.host} ${await bodyOf(request)}`;
    response.end('ok');
  });
  await look(
    {
      url: 'http://me:pw@shop.test/a?q=%2f',
      query: { page: 2 },
      form: { a: 'x y' },
      'connect-to': `127.0.0.1:${port}`,
    },
    context(),
  );
  expect(seen).toBe('POST /a?q=%2f&page=2 Basic bWU6cHc= shop.test a=x+y');
});

test('a body that is not text or not JSON leaves the fact out', async () => {
  const port = await listen((request, response) => {
    response.end(request.url === '/binary' ? Buffer.from([0x7b, 0xff]) : '{"a":1} and more');
  });
  const binary = await look({ url: `http://127.0.0.1:${port}/binary` }, context());
  expect(binary['body']).toBeUndefined();
  expect(binary['body-problem']).toBe('the body is not valid utf-8 at byte 1');
  const text = await look({ url: `http://127.0.0.1:${port}/` }, context());
  expect([text['body'], text['json']]).toEqual(['{"a":1} and more', undefined]);
});

test('a redirect is an answer until it is followed', async () => {
  const port = await listen((request, response) => {
    if (request.url === '/new') return response.end('here');
    return response.writeHead(301, { location: '/new' }).end();
  });
  const stays = await look({ url: `http://127.0.0.1:${port}/` }, context());
  expect(stays).toMatchObject({ status: 301, redirects: 0, headers: { location: '/new' } });
  const goes = await look({ url: `http://127.0.0.1:${port}/`, follow: true }, context());
  expect(goes).toMatchObject({ status: 200, redirects: 1, body: 'here', 'final-url': `http://127.0.0.1:${port}/new` });
  expect(goes['chain-text']).toBe(`http://127.0.0.1:${port}/ --301--> http://127.0.0.1:${port}/new  (200)`);
});

test('a loop is a failure with the whole chain, found at the repeat', async () => {
  let requests = 0;
  const port = await listen((request, response) => {
    requests += 1;
    response.writeHead(308, { location: request.url === '/a' ? '/b' : '/a' }).end();
  });
  const failure = await failureOf({ url: `http://127.0.0.1:${port}/a`, follow: true });
  const origin = `http://127.0.0.1:${port}`;
  expect(failure.code).toBe('redirect-loop');
  expect(failure.message).toBe(`redirect loop: ${origin}/a --308--> ${origin}/b --308--> ${origin}/a  (loop of 2)`);
  expect(failure.facts).toMatchObject({
    status: 308,
    redirects: 1,
    loop: failure.message.slice('redirect loop: '.length),
  });
  expect(requests).toBe(2);
});

test('a login bounce with a cookie is followed to its end', async () => {
  const port = await listen((request, response) => {
    if (request.url === '/login')
      return response.writeHead(302, { 'set-cookie': 'sid=1; Path=/', location: '/' }).end();
    return request.headers.cookie === 'sid=1'
      ? response.end('welcome')
      : response.writeHead(302, { location: '/login' }).end();
  });
  const facts = await look({ url: `http://127.0.0.1:${port}/`, follow: true }, context());
  expect(facts).toMatchObject({ status: 200, redirects: 2, body: 'welcome' });
});

test('a canary behind a redirect to another origin gets nothing that was configured', async () => {
  let canary: Record<string, unknown> = {};
  const there = await listen(async (request, response) => {
    canary = { method: request.method, headers: request.headers, body: await bodyOf(request) };
    response.end('ok');
  });
  const here = await listen((_request, response) => {
    const location = `http://u:hush@127.0.0.1:${there}/`;
    response.writeHead(307, { location, 'set-cookie': 'sid=hush; Path=/' }).end();
  });
  const facts = await look(
    {
      url: `http://127.0.0.1:${here}/`,
      auth: { bearer: 'hush' },
      headers: { 'X-Api-Key': 'hush', Cookie: 'c=hush' },
      json: { password: 'hush' },
      follow: true,
    },
    context(),
  );
  expect(JSON.stringify(canary)).not.toContain('hush');
  expect(canary).toMatchObject({ method: 'POST', body: '' });
  expect(facts['withheld']).toEqual(['x-api-key', 'cookies', 'content-type', 'authorization', 'body', 'userinfo']);
  expect(JSON.stringify(facts)).not.toContain('hush');
});

test('a hop that refuses the connection keeps the chain that led there', async () => {
  const free = await listen(() => undefined);
  servers.pop()?.close();
  const port = await listen((_request, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${free}/` }).end();
  });
  const failure = await failureOf({ url: `http://127.0.0.1:${port}/`, follow: true });
  expect(failure.code).toBe('connect-refused');
  expect(failure.message).toContain(`after 1 redirect, at http://127.0.0.1:${free}/: `);
  expect(failure.facts).toMatchObject({ redirects: 1, chain: [{ status: 302 }, { url: `http://127.0.0.1:${free}/` }] });
  expect(failure.facts['body']).toBeUndefined();
});

test('the last of too many redirects is told with the URLs that grow', async () => {
  const port = await listen((request, response) => {
    response.writeHead(302, { location: `${request.url}x` }).end();
  });
  const failure = await failureOf({ url: `http://127.0.0.1:${port}/`, follow: { max: 3 } });
  expect(failure.code).toBe('redirect-limit');
  expect(failure.message).toContain(`http://127.0.0.1:${port}/xxx -> http://127.0.0.1:${port}/xxxx`);
});

test('a file that should hold a certificate and cannot be read is named', async () => {
  const failure = await failureOf({ url: 'https://127.0.0.1:1/', tls: { ca: '/nowhere/ca.pem' } });
  expect(failure.code).toBe('missing-credential');
  expect(failure.message).toBe('tls.ca: the file /nowhere/ca.pem cannot be read');
});

test('the duration is that of the exchange: looking whether more comes is no time of the target', async () => {
  const server = await startRawServer(sends('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 'hold'));
  try {
    const startedAt = performance.now();
    const facts = await look({ url: `http://127.0.0.1:${server.port}/` }, context());
    expect(facts).toMatchObject({ duration: expect.any(Number), timings: { total: facts['duration'] } });
    expect(performance.now() - startedAt - Number(facts['duration'])).toBeGreaterThan(20);
  } finally {
    await server.close();
  }
});
