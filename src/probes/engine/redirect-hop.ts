import type { CouldNotLook } from '../probe.ts';
import type { Answer } from './answer.ts';
import { connectionFacts } from './facts.ts';
import { headerValues } from './parse-head.ts';
import type { Hop } from './redirect-chain.ts';
import type { Step } from './redirect-loop.ts';
import { isRedirect } from './redirect-request.ts';
import type { HttpRequest } from './request.ts';

/** A request and its answer as one hop of a chain. */
export const hopOf = (request: HttpRequest, answer: Answer): Hop => ({
  method: request.method,
  url: request.url,
  status: answer.status,
  location: isRedirect(answer.status) ? (headerValues(answer.headers, 'location')[0] ?? null) : null,
  facts: connectionFacts(answer.connection, answer.timings),
  setCookie: headerValues(answer.headers, 'set-cookie').length > 0,
});

/** The hops as the diagnosis of loops wants them. */
export const stepsOf = (hops: readonly Hop[]): readonly Step[] =>
  hops.map(({ url, status }) => ({ url, status: status ?? 0 }));

/** A request that got no answer as the last hop of a chain. */
export const failedHop = (request: HttpRequest, failure: CouldNotLook): Hop => ({
  method: request.method,
  url: request.url,
  status: null,
  location: null,
  facts: failure.facts,
  setCookie: false,
});
