import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { env } from 'node:process';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { page } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

/** For tests: what a path answers, as HTML or by itself. */
export type Route = string | ((request: IncomingMessage, response: ServerResponse) => void);

/** For tests: a site on this machine. `requests` are those that it got, in order. */
export type Site = {
  readonly origin: string;
  readonly port: number;
  readonly requests: readonly IncomingMessage[];
  readonly close: () => void;
};

const html = (response: ServerResponse, body: string): void => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><body>${body}`);
};

/** For tests: serves routes by path; what is none answers 404. */
export const startSite = async (
  routes: { readonly [path: string]: Route },
  tls?: { readonly cert: string; readonly key: string },
): Promise<Site> => {
  const requests: IncomingMessage[] = [];
  const answer: RequestListener = (request, response) => {
    requests.push(request);
    const route = routes[(request.url ?? '').replace(/\?.*/, '')];
    if (typeof route === 'string') return html(response, route);
    if (route !== undefined) return route(request, response);
    response.writeHead(404).end();
  };
  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`, port, requests, close };
};

/** For tests: evidence that a look kept, by name. */
export type Kept = Map<string, Uint8Array | string>;

/** For tests: the context of a visit. Starting a browser has 15 s of the time, the page what is left. */
export const visitContext = (changes: Partial<ProbeContext> = {}, timeoutMs = 35_000): ProbeContext =>
  testContext(timeoutMs, { environment: env, ...changes });

/** For tests: a context that keeps evidence. */
export const keepingContext = (kept: Kept, changes: Partial<ProbeContext> = {}): ProbeContext =>
  visitContext({
    keep: async (name, content) => {
      kept.set(name, content);
      return `evidence/${name}`;
    },
    ...changes,
  });

/** For tests: how a look failed. */
export const failureOf = async (spec: Spec, context = visitContext()): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, context).catch((thrown: unknown) => thrown);
  if (error instanceof CouldNotLook) return error;
  throw new Error(`the look should have failed: ${JSON.stringify(error)}`, { cause: error });
};

/** For tests: which defaults of a spec do not hold for facts, as `fact: reason code`. */
export const brokenDefaults = (spec: Spec, facts: Facts): readonly string[] => {
  const signs = page.explain(facts, spec);
  return page
    .defaults(spec)
    .filter((expectation) => !evaluate({ ...expectation, source: null }, facts, new Date()).held)
    .map(({ fact, level }) => `${level} ${fact}: ${signs.find((sign) => sign.fact === fact)?.code ?? 'no sign'}`);
};
