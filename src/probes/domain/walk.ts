import type { EngineContext } from '../engine/context.ts';
import { exchange } from '../engine/exchange.ts';
import type { Chain } from '../engine/redirect-chain.ts';
import { followRedirects, type RedirectPolicy } from '../engine/redirects.ts';
import { DEFAULT_LIMITS, DEFAULT_TLS, type HttpRequest } from '../engine/request.ts';
import { portOf } from '../http/address.ts';
import { DEFAULT_MAX_REDIRECTS } from '../http/policy.ts';
import { canonicalHost } from '../tcp/endpoint.ts';
import type { Spec } from './schema.ts';
import { apexOf, type Variant } from './variants.ts';

/** One entrance with the chain that began there. */
export type Walked = { readonly variant: Variant; readonly chain: Chain };

type Exchange = typeof exchange;

/**
 * Certificates are not enforced while walking but judged from the facts: behind an expired certificate there may be a
 * loop, and one look has to tell both. Nothing secret is sent.
 */
export const requestOf = (spec: Spec, url: URL, family: HttpRequest['family']): HttpRequest => ({
  method: 'GET',
  url,
  headers: [],
  body: null,
  tls: { ...DEFAULT_TLS, verify: false, ca: spec.tls?.ca ?? null },
  connectTo: null,
  proxy: 'environment',
  family,
  resolver: spec.resolver ?? null,
  http2: false,
  limits: DEFAULT_LIMITS,
});

/** Whoever looks over each family walks once for each; `any` is what one walk alone can mean. */
const familyOf = ({ family = 'any' }: Spec): HttpRequest['family'] => (family === 'each' ? 'any' : family);

const policyOf = (spec: Spec): RedirectPolicy => ({
  follow: true,
  max: spec['max-hops'] ?? DEFAULT_MAX_REDIRECTS,
  allowDowngrade: spec.https === 'optional',
  allowPrivate: false,
  trust: [],
});

/** `connect-to` holds for the domain and its www on every port; whatever else a redirect names is looked up. */
const exchangeAt =
  (spec: Spec, next: Exchange): Exchange =>
  (request, context) => {
    const to = spec['connect-to'];
    const host = to === undefined ? undefined : (canonicalHost(to) ?? to);
    const own = [apexOf(spec), `www.${apexOf(spec)}`].includes(request.url.hostname);
    return next(
      host === undefined || !own ? request : { ...request, connectTo: { host, port: portOf(request.url) } },
      context,
    );
  };

/** A black hole at one entrance must not take the time in which the others are reported. */
const WALKING_SHARE = 0.85;

const boundedContext = (context: EngineContext): EngineContext => {
  const timeoutMs = Math.max(1, Math.floor(context.timeoutMs * WALKING_SHARE));
  return { ...context, timeoutMs, signal: AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]) };
};

/** Walks from every entrance at the same time, each to its own end, over one family. PEM files must have been read before. */
export const walkVariants = (
  spec: Spec,
  variants: readonly Variant[],
  context: EngineContext,
  exchangeOnce: Exchange = exchange,
  family: HttpRequest['family'] = familyOf(spec),
): Promise<readonly Walked[]> => {
  const bounded = boundedContext(context);
  return Promise.all(
    variants.map(async (variant) => {
      const exchangeHere = exchangeAt(spec, exchangeOnce);
      const chain = await followRedirects(requestOf(spec, variant.url, family), policyOf(spec), bounded, exchangeHere);
      return { variant, chain };
    }),
  );
};
