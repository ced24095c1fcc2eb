import type { ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, inputRequired, McpServer } from '@modelcontextprotocol/server';
import { afterEach, describe, expect, test } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { look } from './look.ts';
import { codesOf, HEALTHY, serve, serveRaw, type Replies } from './test-server.ts';
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

const ask = async (replies: Replies): Promise<Facts> => {
  const server = await opened(serveRaw({ ...HEALTHY, ...replies }));
  return look({ url: server.url, tool: 'query' }, testContext());
};

const tool = (name: string) => ({ name, inputSchema: { type: 'object' } });

describe('tools/list', () => {
  test('is read page by page to its end; an empty cursor is a cursor', async () => {
    const facts = await ask({
      'tools/list': ({ cursor }) =>
        cursor === undefined
          ? { result: { tools: [tool('first')], nextCursor: '' } }
          : { result: { tools: [tool('query')] } },
    });
    expect(facts).toMatchObject({ tools: ['first', 'query'], 'missing-tools': [], hits: 1 });
  });

  test('that never ends is mcp-pagination, and never a short list', async () => {
    let page = 0;
    const facts = await ask({
      'tools/list': () => ({ result: { tools: [tool(`t${page++}`)], nextCursor: `c${page}` } }),
    });
    expect(page).toBe(64);
    expect(facts).not.toHaveProperty('tools');
    expect(codesOf(facts, 'missing-tools')).toEqual(['mcp-pagination']);
  });

  test('that repeats a cursor is mcp-pagination', async () => {
    const facts = await ask({ 'tools/list': () => ({ result: { tools: [tool('query')], nextCursor: 'again' } }) });
    expect(facts['failure-message']).toContain('repeats a cursor');
    expect(codesOf(facts)).toEqual(['mcp-pagination']);
  });

  test('without the tools capability is tool-missing and not an empty list', async () => {
    const facts = await ask({
      initialize: () => ({
        result: { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'bare', version: '1' } },
      }),
    });
    expect(facts).toMatchObject({ connected: true });
    expect(facts).not.toHaveProperty('tools');
    expect(codesOf(facts)).toEqual(['tool-missing']);
  });

  test('of a server that declares tools and does not know the method is mcp-protocol', async () => {
    const facts = await ask({ 'tools/list': () => ({ error: { code: -32_601, message: 'Method not found' } }) });
    expect(codesOf(facts)).toEqual(['mcp-protocol']);
  });
});

describe('a tool that fails', () => {
  test('by isError is tool-error', async () => {
    const facts = await ask({
      'tools/call': () => ({ result: { isError: true, content: [{ type: 'text', text: 'the disk is full' }] } }),
    });
    expect(facts).toMatchObject({ 'is-error': true, 'error-channel': 'result', text: 'the disk is full' });
    expect(codesOf(facts)).toEqual(['tool-error']);
  });

  test('by a JSON-RPC error is tool-error too', async () => {
    const facts = await ask({ 'tools/call': () => ({ error: { code: -32_602, message: 'query is required' } }) });
    expect(facts).toMatchObject({ 'is-error': true, 'error-channel': 'protocol', 'rpc-code': -32_602 });
    expect(codesOf(facts, 'hits')).toEqual(['tool-error']);
  });

  test('by a JSON-RPC error that says that the index is not there is index-missing', async () => {
    const message = "Collection `support` doesn't exist!";
    const facts = await ask({ 'tools/call': () => ({ error: { code: -32_000, message } }) });
    expect(codesOf(facts)).toEqual(['index-missing']);
  });

  test('because it wants a person is input-required', async () => {
    const handle = toNodeHandler(
      createMcpHandler(() => {
        const server = new McpServer({ name: 'asks', version: '1' });
        server.registerTool('query', {}, () => inputRequired({ requestState: 'waiting' }));
        return server;
      }),
    );
    const server = await opened(
      serve((request, response) => {
        void handle(Object.assign(request, { method: request.method ?? '', url: request.url ?? '' }), response);
      }),
    );
    const facts = await look({ url: server.url, tool: 'query' }, testContext());
    expect(facts).toMatchObject({ connected: true, era: 'modern', 'failure-step': 'call' });
    expect(codesOf(facts)).toEqual(['input-required']);
  });
});

