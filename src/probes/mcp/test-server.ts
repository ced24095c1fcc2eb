import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Facts } from '../../model/observation.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { explain } from './explain.ts';

/** A real server on loopback that a test makes, and what it was asked. */
export type TestServer = {
  readonly url: string;
  readonly requests: readonly { readonly method: string; readonly headers: IncomingMessage['headers'] }[];
  readonly close: () => Promise<void>;
};

/** Starts `listener` on a free port; `url` ends in `/mcp`. */
export const serve = async (listener: RequestListener): Promise<TestServer> => {
  const requests: TestServer['requests'][number][] = [];
  const server = createServer((request, response) => {
    requests.push({ method: request.method ?? '', headers: request.headers });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** What a hand-made MCP server answers: a result, `{ error }`, a raw text sent as JSON, or nothing at all. */
export type Reply = { readonly result: Json } | { readonly error: JsonObject } | { readonly raw: string } | 'silence';

export type Replies = { readonly [method: string]: (params: JsonObject) => Reply };

const QUERY: JsonObject = { name: 'query', inputSchema: { type: 'object' } };

/** Answers of a healthy server of the `initialize` era with the tool `query`; a test replaces what it is about. */
export const HEALTHY: Replies = {
  initialize: () => ({
    result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'raw', version: '1' } },
  }),
  'tools/list': () => ({ result: { tools: [QUERY] } }),
  'tools/call': () => ({ result: { content: [{ type: 'text', text: 'An article' }] } }),
};

/** A list of one tool `query` with these members more. */
export const listing =
  (members: JsonObject): Replies['tools/list'] & object =>
  () => ({
    result: { tools: [{ ...QUERY, ...members }] },
  });

/** One message as it came to a hand-made server; `id` is null for a notification. */
export type Received = { readonly id: Json; readonly method: string; readonly params: JsonObject };

/**
 * A hand-made server of the `initialize` era that answers as a healthy one, or by `replies`; what `instead` answers
 * itself, on whatever level, it answers true for.
 */
export const serveRaw = (
  replies: Replies,
  instead: (message: Received, response: ServerResponse, request: IncomingMessage) => boolean = () => false,
): Promise<TestServer> =>
  serve((request, response) => {
    void readBody(request).then((text) => {
      const message: Json = text === '' ? null : JSON.parse(text);
      const { id = null, method, params } = isJsonObject(message) ? message : {};
      const received = { id, method: String(method), params: isJsonObject(params) ? params : {} };
      if (instead(received, response, request)) return undefined;
      if (id === null) return response.writeHead(202).end();
      const reply = Object.hasOwn(replies, received.method) ? replies[received.method] : undefined;
      const said = reply?.(received.params) ?? { error: { code: -32_601, message: 'Method not found' } };
      if (said === 'silence') return undefined;
      const body = 'raw' in said ? said.raw : JSON.stringify({ jsonrpc: '2.0', id, ...said });
      return response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
  });

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

/** The reason codes of the signs in these facts, each once; of one fact when it is given. */
export const codesOf = (facts: Facts, fact?: string): readonly string[] => {
  const signs = explain(facts).filter((sign) => fact === undefined || sign.fact === fact);
  return [...new Set(signs.map(({ code }) => code))];
};
