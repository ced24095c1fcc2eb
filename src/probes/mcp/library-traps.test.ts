import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { createMcpHandler, fromJsonSchema, inputRequired, McpServer } from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { testContext } from '../test-context.ts';
import { look } from './look.ts';
import { libraryProgram, program } from './stdio/test-program.ts';
import { codesOf, HEALTHY, listing, serve, serveRaw, type Replies, type TestServer } from './test-server.ts';

/** What is known to go wrong with the client library when it is used as it comes; none of it may reach a verdict. */

const open: TestServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
const opened = async (starting: Promise<TestServer>): Promise<TestServer> => {
  const server = await starting;
  open.push(server);
  return server;
};
const ask = async (replies: Replies, timeoutMs = 5000) => {
  const server = await opened(serveRaw({ ...HEALTHY, ...replies }));
  return look({ url: server.url, tool: 'query' }, testContext(timeoutMs));
};

/** A server on the current library that speaks the modern era alone. */
const modern = (register: (server: McpServer) => void): Promise<TestServer> => {
  const handle = toNodeHandler(
    createMcpHandler(
      () => {
        const server = new McpServer({ name: 'modern', version: '1' });
        register(server);
        return server;
      },
      { legacy: 'reject' },
    ),
  );
  return opened(
    serve((request, response) => {
      void handle(Object.assign(request, { method: request.method ?? '', url: request.url ?? '' }), response);
    }),
  );
};
const say = fromJsonSchema<{ say: string }>({ type: 'object', properties: { say: { type: 'string' } } });
const echo = (server: McpServer): void => {
  server.registerTool('echo', { inputSchema: say }, (given) => ({ content: [{ type: 'text', text: given.say }] }));
};
const spec = { tool: 'echo', arguments: { say: 'hello' } };

