import type { Socket } from 'node:net';
import { CouldNotLook } from '../probe.ts';
import type { Head } from './answer.ts';
import type { EngineContext } from './context.ts';
import { listen } from './incoming.ts';
import { printable } from './printable.ts';
import { proxyAuthorization, proxyName } from './proxy.ts';
import { readHead } from './read-head.ts';
import { headBytes } from './request-bytes.ts';
import type { Limits } from './request.ts';

export type TunnelOptions = {
  readonly proxy: URL;
  /** `host:port` of the origin. */
  readonly target: string;
  /** Whether the origin may speak before we do, as it may in HTTP/2 without TLS; what it said stays in the socket. */
  readonly mayGreet: boolean;
  readonly limits: Limits;
  readonly context: EngineContext;
};

/** Something that the proxy did wrong, or refused. */
export const proxyTrouble = (proxy: URL, sentence: string): CouldNotLook =>
  new CouldNotLook('proxy-error', `the proxy ${proxyName(proxy)} ${sentence}`);

/** A 407 is the proxy's own answer, never the origin's. */
export const refuseUnauthorized = (proxy: URL, { status }: Pick<Head, 'status'>): void => {
  if (status === 407) throw proxyTrouble(proxy, 'asks for credentials (407)');
};

const answerOf = async (socket: Socket, { proxy, mayGreet, limits, context }: TunnelOptions): Promise<Head> => {
  const incoming = listen(socket, context.monotonicMs);
  const reader = readHead(limits);
  for (;;) {
    const bytes = await incoming.next();
    if (bytes === null) throw proxyTrouble(proxy, `closed the connection: got ${reader.progress()}`);
    const done = reader.push(bytes);
    if (done === null) continue;
    const rest = Buffer.concat([done.rest, incoming.detach()]);
    const greeted = rest.length > 0 && done.head.status < 300;
    if (greeted && !mayGreet) throw proxyTrouble(proxy, 'spoke before the origin could');
    if (greeted) socket.unshift(rest);
    return done.head;
  }
};

/** Asks a proxy for a tunnel over a socket that is connected to it. Throws `CouldNotLook` with `proxy-error`. */
export const openTunnel = async (socket: Socket, options: TunnelOptions): Promise<void> => {
  const { proxy, target, context } = options;
  const authorization = proxyAuthorization(proxy);
  const { name, version } = context.agent;
  socket.write(
    headBytes(`CONNECT ${target} HTTP/1.1`, [
      ['Host', target],
      ['User-Agent', `${name}/${version}`],
      ...(authorization === null ? [] : [['Proxy-Authorization', authorization] as const]),
    ]),
  );
  const head = await answerOf(socket, options).catch((error: unknown) => {
    throw error instanceof CouldNotLook && error.code !== 'proxy-error'
      ? proxyTrouble(proxy, `did not answer in HTTP: ${error.message}`)
      : error;
  });
  refuseUnauthorized(proxy, head);
  if (head.status < 200 || head.status > 299) {
    const said = `${head.status} ${printable(head.statusText, 40)}`.trim();
    throw proxyTrouble(proxy, `refused the tunnel to ${target}: ${said}`);
  }
};
