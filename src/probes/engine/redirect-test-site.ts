import type { Answer } from './answer.ts';
import type { EngineContext } from './context.ts';
import { followRedirects, type RedirectPolicy } from './redirects.ts';
import { DEFAULT_LIMITS, DEFAULT_TLS, type HttpRequest } from './request.ts';

/** For tests: what an imagined server says to one request; `address` is the peer that it pretends to be. */
export type Reply = {
  readonly status: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly address?: string;
};

/** For tests: a request as the walker's users make it. */
export const requestFor = (url: string, changes: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: new URL(url),
  headers: [],
  body: null,
  tls: DEFAULT_TLS,
  connectTo: null,
  proxy: 'none',
  family: 'any',
  resolver: null,
  http2: false,
  limits: DEFAULT_LIMITS,
  ...changes,
});

/** For tests: a context whose clock stands still. */
export const stillContext: EngineContext = {
  signal: new AbortController().signal,
  timeoutMs: 1000,
  monotonicMs: () => 0,
  now: () => new Date('2026-12-01T00:00:00Z'),
  agent: { name: 'test', version: '0' },
  proxyEnvironment: {},
};

/** For tests: an answer of an imagined server. */
export const answerOf = ({ status, headers = [], address = '203.0.113.7' }: Reply): Answer => ({
  status,
  statusText: '',
  httpVersion: '1.1',
  headers,
  connection: {
    resolved: [address],
    cnames: [],
    tried: [{ address, family: address.includes(':') ? 6 : 4, error: null }],
    address,
    port: 443,
    viaProxy: null,
    tls: null,
  },
  body: new Uint8Array(),
  wireBytes: 0,
  extraBytes: 0,
  timings: { dns: 1, connect: 2, wait: 4, total: 10 },
});

/** For tests: an imagined net, and everything that was sent to it. */
export const imaginedNet = (reply: (request: HttpRequest) => Reply) => {
  const sent: HttpRequest[] = [];
  return {
    sent,
    exchange: (request: HttpRequest): Promise<Answer> => {
      sent.push(request);
      return Promise.resolve(answerOf(reply(request)));
    },
  };
};

/** For tests: a redirect. */
export const to = (location: string, status = 302, ...more: readonly (readonly [string, string])[]): Reply => ({
  status,
  headers: [['location', location], ...more],
});

/** For tests: everything is followed that a careful check follows. */
export const careful: RedirectPolicy = { follow: true, max: 10, allowDowngrade: false, allowPrivate: false, trust: [] };

/** For tests: walks through imagined pages by URL; what is not among them answers 404. */
export const walk = async (
  start: string | HttpRequest,
  pages: Readonly<Record<string, Reply | ((request: HttpRequest) => Reply)>>,
  policy: Partial<RedirectPolicy> = {},
) => {
  const net = imaginedNet((request) => {
    const page = pages[request.url.href] ?? { status: 404 };
    return typeof page === 'function' ? page(request) : page;
  });
  const request = typeof start === 'string' ? requestFor(start) : start;
  const chain = await followRedirects(request, { ...careful, ...policy }, stillContext, net.exchange);
  return { chain, sent: net.sent };
};
