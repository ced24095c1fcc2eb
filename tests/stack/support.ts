import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, fromJsonSchema, McpServer, type CallToolResult } from '@modelcontextprotocol/server';
import { buildIndex, type Hit, type Index } from './bm25.ts';
import { stop } from './listen.ts';
import { ARTICLES } from './support-articles.ts';

/** What is wrong with the support service; its `/health` says `ok` in every one of these. */
export type SupportState = 'index-missing' | 'healthy' | 'empty' | 'fallback';

export type Support = {
  readonly url: string;
  readonly mcpUrl: string;
  readonly healthUrl: string;
  readonly setState: (state: SupportState) => void;
  /** How often each tool was really called since the start. */
  readonly calls: () => { readonly [tool: string]: number };
  readonly close: () => Promise<void>;
};

/** A literal, as in the launch that this service is modelled on: a claim that nothing behind it has to keep. */
const HEALTH = {
  status: 'ok',
  tools: ['query_support', 'refresh_index', 'insight_report'],
  metrics: { query_support: { calls: 0, errors: 0, errorRate: '0%' } },
};

const QUERY_INPUT = fromJsonSchema<{ query: string; limit?: number }>({
  type: 'object',
  properties: { query: { type: 'string', minLength: 1 }, limit: { type: 'integer', minimum: 1, maximum: 20 } },
  required: ['query'],
  additionalProperties: false,
});

const QUERY_OUTPUT = fromJsonSchema<{ hits: Hit[]; documents: number }>({
  type: 'object',
  properties: {
    hits: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          title: { type: 'string' },
          score: { type: 'number' },
          excerpt: { type: 'string' },
        },
        required: ['id', 'title', 'score', 'excerpt'],
      },
    },
    documents: { type: 'integer' },
  },
  required: ['hits', 'documents'],
});

/** The index as the state has it: none on disk, one without articles, or one over all of them. */
const indexFor = (state: SupportState): Index | null => {
  if (state === 'healthy') return buildIndex(ARTICLES);
  return state === 'empty' ? buildIndex([]) : null;
};

const text = (lines: readonly string[]): CallToolResult['content'] => [{ type: 'text', text: lines.join('\n') }];

const answered = (hits: readonly Hit[], documents: number, heading: string): CallToolResult => ({
  content: text([heading, ...hits.map((hit, at) => `${at + 1}. ${hit.title} (${hit.id}): ${hit.excerpt}`)]),
  structuredContent: { hits: [...hits], documents },
});

/** What the service does when its index is gone: it searches a file that was left over, and does not call it an error. */
const fallback = (query: string): CallToolResult => {
  const words = query.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  const hits = ARTICLES.filter(({ body }) => words.some((word) => body.toLowerCase().includes(word)))
    .slice(0, 3)
    .map(({ id, title, body }) => ({ id, title, score: 0, excerpt: body.slice(0, 120) }));
  return answered(hits, 0, `OFFLINE FALLBACK RESULTS for "${query}"`);
};

const querySupport = (state: SupportState, index: Index | null, query: string, limit: number): CallToolResult => {
  if (state === 'fallback') return fallback(query);
  if (index === null) return { content: text(['No latest index found']), isError: true };
  const hits = index.search(query, limit);
  return answered(hits, index.size, `${hits.length} articles about "${query}"`);
};

/**
 * The demo support service, a real server on a free loopback port: `/health` always says `ok`, and `/mcp` is an MCP
 * server of both eras whose tool `query_support` depends on the state.
 */
export const startSupport = async (options: {
  port?: number;
  host?: string;
  state: SupportState;
}): Promise<Support> => {
  let state = options.state;
  let index = indexFor(state);
  const calls = new Map(HEALTH.tools.map((tool) => [tool, 0]));
  const counted = (tool: string): void => void calls.set(tool, (calls.get(tool) ?? 0) + 1);

  const mcp = createMcpHandler(() => {
    const server = new McpServer({ name: 'support', version: '1.4.0' });
    server.registerTool(
      'query_support',
      { description: 'Searches the support articles', inputSchema: QUERY_INPUT, outputSchema: QUERY_OUTPUT },
      ({ query, limit }) => {
        counted('query_support');
        return querySupport(state, index, query, limit ?? 5);
      },
    );
    server.registerTool('refresh_index', { description: 'Builds the index again' }, () => {
      counted('refresh_index');
      index = indexFor(state);
      return index === null
        ? { content: text(['The index cannot be written']), isError: true }
        : { content: text([`Indexed ${index.size} articles`]) };
    });
    server.registerTool('insight_report', { description: 'Counts what was asked' }, () => {
      counted('insight_report');
      return { content: text([`${calls.get('query_support') ?? 0} questions since the start`]) };
    });
    return server;
  });
  const handleMcp = toNodeHandler(mcp);

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://support').pathname;
    if (path === '/mcp')
      return void handleMcp(
        Object.assign(request, { method: request.method ?? 'GET', url: request.url ?? '/' }),
        response,
      );
    response.writeHead(path === '/health' ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(path === '/health' ? HEALTH : { error: 'not found' }));
  });
  const host = options.host ?? '127.0.0.1';
  server.listen(options.port ?? 0, host);
  await once(server, 'listening');
  const address = server.address();
  const url = `http://${host}:${typeof address === 'object' && address !== null ? address.port : ''}`;

  return {
    url,
    mcpUrl: `${url}/mcp`,
    healthUrl: `${url}/health`,
    setState: (next) => {
      state = next;
      index = indexFor(next);
    },
    calls: () => Object.fromEntries(calls),
    close: async () => {
      await mcp.close();
      await stop(server);
    },
  };
};
