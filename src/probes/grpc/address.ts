import { type Endpoint, readEndpoint } from '../tcp/endpoint.ts';
import type { Spec } from './schema.ts';

/** The method that is called (github.com/grpc/grpc/blob/master/doc/health-checking.md). */
const CHECK_PATH = '/grpc.health.v1.Health/Check';

/** The host and port of `address`; null when it is none. */
export const endpointOf = ({ address }: Pick<Spec, 'address'>): Endpoint | null => {
  const reading = readEndpoint(address, undefined, null);
  return reading.ok ? reading.endpoint : null;
};

/** Whether the call goes over TLS. */
export const overTls = ({ tls }: Pick<Spec, 'tls'>): boolean => tls !== undefined && tls !== false;

/** The URL of the call for `host` or `host:port`; null when that is none. */
export const callUrl = (spec: Pick<Spec, 'tls'>, authority: string): URL | null => {
  if (/[/\\?#@\s]/.test(authority)) return null;
  const url = URL.parse(`${overTls(spec) ? 'https' : 'http'}://${authority}${CHECK_PATH}`);
  return url === null || url.hostname === '' || url.port === '0' ? null : url;
};