describe('trap of the client library', () => {
  test('1, legacy by default: a modern-only server answers all the same, over HTTP and over stdio', async () => {
    const server = await modern(echo);
    const facts = [
      await look({ url: server.url, ...spec }, testContext()),
      await look({ command: libraryProgram('reject'), ...spec }, testContext()),
    ];
    for (const seen of facts)
      expect(seen).toMatchObject({ era: 'modern', 'protocol-version': '2026-07-28', text: 'hello' });
  });

  test('2, a silent era probe costs a minute: it gets a share of the time, and the handshake still fits', async () => {
    expect(await ask({ 'server/discover': () => 'silence' }, 1500)).toMatchObject({ era: 'legacy', hits: 1 });
    const command = program(`on['server/discover'] = () => {};`);
    const facts = await look({ command, tool: 'query' }, testContext(2500));
    expect(facts).toMatchObject({ era: 'legacy', hits: 1 });
  });

  test('3, a program is started twice for the era probe: it is started once, unless it ends over the probe', async () => {
    const made = mkdtempSync(join(tmpdir(), 'gonogo-mcp-'));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    const file = join(made, 'starts');
    const counted = `
      import { appendFileSync } from 'node:fs';
      appendFileSync(${JSON.stringify(file)}, 'x');`;
    const starts = async (command: string[], tool = 'query'): Promise<number> => {
      writeFileSync(file, '');
      await look({ command, tool, arguments: { say: 'hello' } }, testContext());
      return readFileSync(file, 'utf8').length;
    };
    expect(await starts(program(counted))).toBe(1);
    expect(await starts(libraryProgram('reject', counted), 'echo')).toBe(1);
    expect(await starts(libraryProgram('serve', counted), 'echo')).toBe(1);
    expect(await starts(program(`${counted} on['server/discover'] = () => process.exit(1);`))).toBe(2);
  });

  test('4, a server without the tools capability has an empty list: it is tool-missing', async () => {
    const result: Json = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      serverInfo: { name: 'bare', version: '1' },
    };
    const facts = await ask({ initialize: () => ({ result }) });
    expect(facts).not.toHaveProperty('tools');
    expect(codesOf(facts)).toEqual(['tool-missing']);
  });

  test('5, tools with an invalid x-mcp-header are left out of the list: they are listed, and not called', async () => {
    const inputSchema = { type: 'object', properties: { a: { type: 'object', 'x-mcp-header': 'bad name' } } };
    const fresh = { resultType: 'complete', ttlMs: 0, cacheScope: 'private' };
    const other = { name: 'other', inputSchema: { type: 'object' } };
    const server = await opened(
      serveRaw({
        'server/discover': () => ({
          result: { ...fresh, supportedVersions: ['2026-07-28'], capabilities: { tools: {} } },
        }),
        'tools/list': () => ({ result: { ...fresh, tools: [{ name: 'query', inputSchema }, other] } }),
      }),
    );
    expect(await look({ url: server.url, list: ['query'] }, testContext())).toMatchObject({
      era: 'modern',
      tools: ['query', 'other'],
      'missing-tools': [],
    });
    const called = await look({ url: server.url, tool: 'query' }, testContext());
    expect(called['input-problem']).toContain('x-mcp-header');
    expect(codesOf(called, 'is-error')).toEqual(['schema-violation']);
  });

  test('6, output is checked only sometimes, and blamed on the server: it always is, as schema-violation', async () => {
    const outputSchema = { type: 'object', properties: { hits: { type: 'array' } }, required: ['hits'] };
    for (const structuredContent of [{ hits: 'none' }, undefined]) {
      const result = { content: [], ...(structuredContent === undefined ? {} : { structuredContent }) };
      const facts = await ask({ 'tools/list': listing({ outputSchema }), 'tools/call': () => ({ result }) });
      expect(facts).toMatchObject({ 'is-error': false, 'output-valid': false });
      expect(codesOf(facts, 'output-problem')).toEqual(['schema-violation']);
    }
  });

  test('7, a list is taken from a cache for as long as the server says: every look asks', async () => {
    let tools = 0;
    const server = await modern((mcp) => {
      tools += 1;
      echo(mcp);
      if (tools > 2) mcp.registerTool('second', {}, () => ({ content: [] }));
    });
    const counts = [];
    for (let i = 0; i < 2; i++) counts.push((await look({ url: server.url }, testContext()))['tool-count']);
    expect(counts).toEqual([1, 2]);
  });

  test('8, an endless list is an error of a class of its own: it is mcp-pagination, and an empty cursor is a cursor', async () => {
    let page = 0;
    const endless = () => ({ result: { tools: [], nextCursor: `${page++}` } });
    expect(codesOf(await ask({ 'tools/list': endless }), 'missing-tools')).toEqual(['mcp-pagination']);
    const tool = { name: 'query', inputSchema: { type: 'object' } };
    const facts = await ask({
      'tools/list': ({ cursor }) => ({ result: cursor === '' ? { tools: [tool] } : { tools: [], nextCursor: '' } }),
    });
    expect(facts).toMatchObject({ 'tool-count': 1, hits: 1 });
  });

  test('9, a total timeout is looked at only when progress comes: the deadline holds, with progress and without', async () => {
    const progress = `say('{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}')`;
    for (const fault of [`setInterval(() => ${progress}, 5)`, '{}']) {
      const command = program(`on['tools/call'] = () => ${fault};`);
      const startedMs = performance.now();
      await expect(look({ command, tool: 'query' }, testContext(1200))).rejects.toMatchObject({ code: 'timeout' });
      expect(performance.now() - startedMs).toBeLessThan(1200 + 245);
    }
  });

  test.each([
    [503, {}, 'http-5xx'],
    [401, {}, 'auth-required'],
    [403, {}, 'auth-forbidden'],
    [404, {}, 'http-4xx'],
    [200, { 'content-type': 'text/html' }, 'wrong-content-type'],
  ])('10, "era negotiation failed" hides the cause: HTTP %i %j is %s', async (status, headers, code) => {
    const server = await opened(serve((_request, response) => void response.writeHead(status, headers).end('<html>')));
    expect(codesOf(await look({ url: server.url }, testContext()), 'connected')).toEqual([code]);
  });

  test('10, "era negotiation failed" hides the cause: a refused port is connect-refused', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    await new Promise((resolve) => closed.close(resolve));
    const port = typeof address === 'object' ? address?.port : 0;
    await expect(look({ url: `http://127.0.0.1:${port}/mcp` }, testContext())).rejects.toMatchObject({
      code: 'connect-refused',
      message: expect.not.stringMatching(/negotiation/i),
    });
  });

  test('11, redirects are followed within an origin: none is, and its target is told', async () => {
    const server = await opened(serve((_request, response) => void response.writeHead(307, { location: '/b' }).end()));
    const facts = await look({ url: server.url, auth: { bearer: 's3cret' } }, testContext());
    expect(facts).toMatchObject({ status: 307, location: '/b', failure: 'redirect-unexpected' });
    expect(server.requests).toHaveLength(1);
  });

  test('12, an error has no headers: the challenge and the wait are told, within bounds', async () => {
    const challenge = `Bearer error="insufficient_scope", scope="${'x'.repeat(5000)}"`;
    const server = await opened(
      serve((_request, response) => void response.writeHead(403, { 'www-authenticate': challenge }).end()),
    );
    const facts = await look({ url: server.url }, testContext());
    expect(facts['www-authenticate']).toBe(challenge.slice(0, 1000));
    expect(facts['failure-message']).toContain('insufficient_scope');
    expect(String(facts['failure-message']).length).toBeLessThan(400);
  });

  test('13, a program that dies is "connection closed": its exit code and stderr are in the cause', async () => {
    const command = program(`on['tools/call'] = () => { console.error('out of memory'); process.exit(137); };`);
    const facts = await look({ command, tool: 'query' }, testContext());
    expect(facts['failure-message']).toBe(
      'the server ended with exit code 137 before it answered tools/call; its stderr ends with: out of memory',
    );
  });

  test('14, other lines on stdout are dropped in silence: they are mcp-stdout-noise', async () => {
    const facts = await look({ command: program(`say('Server starting...');`), tool: 'query' }, testContext());
    expect(codesOf(facts, 'stdout-noise')).toEqual(['mcp-stdout-noise']);
  });

  test('15, a tool that wants input fails with a type error: it is input-required, over HTTP and over stdio', async () => {
    const server = await modern((mcp) => {
      mcp.registerTool('echo', { inputSchema: say }, () => inputRequired({ requestState: 'waiting' }));
    });
    expect(codesOf(await look({ url: server.url, ...spec }, testContext()), 'is-error')).toEqual(['input-required']);
    const command = libraryProgram('reject').map((text) =>
      text.replace(
        "({ content: [{ type: 'text', text: say }] })",
        "({ resultType: 'input_required', requestState: 'x' })",
      ),
    );
    expect(codesOf(await look({ command, ...spec }, testContext()), 'is-error')).toEqual(['input-required']);
  });
});
