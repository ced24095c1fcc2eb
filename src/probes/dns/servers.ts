import { Resolver } from 'node:dns';
import { resolveHost } from '../engine/resolve.ts';
import { type Endpoint, isAddress, readEndpoint } from '../tcp/endpoint.ts';

const MOST_ADDRESSES = 4;

const endpointOf = (text: string): readonly Endpoint[] => {
  const reading = readEndpoint(text, undefined, 53);
  return reading.ok ? [reading.endpoint] : [];
};

/** The servers to ask: the one that is named, at each of its addresses, or those that this machine is set up with. */
export const findServers = async (server: string | undefined, signal: AbortSignal): Promise<readonly Endpoint[]> => {
  if (server === undefined) return new Resolver().getServers().flatMap(endpointOf);
  const [endpoint] = endpointOf(server);
  if (endpoint === undefined || isAddress(endpoint.host)) return endpoint === undefined ? [] : [endpoint];
  const found = await resolveHost(endpoint.host, { family: 'any', server: null, signal });
  found.close();
  return found.addresses.slice(0, MOST_ADDRESSES).map((host) => ({ host, port: endpoint.port }));
};
