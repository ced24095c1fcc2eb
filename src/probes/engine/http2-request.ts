import type { EngineContext } from './context.ts';
import { CONNECTION_HEADERS } from './http2-headers.ts';
import type { HttpRequest } from './request.ts';
import { givenHeader, requestFields } from './request-bytes.ts';

const DIRECT = { form: 'origin', proxyAuthorization: null } as const;

/** `te: trailers` is the one field of a connection that goes on in HTTP/2 (RFC 9113, 8.2.2). */
const travels = ([name, value]: readonly [name: string, value: string]): boolean =>
  name !== 'host' && (!CONNECTION_HEADERS.has(name) || (name === 'te' && value === 'trailers'));

/** Names and values in turn, pseudo-headers first. Throws `CouldNotLook` for a field that no header section may have. */
export const http2Fields = (request: HttpRequest, agent: EngineContext['agent']): readonly string[] => {
  const { method, url } = request;
  const fields = requestFields(request, agent, DIRECT)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(travels);
  return [
    [':method', method] as const,
    [':scheme', url.protocol.slice(0, -1)] as const,
    [':authority', givenHeader(request, 'host') ?? url.host] as const,
    [':path', `${url.pathname}${url.search}`] as const,
    ...fields,
  ].flat();
};
