import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { EngineContext } from '../engine/context.ts';
import { chooseProxy, portOf, proxyName } from '../engine/proxy.ts';
import { reach, type Watch } from '../engine/reach.ts';
import type { HttpRequest } from '../engine/request.ts';
import { literalAddress } from '../engine/resolve.ts';
import { secure } from '../engine/secure.ts';
import { openTunnel, proxyTrouble } from '../engine/tunnel.ts';
import { CouldNotLook } from '../probe.ts';

type Target = { readonly host: string; readonly port: number };

const reachProxy = async (proxy: URL, watch: Watch): Promise<Socket> => {
  watch.trace.viaProxy = proxyName(proxy);
  try {
    const destination = { host: proxy.hostname, port: portOf(proxy), family: 'any', server: null } as const;
    return (await reach(destination, watch)).socket;
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error;
    throw proxyTrouble(proxy, `cannot be reached: ${error.message}`);
  }
};

/** A WebSocket always goes through a tunnel, also without TLS (RFC 6455, 4.1). */
const tunnelTo = async (
  { host, port }: Target,
  proxy: URL,
  request: HttpRequest,
  context: EngineContext,
  watch: Watch,
): Promise<Socket> => {
  const socket = await reachProxy(proxy, watch);
  const literal = literalAddress(host);
  const target = `${literal?.includes(':') === true ? `[${literal}]` : host}:${port}`;
  await openTunnel(socket, { proxy, target, mayGreet: false, limits: request.limits, context });
  return socket;
};

const encrypt = async (socket: Socket, { tls, url }: HttpRequest, now: () => Date, watch: Watch): Promise<Duplex> => {
  const { signal, clock, trace } = watch;
  clock.enter('tls');
  const secured = await secure(socket, { tls, host: literalAddress(url.hostname) ?? url.hostname, signal, now });
  trace.closers.push(() => secured.socket.destroy());
  trace.tls = secured.facts;
  if (tls.verify && secured.facts?.verified !== true) {
    const { code = null, cause = null } = secured.facts ?? {};
    throw new CouldNotLook(code ?? 'tls-handshake', cause ?? 'the server presented no certificate');
  }
  return secured.socket;
};

/**
 * A connection that has verified its peer, over which nothing of the request has gone. `request` is that of the
 * handshake: `http` for `ws`, `https` for `wss`. The trace closes what was opened. Throws `CouldNotLook`.
 */
export const connectTo = async (request: HttpRequest, context: EngineContext, watch: Watch): Promise<Duplex> => {
  const { url, family, resolver } = request;
  const target = request.connectTo ?? { host: url.hostname, port: portOf(url) };
  const proxy = chooseProxy(request, context.proxyEnvironment);
  const socket =
    proxy === null
      ? (await reach({ ...target, family, server: resolver }, watch)).socket
      : await tunnelTo(target, proxy, request, context, watch);
  return url.protocol === 'https:' ? encrypt(socket, request, context.now, watch) : socket;
};
