import { resolve } from 'node:path';
import { DEFAULT_LIMITS, DEFAULT_TLS, type HttpRequest } from '../engine/request.ts';
import { readPemFiles } from '../http/pem-files.ts';
import type { ProbeContext } from '../probe.ts';
import { type Endpoint, showEndpoint } from '../tcp/endpoint.ts';
import { callUrl, endpointOf } from './address.ts';
import { framed } from './frame.ts';
import { healthCheckRequest } from './health-message.ts';
import type { Spec } from './schema.ts';

/** Milliseconds in at most eight digits, as the protocol limits them; never 0, which would be over at once. */
const grpcTimeout = (timeoutMs: number): string => `${Math.min(99_999_999, Math.max(1, Math.ceil(timeoutMs)))}m`;

const headersOf = ({ metadata, authority }: Spec, timeoutMs: number): HttpRequest['headers'] => [
  ...(authority === undefined ? [] : [['host', authority] as const]),
  ['te', 'trailers'],
  ['content-type', 'application/grpc+proto'],
  ['accept-encoding', 'identity'],
  ['grpc-accept-encoding', 'identity'],
  ['grpc-timeout', grpcTimeout(timeoutMs)],
  ...Object.entries(metadata ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)] as const),
];

const proxyOf = ({ proxy = true }: Spec): HttpRequest['proxy'] => {
  if (typeof proxy === 'string') return new URL(proxy);
  return proxy ? 'environment' : 'none';
};

/** A zone (`fe80::1%eth0`) is no part of a URL. */
const withoutZone = ({ host, port }: Endpoint): Endpoint => ({ host: host.replace(/%.*$/, ''), port });

/** The TLS options with the paths of PEM files made absolute; PEM texts stay as they are. */
const located = ({ tls }: Spec, folder: string): Exclude<Spec['tls'], boolean | undefined> => {
  if (typeof tls !== 'object') return {};
  const found = (['ca', 'cert', 'key'] as const).flatMap((name) => {
    const value = tls[name];
    return value === undefined || value.includes('-----BEGIN ') ? [] : [[name, resolve(folder, value)] as const];
  });
  return { ...tls, ...Object.fromEntries(found) };
};

/** The call as one request. Reads PEM files: throws `CouldNotLook` when one cannot be used. */
export const callRequest = async (
  spec: Spec,
  { timeoutMs, folder }: Pick<ProbeContext, 'timeoutMs' | 'folder'>,
): Promise<HttpRequest> => {
  const endpoint = endpointOf(spec);
  const url = endpoint === null ? null : callUrl(spec, spec.authority ?? showEndpoint(withoutZone(endpoint)));
  if (endpoint === null || url === null) throw new Error('the address and authority of the call were not checked');
  const { verify, ca, cert, key, servername } = await readPemFiles(located(spec, folder));
  const elsewhere = spec.authority !== undefined || endpoint.host.includes('%');
  return {
    method: 'POST',
    url,
    headers: headersOf(spec, timeoutMs),
    body: framed(healthCheckRequest(spec.service ?? '')),
    tls: {
      verify: verify ?? DEFAULT_TLS.verify,
      ca: ca ?? null,
      cert: cert ?? null,
      key: key ?? null,
      servername: servername ?? null,
    },
    connectTo: elsewhere ? endpoint : null,
    http2: true,
    proxy: proxyOf(spec),
    family: spec.family ?? 'any',
    resolver: spec.resolver ?? null,
    limits: DEFAULT_LIMITS,
  };
};
