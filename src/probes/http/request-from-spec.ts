import { parseBytes } from '../../matchers/units.ts';
import type { RedirectPolicy } from '../engine/redirects.ts';
import { DEFAULT_LIMITS, DEFAULT_TLS, type HttpRequest, type Limits, type TlsRequest } from '../engine/request.ts';
import { fullUrl } from './address.ts';
import { parseHostPort } from './host-port.ts';
import type { EncodedBody } from './multipart.ts';
import { DEFAULT_MAX_REDIRECTS, methodOf } from './policy.ts';
import { canonicalHost } from '../tcp/endpoint.ts';
import type { Spec } from './schema.ts';

type Header = readonly [name: string, value: string];

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const bodyOf = (spec: Spec): { readonly bytes: Uint8Array | null; readonly type: string | null } => {
  if (spec.json !== undefined) return { bytes: utf8(JSON.stringify(spec.json)), type: 'application/json' };
  if (spec.form !== undefined) {
    const pairs = Object.entries(spec.form).map(([name, value]): [string, string] => [name, String(value)]);
    return { bytes: utf8(new URLSearchParams(pairs).toString()), type: 'application/x-www-form-urlencoded' };
  }
  return { bytes: spec.body === undefined ? null : utf8(spec.body), type: null };
};

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;

/** Percent-decoded; text that only looks encoded stays as it is. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** The credentials of `auth`, else of the userinfo in the URL. */
const authorizationOf = (spec: Spec, url: URL): string | null => {
  if (spec.auth !== undefined) {
    if ('digest' in spec.auth) return null;
    return 'bearer' in spec.auth
      ? `Bearer ${spec.auth.bearer}`
      : basic(spec.auth.basic.username, spec.auth.basic.password);
  }
  if (url.username === '' && url.password === '') return null;
  return basic(decoded(url.username), decoded(url.password));
};

const headersOf = (spec: Spec, url: URL, contentType: string | null): readonly Header[] => {
  const written = Object.entries(spec.headers ?? {}).map(([name, value]): Header => [name, String(value)]);
  const names = new Set(written.map(([name]) => name.toLowerCase()));
  const authorization = authorizationOf(spec, url);
  return [
    ...written,
    ...(contentType === null || names.has('content-type') ? [] : [['content-type', contentType] as const]),
    ...(authorization === null || names.has('authorization') ? [] : [['authorization', authorization] as const]),
  ];
};

const tlsOf = ({ tls = {} }: Spec): TlsRequest => ({
  verify: tls.verify ?? DEFAULT_TLS.verify,
  ca: tls.ca ?? null,
  cert: tls.cert ?? null,
  key: tls.key ?? null,
  servername: tls.servername === undefined ? null : (canonicalHost(tls.servername) ?? tls.servername),
});

const bytesOf = (size: string | number | undefined): number | null =>
  typeof size === 'string' ? Math.floor(parseBytes(size) ?? 0) : (size ?? null);

const limitsOf = ({ limits = {} }: Spec): Limits => {
  const body = bytesOf(limits.body);
  return {
    ...DEFAULT_LIMITS,
    headerBytes: bytesOf(limits.headers) ?? DEFAULT_LIMITS.headerBytes,
    wireBodyBytes: body ?? DEFAULT_LIMITS.wireBodyBytes,
    decodedBodyBytes: body ?? DEFAULT_LIMITS.decodedBodyBytes,
  };
};

const proxyOf = ({ proxy = true }: Spec): HttpRequest['proxy'] => {
  if (typeof proxy === 'string') return new URL(proxy);
  return proxy ? 'environment' : 'none';
};

/** A spec that means one request: to look over each family takes one of them for each. */
export type OneRequestSpec = Omit<Spec, 'family'> & { readonly family?: HttpRequest['family'] };

/**
 * The request that a spec without `httpProblems` means; PEM files must have been read before, and the body of a
 * `multipart` made up.
 */
export const toRequest = (spec: OneRequestSpec, encoded: EncodedBody | null = null): HttpRequest => {
  const url = fullUrl(spec) ?? new URL(spec.url);
  const { bytes, type } = encoded ?? bodyOf(spec);
  const headers = headersOf(spec, url, type);
  url.username = '';
  url.password = '';
  url.hash = '';
  return {
    method: methodOf(spec),
    url,
    headers,
    body: bytes,
    tls: tlsOf(spec),
    connectTo: spec['connect-to'] === undefined ? null : parseHostPort(spec['connect-to']),
    proxy: proxyOf(spec),
    family: spec.family ?? 'any',
    resolver: spec.resolver ?? null,
    http2: spec.http2 ?? false,
    limits: limitsOf(spec),
    ...(spec.auth !== undefined && 'digest' in spec.auth ? { digest: spec.auth.digest } : {}),
  };
};

/** How far this spec lets redirects be followed. */
export const redirectPolicy = ({ follow = false }: Spec): RedirectPolicy => {
  const options = typeof follow === 'boolean' ? {} : follow;
  return {
    follow: follow !== false,
    max: options.max ?? DEFAULT_MAX_REDIRECTS,
    allowDowngrade: options['allow-downgrade'] ?? false,
    allowPrivate: options['allow-private'] ?? false,
    trust: (options.trust ?? []).map((origin) => new URL(origin).origin),
  };
};
