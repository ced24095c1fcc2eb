import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, fromJsonSchema, McpServer, type CallToolResult } from '@modelcontextprotocol/server';
import { buildIndex, type Hit, type Index } from './bm25.ts';
import { listen, stop } from './listen.ts';
import type { Article } from './support-articles.ts';

/** What is wrong with the index; its `/health` says `ok` in every one of these. */
export const DOCS_INDEX_STATES = ['healthy', 'not-built', 'empty', 'stale', 'fallback', 'regressed'] as const;

export type DocsIndexState = (typeof DOCS_INDEX_STATES)[number];

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
const FOLDERS = ['probes', 'runbooks'];
const HOUR_MS = 3_600_000;

/** The pages as passages: one for each heading of the second level; the id is that of the page. */
const passages = (): readonly Article[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(join(DOCS, folder))
      .filter((file) => file.endsWith('.md'))
      .toSorted()
      .flatMap((file) => passagesOf(`${folder}/${file}`, readFileSync(join(DOCS, folder, file), 'utf8'))),
  );

const passagesOf = (id: string, markdown: string): readonly Article[] => {
  const [head = '', ...sections] = markdown.replace(/^---\n.*?\n---\n/s, '').split(/^## /m);
  const page = /^# (.*)$/m.exec(head)?.[1] ?? id;
  const cut = sections.map((section) => {
    const [heading = '', ...body] = section.split('\n');
    return { id, title: `${page}: ${heading}`, body: body.join(' ') };
  });
  return [{ id, title: page, body: head.replace(/^# .*$/m, '').replaceAll('\n', ' ') }, ...cut];
};

/** What the build writes into its own index: asking for it proves which build is being searched. */
const marker = (build: string): Article => ({ id: 'index-build', title: 'Index build', body: `Marker of ${build}.` });

/** An index, and what it says of itself. */
type Built = { readonly index: Index; readonly build: string; readonly builtAt: Date };

/** Where chunking goes wrong, a build succeeds and has every page: only what stands below the headings is gone. */
const withoutBodies = (articles: readonly Article[]): readonly Article[] =>
  articles.map((article) => ({ ...article, body: '' }));

const buildFor = (state: DocsIndexState, build: string): Built | null => {
  const all = [...passages(), marker(build)];
  const now = Date.now();
  const built = (articles: readonly Article[], hours = 1): Built => ({
    index: buildIndex(articles),
    build,
    builtAt: new Date(now - hours * HOUR_MS),
  });
  if (state === 'healthy') return built(all);
  if (state === 'empty') return built([]);
  if (state === 'regressed') return built([...withoutBodies(passages()), marker(build)]);
  if (state === 'stale') return { ...built([...passages(), marker('build-7')], 9 * 24), build: 'build-7' };
  return null;
};

type Answer = {
  readonly hits: readonly Hit[];
  readonly documents: number;
  readonly built_at: string;
  readonly build: string;
  readonly note?: string;
};

/** What the service does without its index: it greps a file that was left over, and does not call it an error. */
const fallback = (question: string, limit: number): Answer => {
  const words = question.toLowerCase().match(/[a-z]{4,}/g) ?? [];
  const hits = passages()
    .filter(({ body }) => words.some((word) => body.toLowerCase().includes(word)))
    .slice(0, limit)
    .map(({ id, title, body }) => ({ id, title, score: 0, excerpt: body.slice(0, 120) }));
  return { hits, documents: 0, built_at: new Date().toISOString(), build: 'none', note: 'OFFLINE FALLBACK RESULTS' };
};

const QUESTION = fromJsonSchema<{ question: string; limit?: number }>({
  type: 'object',
  properties: { question: { type: 'string', minLength: 1 }, limit: { type: 'integer', minimum: 1, maximum: 20 } },
  required: ['question'],
  additionalProperties: false,
});

const toolResult = (answer: Answer | null): CallToolResult =>
  answer === null
    ? { content: [{ type: 'text', text: 'No latest index found' }], isError: true }
    : {
        content: [{ type: 'text', text: JSON.stringify(answer) }],
        structuredContent: { ...answer, hits: [...answer.hits] },
      };

const readBody = async (request: IncomingMessage): Promise<{ question: string; k?: number }> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
};

/**
 * The index over our own pages, a real server on a free loopback port: `/health` always says `ok`, `POST /query` answers
 * over plain HTTP (errors too with 200), and the tool `search_docs` of the MCP server at `/mcp` answers the same.
 */
export const startDocsIndex = async (options: { readonly state: DocsIndexState; readonly build?: string }) => {
  const build = options.build ?? 'build-42';
  let state = options.state;
  let built = buildFor(state, build);
  let calls = 0;

  const ask = (question: string, limit: number): Answer | null => {
    calls += 1;
    if (state === 'fallback') return fallback(question, limit);
    if (built === null) return null;
    const { index, builtAt } = built;
    return {
      hits: index.search(question, limit),
      documents: index.size,
      built_at: builtAt.toISOString(),
      build: built.build,
    };
  };

  const mcp = createMcpHandler(() => {
    const server = new McpServer({ name: 'docs', version: '2.0.0' });
    const definition = { description: 'Searches the pages of the documentation', inputSchema: QUESTION };
    server.registerTool('search_docs', definition, ({ question, limit }) => toolResult(ask(question, limit ?? 5)));
    return server;
  });
  const handleMcp = toNodeHandler(mcp);

  const query = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { question, k = 5 } = await readBody(request);
    const answer = ask(question, k) ?? { error: 'No latest index found' };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url = '/' } = request;
    if (url === '/mcp') return void handleMcp(Object.assign(request, { method, url }), response);
    if (url === '/query' && method === 'POST') return void query(request, response);
    const health = { status: 'ok', tools: ['search_docs'], metrics: { calls, errors: 0, errorRate: '0%' } };
    response.writeHead(url === '/health' ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(url === '/health' ? health : { error: 'not found' }));
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    url,
    build,
    calls: () => calls,
    setState: (next: DocsIndexState) => {
      state = next;
      built = buildFor(next, build);
    },
    close: async () => {
      await mcp.close();
      await stop(server);
    },
  };
};