describe('an answer that breaks the protocol', () => {
  test.each([
    ['a list of tools without an envelope', '{"tools":[]}'],
    ['text that is not JSON', 'Server starting...'],
    ['the id of another request', '{"jsonrpc":"2.0","id":"other","result":{}}'],
    ['its id as a text', '{"jsonrpc":"2.0","id":"2","result":{"content":[]}}'],
    ['no id', '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}'],
    ['result and error', '{"jsonrpc":"2.0","id":2,"result":{"content":[]},"error":{"code":1,"message":""}}'],
    ['neither', '{"jsonrpc":"2.0","id":2}'],
    ['the answer twice', '[{"jsonrpc":"2.0","id":2,"result":{}},{"jsonrpc":"2.0","id":2,"result":{}}]'],
    ['bytes that are no text', '\u0000\u0001\u0002'],
    ['nesting without end', `{"jsonrpc":"2.0","id":1,"result":${'['.repeat(5000)}${']'.repeat(5000)}}`],
  ])('%s is mcp-protocol', async (_what, raw) => {
    const facts = await ask({ 'tools/call': () => ({ raw }) });
    expect(facts).toMatchObject({ connected: true, 'failure-step': 'call' });
    expect(codesOf(facts)).toEqual(['mcp-protocol']);
  });

  test('MCP-shaped REST is mcp-protocol at the handshake', async () => {
    const facts = await ask({
      'server/discover': () => ({ raw: '{"tools":[]}' }),
      initialize: () => ({ raw: '{"tools":[]}' }),
    });
    expect(facts).toMatchObject({ connected: false });
    expect(codesOf(facts)).toEqual(['mcp-protocol']);
  });

  test('a protocol version that nobody knows is mcp-version', async () => {
    const facts = await ask({
      initialize: () => ({
        result: { protocolVersion: '1999-01-01', capabilities: {}, serverInfo: { name: 'old', version: '1' } },
      }),
    });
    expect(facts['failure-message']).toContain('1999-01-01');
    expect(codesOf(facts)).toEqual(['mcp-version']);
  });
});

describe('an event stream', () => {
  const streaming = async (events: (id: unknown) => readonly string[], end = true) => {
    const server = await opened(
      serveRaw(HEALTHY, ({ id, method }, response) => {
        if (method !== 'tools/call') return false;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const event of events(id)) response.write(`data: ${event}\n\n`);
        if (end) response.end();
        return true;
      }),
    );
    return look({ url: server.url, era: 'legacy', tool: 'query' }, testContext(1500));
  };
  const progress = JSON.stringify({
    jsonrpc: '2.0',
    method: 'notifications/progress',
    params: { progressToken: 1, progress: 1 },
  });
  const result = (id: unknown) =>
    JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: 'An article' }] } });

  test('that carries progress and then the answer is an answer', async () => {
    expect(await streaming((id) => [progress, result(id)])).toMatchObject({ 'is-error': false, hits: 1 });
  });

  test('that ends before the answer is closed-early and is not resumed', async () => {
    const facts = await streaming(() => [progress]);
    expect(codesOf(facts)).toEqual(['closed-early']);
  });

  /** Ends the stream of the call after an event with an id; what a GET gets is up to the test. */
  const polling = async (again: (response: ServerResponse, id: unknown) => void) => {
    let waiting: unknown = null;
    const server = await opened(
      serveRaw(HEALTHY, ({ id, method }, response, request) => {
        if (request.method === 'GET') again(response, waiting);
        if (method === 'tools/call') {
          waiting = id;
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.end('id: e1\nretry: 50\ndata: \n\n');
        }
        return request.method === 'GET' || method === 'tools/call';
      }),
    );
    const facts = await look({ url: server.url, era: 'legacy', tool: 'query' }, testContext(3000));
    const gets = server.requests.filter(({ method }) => method === 'GET');
    return { facts, gets: gets.map(({ headers }) => headers['last-event-id']) };
  };

  test('that ends before the answer, and with an id, is read on from there', async () => {
    const { facts, gets } = await polling((response, id) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`id: e2\ndata: ${result(id)}\n\n`);
    });
    expect(facts).toMatchObject({ 'is-error': false, hits: 1 });
    expect(gets).toEqual(['e1']);
  });

  test('that cannot be read on is closed-early, and so is one that ends again and again', async () => {
    const refused = await polling((response) => void response.writeHead(405).end());
    expect(refused.facts['failure-message']).toContain('does not let it be read on (HTTP 405)');
    expect(codesOf(refused.facts, 'is-error')).toEqual(['closed-early']);
    let event = 1;
    const endless = await polling((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`id: e${(event += 1)}\nretry: 1\ndata: \n\n`);
    });
    expect(codesOf(endless.facts, 'is-error')).toEqual(['closed-early']);
    expect(endless.gets).toHaveLength(10);
  });

  test.each([
    ['a message that is not JSON', () => 'Server starting'],
    ['an answer to another request', () => result(77)],
  ])('with %s is mcp-protocol at once', async (_what, event) => {
    const startedMs = performance.now();
    expect(codesOf(await streaming(() => [event()], false))).toEqual(['mcp-protocol']);
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });

  test('that reports progress for ever ends at the deadline', async () => {
    await expect(streaming(() => Array.from({ length: 100 }, () => progress), false)).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});
