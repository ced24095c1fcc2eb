import { CouldNotLook } from '../probe.ts';
import { ACCEPTED } from './codings.ts';
import type { EngineContext } from './context.ts';
import type { HttpRequest } from './request.ts';

type Field = readonly [name: string, value: string];

/** How a request travels: `absolute` through an HTTP proxy, with what the proxy wants to see. */
export type Travel = { readonly form: 'origin' | 'absolute'; readonly proxyAuthorization: string | null };

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// oxlint-disable-next-line no-control-regex -- the control characters are what is refused
const UNSENDABLE = /[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]/;

/** Ours to say: how long the body is, and what only a proxy may see. */
const NEVER_FORWARDED: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'proxy-authorization']);

/** Methods whose meaning has a body: they say so even when it is empty (RFC 9110, 8.6). */
const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

const unsendable = (what: string): CouldNotLook =>
  new CouldNotLook('probe-crashed', `the request cannot be sent: ${what}`);

const checkField = ([name, value]: Field): void => {
  if (!TOKEN.test(name)) throw unsendable('a header name is not a token');
  if (UNSENDABLE.test(value)) throw unsendable(`the value of header ${name} has a character that no header may have`);
};

/** The value of a header that the request gives itself; null when it does not. `name` in lower case. */
export const givenHeader = ({ headers }: Pick<HttpRequest, 'headers'>, name: string): string | null =>
  headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1] ?? null;

const fields = (request: HttpRequest, agent: EngineContext['agent'], travel: Travel): readonly Field[] => {
  const { body, method, url } = request;
  const absent = (name: string, value: string): readonly Field[] =>
    givenHeader(request, name.toLowerCase()) === null ? [[name, value]] : [];
  const length = body === null && !WITH_BODY.has(method) ? null : String(body?.length ?? 0);
  return [
    ...absent('Host', url.host),
    ...request.headers.filter(([name]) => !NEVER_FORWARDED.has(name.toLowerCase())),
    ...absent('User-Agent', `${agent.name}/${agent.version}`),
    ...absent('Accept-Encoding', ACCEPTED),
    ...(length === null ? [] : [['Content-Length', length] as const]),
    ...(travel.proxyAuthorization === null ? [] : [['Proxy-Authorization', travel.proxyAuthorization] as const]),
    ...absent('Connection', 'close'),
  ];
};

/** A head without a body, ready to send; throws `CouldNotLook` rather than let a header smuggle another one in. */
export const headBytes = (start: string, headers: readonly Field[]): Uint8Array => {
  for (const field of headers) checkField(field);
  const lines = [start, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''];
  return Buffer.from(lines.join('\r\n'), 'latin1');
};

/** The header fields of a request, ours included, in the order in which they are sent. Throws `CouldNotLook` for a bad one. */
export const requestFields = (
  request: HttpRequest,
  agent: EngineContext['agent'],
  travel: Travel,
): readonly Field[] => {
  if (!TOKEN.test(request.method)) throw unsendable('the method is not a token');
  const all = fields(request, agent, travel);
  for (const field of all) checkField(field);
  return all;
};

/** The whole request as it goes over the wire. */
export const requestBytes = (request: HttpRequest, agent: EngineContext['agent'], travel: Travel): Uint8Array => {
  const { method, url, body } = request;
  if (!TOKEN.test(method)) throw unsendable('the method is not a token');
  const path = `${url.pathname}${url.search}`;
  const target = travel.form === 'absolute' ? `${url.protocol}//${url.host}${path}` : path;
  const head = headBytes(`${method} ${target} HTTP/1.1`, fields(request, agent, travel));
  return body === null ? head : Buffer.concat([head, body]);
};
