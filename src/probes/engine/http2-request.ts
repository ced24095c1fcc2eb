import type { EngineContext } from './context.ts';
import type { HttpRequest } from './request.ts';
import { givenHeader, requestFields } from './request-bytes.ts';

/** What belongs to one connection of HTTP/1 (RFC 9113, 8.2.2), and the host, which is `:authority` here. */
export const NOT_IN_HTTP2: ReadonlySet<string> = new Set([
  'connection',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
]);

const DIRECT = { form: 'origin', proxyAuthorization: null } as const;

/** Names and values in turn, pseudo-headers first. Throws `CouldNotLook` for a field that no header section may have. */
export const http2Fields = (request: HttpRequest, agent: EngineContext['agent']): readonly string[] => {
  const { method, url } = request;
  const fields = requestFields(request, agent, DIRECT)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !NOT_IN_HTTP2.has(name));
  return [
    [':method', method] as const,
    [':scheme', url.protocol.slice(0, -1)] as const,
    [':authority', givenHeader(request, 'host') ?? url.host] as const,
    [':path', `${url.pathname}${url.search}`] as const,
    ...fields,
  ].flat();
};
