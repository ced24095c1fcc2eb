import type { EngineContext } from '../../src/probes/engine/context.ts';
import { DEFAULT_LIMITS, DEFAULT_TLS, type HttpRequest } from '../../src/probes/engine/request.ts';
import { CouldNotLook } from '../../src/probes/probe.ts';

/** A GET with every option at its default and no proxy. */
export const getRequest = (url: string, changes: Partial<HttpRequest> = {}): HttpRequest => ({
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

/** A context with real clocks and a deadline of its own. */
export const realContext = (timeoutMs = 5000, changes: Partial<EngineContext> = {}): EngineContext => ({
  signal: AbortSignal.timeout(timeoutMs),
  timeoutMs,
  monotonicMs: () => performance.now(),
  now: () => new Date(),
  agent: { name: 'gonogo', version: '0.0.0' },
  proxyEnvironment: {},
  ...changes,
});

/** The `CouldNotLook` that a promise rejects with; anything else is the test's failure. */
export const troubleOf = async (promise: Promise<unknown>): Promise<CouldNotLook> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof CouldNotLook) return error;
    throw error;
  }
  throw new Error('it was no trouble at all');
};
