import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { testContext } from '../../test-context.ts';
import { look } from '../look.ts';
import type { Spec } from '../schema.ts';
import { codesOf, HEALTHY, serve, serveRaw, type TestServer } from '../test-server.ts';
import { serveSse, type SseFaults } from './test-server.ts';

const open: TestServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
const opened = async (starting: Promise<TestServer>): Promise<TestServer> => {
  const server = await starting;
  open.push(server);
  return server;
};

const ask = async (faults: SseFaults, more: Partial<Spec> = {}, timeoutMs = 2000) => {
  const server = await opened(serveSse(faults));
  return look({ url: server.url, tool: 'query', ...more }, testContext(timeoutMs));
};

const event = (data: unknown): string => `event: message\ndata: ${JSON.stringify(data)}\n\n`;

describe('a server of HTTP+SSE', () => {
  test('is found when no endpoint of Streamable HTTP is there, and only after it was asked for by POST', async () => {
    const server = await opened(serveSse());
    const facts = await look({ url: server.url, tool: 'query' }, testContext());
    expect(facts).toMatchObject({ connected: true, transport: 'sse', era: 'legacy', hits: 1 });
    expect(server.requests.slice(0, 3).map(({ method }) => method)).toEqual(['POST', 'POST', 'GET']);
  });

  test('is asked at once when the file says so, or when it was found before in the same run', async () => {
    const server = await opened(serveSse());
    const spec = { url: server.url, tool: 'query' };
    const world = { proxyEnvironment: {} };
    await look({ ...spec, transport: 'sse' }, testContext());
    expect(server.requests[0]?.method).toBe('GET');
    await look(spec, testContext(5000, world));
    const before = server.requests.length;
    await look(spec, testContext(5000, world));
    expect(server.requests[before]?.method).toBe('GET');
  });

  test('gets the credentials with the stream and with every message', async () => {
    const server = await opened(serveSse());
    await look({ url: server.url, transport: 'sse', auth: { bearer: 's3cret' } }, testContext());
    expect(server.requests.length).toBeGreaterThan(2);
    for (const { headers } of server.requests) {
      expect(headers).toMatchObject({ authorization: 'Bearer s3cret', traceparent: expect.any(String) });
    }
  });

  test.each([
    ['another host', 'http://127.0.0.2:9/messages'],
    ['another port', 'http://127.0.0.1:9/messages'],
    ['another scheme', 'file:///etc/passwd'],
    ['another host by a reference without a scheme', '//127.0.0.2/messages'],
    ['no URL', 'http://['],
  ])('that wants our messages at %s gets none', async (_what, endpoint) => {
    const server = await opened(serveSse({ endpoint }));
    const facts = await look({ url: server.url, transport: 'sse', auth: { bearer: 's3cret' } }, testContext());
    expect(codesOf(facts, 'connected')).toEqual(['mcp-protocol']);
    expect(server.requests).toHaveLength(1);
  });

  test('that never names its endpoint is a timeout that says so', async () => {
    await expect(ask({ endpoint: null }, { transport: 'sse' }, 400)).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('the event stream had not named an endpoint'),
    });
  });
});

describe('the stream of a server of HTTP+SSE', () => {
  const on = (say: (stream: ServerResponse, id: unknown) => void) => ask({ say: { 'tools/call': say } });
  const result = { content: [{ type: 'text', text: 'An article' }] };

  test.each<[string, string, (stream: ServerResponse, id: unknown) => void]>([
    ['what is not JSON', 'mcp-protocol', (stream) => void stream.write('data: Server starting\n\n')],
    ['what is no message', 'mcp-protocol', (stream) => void stream.write('data: {"tools":[]}\n\n')],
    ['an answer to nothing', 'mcp-protocol', (stream) => void stream.write(event({ jsonrpc: '2.0', id: 'x', result }))],
    [
      'an answer twice',
      'mcp-protocol',
      (stream, id) => void stream.write(event({ jsonrpc: '2.0', id, result }) + event({ jsonrpc: '2.0', id, result })),
    ],
    ['a second endpoint', 'mcp-protocol', (stream) => void stream.write('event: endpoint\ndata: /other\n\n')],
    ['its end before the answer', 'closed-early', (stream) => void stream.end()],
  ])('with %s is %s', async (_what, code, say) => {
    const facts = await on(say);
    expect(facts).toMatchObject({ connected: true, 'failure-step': 'call' });
    expect(codesOf(facts, 'is-error')).toEqual([code]);
  });

  test('may carry comments, other events and notifications beside the answer', async () => {
    const facts = await on((stream, id) => {
      stream.write(': ping\n\nevent: other\ndata: x\n\n');
      stream.write(event({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'x' } }));
      stream.write(event({ jsonrpc: '2.0', id, result }));
    });
    expect(facts).toMatchObject({ 'is-error': false, hits: 1, notifications: 1 });
  });

  test('that breaks off on the wire is not taken for the end of an answer', async () => {
    await expect(on((stream) => void stream.destroy())).rejects.toMatchObject({
      code: expect.stringMatching(/closed-early|connect-reset|invalid-response/),
    });
  });
});

describe('the endpoint of a server of HTTP+SSE', () => {
  test.each([
    [401, 'auth-required'],
    [403, 'auth-forbidden'],
    [404, 'http-4xx'],
    [429, 'rate-limited'],
    [500, 'http-5xx'],
    [307, 'redirect-unexpected'],
  ])('that answers %i is %s', async (status, code) => {
    const facts = await ask({ accept: (response) => void response.writeHead(status).end() }, { transport: 'sse' });
    expect(codesOf(facts, 'connected')).toEqual([code]);
  });
});

test.each([
  [401, 'auth-required'],
  [404, 'http-4xx'],
  [503, 'http-5xx'],
  [302, 'redirect-unexpected'],
])('a stream that is answered with %i is %s', async (status, code) => {
  const server = await opened(serve((_request, response) => void response.writeHead(status).end()));
  expect(codesOf(await look({ url: server.url, transport: 'sse' }, testContext()))).toEqual([code]);
});

test('what speaks neither transport fails as the first, with its status and its page', async () => {
  const server = await opened(
    serve((request, response) => {
      const status = request.method === 'GET' ? 200 : 405;
      response.writeHead(status, { 'content-type': 'text/html' }).end('<!doctype html>');
    }),
  );
  const facts = await look({ url: server.url }, testContext());
  expect(facts).toMatchObject({ connected: false, transport: 'http', status: 405 });
  expect(codesOf(facts)).toEqual(['http-4xx']);
  expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET']);
});

test('a server of Streamable HTTP is never sent a GET', async () => {
  const server = await opened(serveRaw(HEALTHY));
  await look({ url: server.url, tool: 'query' }, testContext());
  expect(new Set(server.requests.map(({ method }) => method))).toEqual(new Set(['POST']));
});
