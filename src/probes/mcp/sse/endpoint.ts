import { shownReference } from '../../engine/redirect-shown-url.ts';
import { quoted } from '../../answer/bounds.ts';
import type { Failure } from '../stop.ts';

/** Where an event stream wants our messages. It must be on its own origin, because our credentials go there. */
export const endpointOf = (data: string, stream: URL): URL | Failure => {
  const endpoint = URL.parse(data, stream.href);
  if (endpoint === null || !/^https?:$/.test(endpoint.protocol)) {
    return { code: 'mcp-protocol', message: `the event stream names an endpoint that is no URL: ${quoted(data, 100)}` };
  }
  if (endpoint.origin !== stream.origin) {
    const shown = shownReference(endpoint.href);
    return { code: 'mcp-protocol', message: `the event stream names an endpoint on another origin: ${quoted(shown)}` };
  }
  endpoint.username = '';
  endpoint.password = '';
  endpoint.hash = '';
  return endpoint;
};
