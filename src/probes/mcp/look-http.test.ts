import { createServer } from 'node:net';
import type { OutgoingHttpHeaders } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { look } from './look.ts';
import { codesOf, HEALTHY, serve, serveRaw } from './test-server.ts';
import { testContext } from '../test-context.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
const opened = async <T extends { close: () => Promise<void> }>(starting: Promise<T>): Promise<T> => {
  const server = await starting;
  open.push(server);
  return server;
};

const answering = (status: number, headers: OutgoingHttpHeaders, body = '') =>
  opened(serve((_request, response) => void response.writeHead(status, headers).end(body)));

const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html; charset=utf-8' };

describe('a server that answers below the protocol', () => {
  test.each([
    ['auth-required', 401, { 'www-authenticate': 'Bearer resource_metadata="https://a/"' }, 'www-authenticate'],
    ['auth-forbidden', 403, { 'www-authenticate': 'Bearer error="insufficient_scope"' }, 'www-authenticate'],
    ['rate-limited', 429, { 'retry-after': '30' }, 'retry-after'],
    ['http-5xx', 503, json, 'content-type'],
    ['http-4xx', 404, html, 'content-type'],
    ['mcp-handshake', 400, { 'content-type': 'text/plain' }, 'content-type'],
  ] as const)('%s is the sign of HTTP %i, with the header that tells', async (code, status, headers, shown) => {
    const server = await answering(status, headers, 'no');
    const facts = await look({ url: server.url, tool: 'query' }, testContext());
    expect(facts).toMatchObject({
      connected: false,
      status,
      'failure-step': 'connect',
      [shown]: Object.values(headers)[0],
    });
    for (const fact of ['connected', 'tool-count', 'missing-tools', 'is-error', 'hits']) {
      expect(codesOf(facts, fact)).toEqual([code]);
    }
  });

  test('an HTML page with 200 is wrong-content-type and not an MCP server', async () => {
    const server = await answering(200, html, '<!doctype html><title>Sign in</title>');
    const facts = await look({ url: server.url, tool: 'query' }, testContext());
    expect(facts).toMatchObject({ connected: false, status: 200 });
    expect(codesOf(facts)).toEqual(['wrong-content-type']);
    expect(server.requests).toHaveLength(1);
  });

  test('a redirect is reported and not followed, on the same origin neither', async () => {
    const elsewhere = await opened(serveRaw(HEALTHY));
    for (const location of [elsewhere.url, '/other']) {
      const server = await answering(308, { location });
      const facts = await look({ url: server.url }, testContext());
      expect(facts).toMatchObject({ connected: false, status: 308, location });
      expect(codesOf(facts)).toEqual(['redirect-unexpected']);
      expect(server.requests).toHaveLength(1);
    }
    expect(elsewhere.requests).toEqual([]);
  });

  test('a 202 to a request is mcp-protocol at once', async () => {
    const server = await answering(202, {});
    expect(codesOf(await look({ url: server.url, era: 'legacy' }, testContext()))).toEqual(['mcp-protocol']);
  });
});

describe('a server that cannot be looked at', () => {
  test('a refused port is connect-refused', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    await new Promise((resolve) => closed.close(resolve));
    const port = typeof address === 'object' ? address?.port : 0;
    await expect(look({ url: `http://127.0.0.1:${port}/mcp` }, testContext())).rejects.toMatchObject({
      name: 'CouldNotLook',
      code: 'connect-refused',
      facts: { connected: false },
    });
  });

  test('silence is a timeout at the deadline', async () => {
    const server = await opened(serve(() => {}));
    const startedMs = performance.now();
    await expect(look({ url: server.url }, testContext(500))).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - startedMs).toBeLessThan(1500);
  });

  test('a tool that hangs is a timeout that names the call and keeps what was seen', async () => {
    const server = await opened(serveRaw({ ...HEALTHY, 'tools/call': () => 'silence' }));
    await expect(look({ url: server.url, tool: 'query' }, testContext(700))).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('tools/call'),
      facts: { connected: true, 'tool-count': 1, 'missing-tools': [] },
    });
  });

  test('a message of more than 10 MiB is body-limit', async () => {
    const text = 'x'.repeat(11 * 1024 * 1024);
    const replies = { ...HEALTHY, 'tools/call': () => ({ result: { content: [{ type: 'text', text }] } }) };
    const server = await opened(serveRaw(replies));
    await expect(look({ url: server.url, tool: 'query' }, testContext())).rejects.toMatchObject({ code: 'body-limit' });
  });
});

test('the bearer token and the headers of the file go with every request and into no fact', async () => {
  const server = await opened(serveRaw(HEALTHY));
  const spec = { url: server.url, tool: 'query', auth: { bearer: 's3cret' }, headers: { 'x-tenant': 'acme' } };
  const facts = await look(spec, testContext());
  expect(server.requests.length).toBeGreaterThan(3);
  for (const { headers } of server.requests) {
    expect(headers).toMatchObject({ authorization: 'Bearer s3cret', 'x-tenant': 'acme' });
  }
  expect(JSON.stringify(facts)).not.toContain('s3cret');
});

test('a server that fails at the call was connected, and every fact of the answer is explained by that', async () => {
  const server = await opened(
    serveRaw(HEALTHY, ({ method }, response) => {
      if (method === 'tools/call') response.writeHead(502, json).end();
      return method === 'tools/call';
    }),
  );
  const facts = await look({ url: server.url, era: 'legacy', tool: 'query' }, testContext());
  expect(facts).toMatchObject({ connected: true, 'tool-count': 1, failure: 'http-5xx', 'failure-step': 'call' });
  expect(codesOf(facts, 'is-error')).toEqual(['http-5xx']);
  expect(codesOf(facts, 'hits')).toEqual(['http-5xx']);
});
