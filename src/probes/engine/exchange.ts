import type { Answer, Connection, Head, Timings } from './answer.ts';
import { bodyProgress, countExtra, isEmpty, newBodyCount, readBody, refuseForbiddenBody } from './body.ts';
import type { BodyCount } from './body.ts';
import { ACCEPTED, contentCodings } from './codings.ts';
import { collect } from './collect.ts';
import type { EngineContext } from './context.ts';
import { boundedBody, decodeBody } from './decode.ts';
import { failureOf } from './failure.ts';
import { bodyFraming, type Framing } from './framing.ts';
import type { Asked } from './http2-ask.ts';
import { type Incoming, listen } from './incoming.ts';
import { type Journey, type Link, openLink } from './link.ts';
import { awaitHead, refuseUnasked } from './receive-head.ts';
import { ALIASES_MS } from './reach.ts';
import type { HttpRequest } from './request.ts';
import { givenHeader, requestBytes } from './request-bytes.ts';
import { startClock } from './timings.ts';
import { connectionOf, newTrace } from './trace.ts';
import { refuseUnauthorized } from './tunnel.ts';
import { within } from './within.ts';
import { takeTurn } from './turn.ts';

/** A response whose head has come and whose body has not been read. Whoever opens one closes it. */
export type OpenExchange = {
  readonly head: Head;
  readonly connection: Connection;
  /** Decoded and bounded; iterating throws `CouldNotLook`. Read it once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** As of now. */
  readonly timings: () => Timings;
  /** Body bytes received so far, without chunk framing and before decoding. */
  readonly wireBytes: () => number;
  /** Monotonic instant at which the bytes behind the last piece of the body, or its end, reached us; null before any. */
  readonly arrivedAt: () => number | null;
  /** Bytes received so far after the response had ended. */
  readonly extraBytes: () => number;
  /** Ends the connection; may be called again. */
  readonly close: () => void;
};

/** An open exchange with what only this file needs of it. */
type Opened = OpenExchange & {
  readonly framing: Framing;
  readonly count: BodyCount;
  readonly incoming: Incoming;
  /** Makes an error of this exchange into what is thrown. */
  readonly failure: (error: unknown) => unknown;
};

/** How long a server may take to show that it sends more than its response. */
const EXTRA_LOOK_MS = 25;

const send = ({ socket, travel }: Link, { request, context, clock }: Journey): void => {
  const bytes = requestBytes(request, context.agent, travel);
  clock.enter('request');
  socket.write(bytes, (error) => {
    if (!error && clock.phase() === 'request') clock.enter('wait');
  });
};

/** Sends the request and waits for the final head; `incoming` is the body behind it. */
const ask = async (link: Link, journey: Journey): Promise<Asked> => {
  const { request, context, clock, trace } = journey;
  if (request.http2) {
    const { askOverHttp2 } = await import('./http2-ask.ts');
    return askOverHttp2(link, journey);
  }
  const incoming = listen(link.socket, context.monotonicMs);
  send(link, journey);
  return { head: await awaitHead(incoming, request.limits, clock, trace), incoming };
};

/** Over HTTP/2 the stream tells where a body ends, whatever the head announces. */
const HTTP2_FRAMING: Framing = { kind: 'until-close' };

const decodedBody = (
  { request, clock }: Journey,
  head: Head,
  framing: Framing,
  count: BodyCount,
  incoming: Incoming,
) => {
  const { limits } = request;
  const onEnd = (): void => clock.stop(incoming.arrivedAt() ?? undefined);
  const wire = readBody(incoming, request.http2 ? HTTP2_FRAMING : framing, limits, count, onEnd);
  const codings = isEmpty(framing)
    ? []
    : contentCodings(head.headers, givenHeader(request, 'accept-encoding') ?? ACCEPTED);
  return boundedBody(decodeBody(codings, wire, limits.decodedBodyBytes), limits.decodedBodyBytes);
};

const converse = async (journey: Journey, close: () => void, failure: Opened['failure']): Promise<Opened> => {
  const { request, clock, trace } = journey;
  const link = await openLink(journey);
  const { head, incoming } = await ask(link, journey);
  if (link.proxy !== null) refuseUnauthorized(link.proxy, head);
  refuseUnasked(request, head);
  await within(link.aliasesKnown, ALIASES_MS);
  const framing = bodyFraming(request.method, head, request.limits);
  const count = newBodyCount();
  trace.progress = () => bodyProgress(framing, count);
  const decoded = decodedBody(journey, head, framing, count, incoming);
  const body = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* decoded;
    } catch (error) {
      close();
      throw failure(error);
    }
  };
  return {
    head,
    connection: connectionOf(trace),
    body: body(),
    timings: clock.timings,
    wireBytes: () => count.wireBytes,
    arrivedAt: incoming.arrivedAt,
    extraBytes: () => count.extraBytes,
    close,
    framing,
    count,
    incoming,
    failure,
  };
};

const open = async (request: HttpRequest, context: EngineContext): Promise<Opened> => {
  const { signal } = context;
  await takeTurn('begin');
  const clock = startClock(context.monotonicMs);
  const trace = newTrace();
  const close = (): void => {
    signal.removeEventListener('abort', close);
    for (const closer of trace.closers) closer();
  };
  const failure = (error: unknown): unknown => failureOf(error, trace, clock, signal, context.timeoutMs);
  try {
    signal.throwIfAborted();
    signal.addEventListener('abort', close, { once: true });
    return await converse({ request, context, clock, trace }, close, failure);
  } catch (error) {
    close();
    throw failure(error);
  }
};

/** Sends one request on a connection of its own and waits for the head of the response. Throws `CouldNotLook`. */
export const openExchange = (request: HttpRequest, context: EngineContext): Promise<OpenExchange> =>
  open(request, context);

/** One request and its whole answer, decoded and within limits. Throws `CouldNotLook`. */
export const exchange = async (request: HttpRequest, context: EngineContext): Promise<Answer> => {
  const opened = await open(request, context);
  const { head, connection, framing, count, incoming } = opened;
  try {
    const whole = await collect(opened.body, framing.kind === 'length' ? framing.length : 0);
    if (framing.kind !== 'until-close' && count.extraBytes === 0) await countExtra(incoming, count, EXTRA_LOOK_MS);
    try {
      refuseForbiddenBody(framing, count);
    } catch (error) {
      throw opened.failure(error);
    }
    const { wireBytes, extraBytes } = count;
    return { ...head, connection, body: whole, wireBytes, extraBytes, timings: opened.timings() };
  } finally {
    opened.close();
  }
};
