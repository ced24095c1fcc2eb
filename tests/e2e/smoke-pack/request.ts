import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request with its body, and the ways to answer it. */
export type Exchange = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly cookies: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly json: (status: number, value: unknown, headers?: { readonly [name: string]: string | string[] }) => void;
  readonly send: (
    status: number,
    body: string | Buffer,
    headers: { readonly [name: string]: string | string[] },
  ) => void;
  /** Gives no answer at all, and lets the connection be. */
  readonly say: () => void;
};

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

const cookiesOf = (header: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    (header ?? '')
      .split('; ')
      .filter((pair) => pair !== '')
      .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );

/** Reads a request to its end. */
export const readExchange = async (request: IncomingMessage, response: ServerResponse): Promise<Exchange> => {
  const send: Exchange['send'] = (status, body, headers) => {
    response.writeHead(status, headers).end(body);
  };
  return {
    method: request.method ?? '',
    url: new URL(request.url ?? '/', 'http://shop'),
    headers: request.headers,
    cookies: cookiesOf(request.headers.cookie),
    body: await readBody(request),
    send,
    json: (status, value, headers = {}) =>
      send(status, JSON.stringify(value), { 'content-type': 'application/json', ...headers }),
    say: () => {},
  };
};

const SHOWN = ['authorization', 'cookie', 'content-type', 'x-api-key'] as const;

/** A request as the pack writes it down: what was asked, with what credentials, and the body. */
export const requestLine = ({ method, url, headers, body }: Exchange): string =>
  [
    `${method} ${url.pathname}${url.search}`,
    ...SHOWN.flatMap((name) => (headers[name] === undefined ? [] : [`${name}: ${headers[name]}`])),
    ...(body.length === 0 ? [] : [body.toString('utf8').replaceAll('\r\n', '\\r\\n')]),
  ]
    .join(' | ')
    // What a client adds of its own is another one each time.
    .replace(/(cnonce|response)="\w+"/g, '$1="..."');
