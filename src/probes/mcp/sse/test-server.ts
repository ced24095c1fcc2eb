import type { ServerResponse } from 'node:http';
import type { Json } from '../../../model/json.ts';
import { isJsonObject } from '../../../model/json.ts';
import { HEALTHY, serve, type Replies, type TestServer } from '../test-server.ts';

/** What a hand-made server of HTTP+SSE does otherwise than a healthy one. */
export type SseFaults = {
  /** What the event `endpoint` says; null for none. */
  readonly endpoint?: string | null;
  readonly replies?: Replies;
  /** Writes to the stream instead of the answer to a method. */
  readonly say?: { readonly [method: string]: (stream: ServerResponse, id: Json) => void };
  /** How messages are accepted. */
  readonly accept?: (response: ServerResponse) => void;
};

/** For tests: a hand-made server of HTTP+SSE (2024-11-05) with the tool `query`; its stream is at `url`. */
export const serveSse = async (faults: SseFaults = {}): Promise<TestServer> => {
  const { endpoint = '/messages?session=1', replies = HEALTHY, say = {} } = faults;
  let stream: ServerResponse | null = null;
  return serve((request, response) => {
    if (request.method === 'GET') {
      stream = response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(endpoint === null ? ': hello\n\n' : `event: endpoint\ndata: ${endpoint}\n\n`);
      return;
    }
    if (request.url === '/mcp') return void response.writeHead(404).end('Cannot POST /mcp');
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      const message: Json = JSON.parse(text);
      const { id = null, method, params } = isJsonObject(message) ? message : {};
      if (faults.accept === undefined) response.writeHead(202).end('Accepted');
      else faults.accept(response);
      if (id === null || stream === null || typeof method !== 'string') return;
      const instead = say[method];
      if (instead !== undefined) return instead(stream, id);
      const reply = replies[method]?.(isJsonObject(params) ? params : {});
      if (reply === undefined || reply === 'silence') return;
      stream.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, ...reply })}\n\n`);
    });
  });
};
