import {
  createMcpHandler,
  fromJsonSchema,
  McpServer,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { afterEach, describe, expect, test } from 'vitest';
import { startSupport, type SupportState } from '../../../tests/stack/support.ts';
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

const question = { tool: 'query_support', arguments: { query: 'How do refunds work?' } };

describe('the support service, whose health endpoint says ok in every state', () => {
  const ask = async (state: SupportState, era: 'auto' | 'modern' | 'legacy' = 'auto') => {
    const support = await opened(startSupport({ state }));
    const spec = { url: support.mcpUrl, era, ...question };
    const facts = await look(spec, testContext());
    const health: unknown = await (await fetch(support.healthUrl)).json();
    expect(health).toMatchObject({ status: 'ok', metrics: { query_support: { calls: 0, errorRate: '0%' } } });
    expect(support.calls()).toEqual({ query_support: 1, refresh_index: 0, insight_report: 0 });
    return { facts, signs: codesOf(facts) };
  };

  test('a healthy index gives hits with citations and no sign', async () => {
    const { facts, signs } = await ask('healthy');
    expect(facts).toMatchObject({
      connected: true,
      era: 'modern',
      'protocol-version': '2026-07-28',
      server: { name: 'support', version: '1.4.0' },
      tools: ['query_support', 'refresh_index', 'insight_report'],
      'tool-count': 3,
      'missing-tools': [],
      'is-error': false,
      hits: 4,
      'output-valid': true,
      timings: { connect: expect.any(Number), list: expect.any(Number), call: expect.any(Number) },
    });
    expect(facts['citations']).toContain('refunds');
    expect(facts).not.toHaveProperty('failure');
    expect(signs).toEqual([]);
  });

  test('an index that is not there is index-missing and not a tool error, on every fact that breaks', async () => {
    const { facts, signs } = await ask('index-missing');
    expect(facts).toMatchObject({ 'is-error': true, 'index-signature': 'No latest index found' });
    expect(facts).not.toHaveProperty('hits');
    expect(signs).toEqual(['index-missing']);
    expect(codesOf(facts, 'is-error')).toEqual(['index-missing']);
    expect(codesOf(facts, 'hits')).toEqual(['index-missing']);
  });

  test('an index without documents is index-empty', async () => {
    const { facts, signs } = await ask('empty');
    expect(facts).toMatchObject({ 'is-error': false, hits: 0 });
    expect(signs).toEqual(['index-empty']);
  });

  test('an answer from a fallback file is index-degraded although it has hits and is no error', async () => {
    const { facts, signs } = await ask('fallback');
    expect(facts).toMatchObject({ 'is-error': false, hits: 2, 'degraded-signature': 'OFFLINE FALLBACK' });
    expect(signs).toEqual(['index-degraded']);
  });

  test.each(['modern', 'legacy'] as const)('a dual-era server answers alike when era is %s', async (era) => {
    const { facts } = await ask('healthy', era);
    expect(facts).toMatchObject({ era, hits: 4, 'output-valid': true });
  });

  test('without a tool nothing is called', async () => {
    const support = await opened(startSupport({ state: 'healthy' }));
    const facts = await look({ url: support.mcpUrl, list: ['query_support', 'purge'] }, testContext());
    expect(facts).toMatchObject({ 'tool-count': 3, 'missing-tools': ['purge'] });
    expect(facts).not.toHaveProperty('is-error');
    expect(support.calls()).toEqual({ query_support: 0, refresh_index: 0, insight_report: 0 });
  });

  test('a tool that is not listed is tool-missing and is not called', async () => {
    const support = await opened(startSupport({ state: 'healthy' }));
    const spec = { url: support.mcpUrl, tool: 'query_suport' };
    const facts = await look(spec, testContext());
    expect(facts).toMatchObject({ connected: true, 'missing-tools': ['query_suport'] });
    expect(codesOf(facts)).toEqual(['tool-missing']);
  });
});

const echoServer = (): McpServer => {
  const server = new McpServer({ name: 'echo', version: '1' });
  const inputSchema = fromJsonSchema<{ say: string }>({
    type: 'object',
    properties: { say: Object.assign({ type: 'string' } as const, { 'x-mcp-header': 'Say' }) },
    required: ['say'],
  });
  server.registerTool('echo', { inputSchema }, ({ say }) => ({ content: [{ type: 'text', text: say }] }));
  return server;
};

describe('eras', () => {
  const modernOnly = () => {
    const handle = toNodeHandler(createMcpHandler(echoServer, { legacy: 'reject' }));
    return opened(
      serve((request, response) => {
        void handle(Object.assign(request, { method: request.method ?? '', url: request.url ?? '' }), response);
      }),
    );
  };
  /** One session of the `initialize` era, with its own GET stream and DELETE. */
  const legacyOnly = async () => {
    const transport = new WebStandardStreamableHTTPServerTransport({ sessionIdGenerator: () => 'session-1' });
    await echoServer().connect(transport);
    const handle = toNodeHandler({ fetch: (request) => transport.handleRequest(request) });
    return opened(
      serve((request, response) => {
        void handle(Object.assign(request, { method: request.method ?? '', url: request.url ?? '' }), response);
      }),
    );
  };
  const spec = { tool: 'echo', arguments: { say: 'hello' } };

  test('a modern-only server answers under auto, with the headers that its schema asks for', async () => {
    const server = await modernOnly();
    const facts = await look({ url: server.url, ...spec }, testContext());
    expect(facts).toMatchObject({ era: 'modern', 'is-error': false, text: 'hello', hits: 1 });
    expect(server.requests).toHaveLength(3);
    expect(server.requests.at(-1)?.headers).toMatchObject({ 'mcp-name': 'echo', 'mcp-param-say': 'hello' });
  });

  test('a modern-only server is up, and mcp-version when the file demands the legacy era', async () => {
    const server = await modernOnly();
    const asked = { url: server.url, era: 'legacy', ...spec } as const;
    const facts = await look(asked, testContext());
    expect(facts).toMatchObject({ connected: false, 'failure-step': 'connect' });
    expect(facts['failure-message']).toContain('2026-07-28');
    expect(codesOf(facts)).toEqual(['mcp-version']);
  });

  test('a legacy-only server answers under auto; no GET is sent and the session is given back', async () => {
    const server = await legacyOnly();
    const facts = await look({ url: server.url, ...spec }, testContext());
    expect(facts).toMatchObject({ era: 'legacy', 'protocol-version': '2025-11-25', text: 'hello', hits: 1 });
    const methods = server.requests.map(({ method }) => method);
    expect(methods).not.toContain('GET');
    expect(methods.at(-1)).toBe('DELETE');
  });

  test('a legacy-only server is mcp-version when the file demands the modern era', async () => {
    const server = await legacyOnly();
    const asked = { url: server.url, era: 'modern', ...spec } as const;
    expect(codesOf(await look(asked, testContext()))).toEqual(['mcp-version']);
  });

  test('a server that leaves the era probe unanswered still gets its initialize', async () => {
    const server = await opened(serveRaw({ ...HEALTHY, 'server/discover': () => 'silence' }));
    const facts = await look({ url: server.url, tool: 'query' }, testContext(2000));
    expect(facts).toMatchObject({ era: 'legacy', hits: 1 });
  });
});
