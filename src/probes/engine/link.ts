import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { CouldNotLook } from '../probe.ts';
import type { EngineContext } from './context.ts';
import { chooseProxy, portOf, proxyAuthorization, proxyName } from './proxy.ts';
import { reach, type Reached } from './reach.ts';
import { addressesInsideProblem } from './redirect-inside.ts';
import { HTTP2_ONLY, http2Trouble, requireHttp2 } from './http2-alpn.ts';
import type { HttpRequest } from './request.ts';
import type { Travel } from './request-bytes.ts';
import { literalAddress } from './resolve.ts';
import { secure } from './secure.ts';
import type { PhaseClock } from './timings.ts';
import type { Trace } from './trace.ts';
import { openTunnel, proxyTrouble } from './tunnel.ts';

/** A connection over which the request can go. */
export type Link = {
  readonly socket: Duplex;
  readonly travel: Travel;
  readonly proxy: URL | null;
  /** Resolves once the aliases of the name are in the trace. */
  readonly aliasesKnown: Promise<void>;
};

export type Journey = {
  readonly request: HttpRequest;
  readonly context: EngineContext;
  readonly clock: PhaseClock;
  readonly trace: Trace;
};

/** Redirects lead to names; where those lead is known only here, and nothing has been sent yet. */
const admitFor =
  (request: HttpRequest) =>
  (addresses: readonly string[]): void => {
    const problem = addressesInsideProblem(request, addresses);
    if (problem !== null) throw new CouldNotLook(problem.code, problem.message);
  };

/** Name to connected socket. A proxy is looked up by the system, whatever name server the check asks. */
const reachHost = (host: string, port: number, proxied: boolean, journey: Journey): Promise<Reached> => {
  const { request, context, clock, trace } = journey;
  const destination = proxied
    ? { host, port, family: 'any' as const, server: null }
    : { host, port, family: request.family, server: request.resolver, admit: admitFor(request) };
  return reach(destination, { signal: context.signal, clock, trace });
};

const reachProxy = async (proxy: URL, journey: Journey): Promise<Reached> => {
  journey.trace.viaProxy = proxyName(proxy);
  try {
    return await reachHost(proxy.hostname, portOf(proxy), true, journey);
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error;
    throw proxyTrouble(proxy, `cannot be reached: ${error.message}`);
  }
};

const secureLink = async (socket: Socket, { request, context, clock, trace }: Journey): Promise<Duplex> => {
  const { signal, now } = context;
  const { tls, url } = request;
  clock.enter('tls');
  const host = literalAddress(url.hostname) ?? url.hostname;
  const session = request.http2 ? { session: { ALPNProtocols: HTTP2_ONLY } } : {};
  const secured = await secure(socket, { tls, host, signal, now, ...session }).catch((error: unknown) => {
    throw request.http2 ? http2Trouble(error) : error;
  });
  trace.closers.push(() => secured.socket.destroy());
  trace.tls = secured.facts;
  if (tls.verify && secured.facts?.verified !== true) {
    const { code = null, cause = null } = secured.facts ?? {};
    throw new CouldNotLook(code ?? 'tls-handshake', cause ?? 'the server presented no certificate');
  }
  if (request.http2) requireHttp2(secured.socket);
  return secured.socket;
};

/** From a request to a connection that has verified its peer; nothing of the request has been sent. */
export const openLink = async (journey: Journey): Promise<Link> => {
  const { request, context } = journey;
  const { url, connectTo } = request;
  const target = connectTo ?? { host: url.hostname, port: portOf(url) };
  const proxy = chooseProxy(request, context.proxyEnvironment);
  const overTls = url.protocol === 'https:';
  const { socket, aliasesKnown } =
    proxy === null ? await reachHost(target.host, target.port, false, journey) : await reachProxy(proxy, journey);
  // A proxy can pass on HTTP/1 by itself; for everything else it is asked for a tunnel.
  const tunnel = overTls || request.http2;
  if (proxy !== null && tunnel) {
    const host = literalAddress(target.host)?.includes(':') === true ? `[${literalAddress(target.host)}]` : target.host;
    await openTunnel(socket, {
      proxy,
      target: `${host}:${target.port}`,
      mayGreet: !overTls,
      limits: request.limits,
      context,
    });
  }
  const absolute = proxy !== null && !tunnel;
  const travel: Travel = {
    form: absolute ? 'absolute' : 'origin',
    proxyAuthorization: absolute ? proxyAuthorization(proxy) : null,
  };
  return { socket: overTls ? await secureLink(socket, journey) : socket, travel, proxy, aliasesKnown };
};
