import type { FetchLike } from '@modelcontextprotocol/client';
import { isJsonObject } from '../../model/json.ts';
import type { Connection, Head, Timings } from '../engine/answer.ts';
import type { openExchange, OpenExchange } from '../engine/exchange.ts';
import type { HttpRequest } from '../engine/request.ts';
import { readJson } from '../http/json-text.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { replyTo } from './reply.ts';
import type { Asked } from './response.ts';

/** All responses of one look together; a server that sends more is not read to the end. */
const MAX_TOTAL_BYTES = 32 * 1024 * 1024;

/** How the client library reaches the network: our engine, and a record of what it saw. */
export type Wire = {
  /** Throws what it keeps in `stopped`; follows no redirect and opens no GET stream. */
  readonly fetch: FetchLike;
  /** The last response; null when there was none. */
  readonly last: () => Seen | null;
  /** What ended the conversation on the wire; the client library wraps it in errors that hide the cause. */
  readonly stopped: () => Error | null;
  /** Aborts at the deadline, and when the conversation was ended on the wire. */
  readonly signal: AbortSignal;
  /** Ends all connections. What fails from now on is no longer kept. */
  readonly close: () => void;
};

export type Seen = { readonly head: Head; readonly connection: Connection; readonly timings: () => Timings };

/** Requests without what changes from one to the next. */
export type RequestBase = Omit<HttpRequest, 'method' | 'url' | 'body'>;

type Open = typeof openExchange;

/** A fetch for one look. `base.headers` come on top of those of the client library. */
export const openWire = (base: RequestBase, context: ProbeContext, open: Open): Wire => {
  const exchanges = new Set<OpenExchange>();
  let last: Seen | null = null;
  let stopped: Error | null = null;
  let closed = false;
  let totalBytes = 0;
  const halt = new AbortController();
  const signal = AbortSignal.any([context.signal, halt.signal]);

  const keep = (error: unknown): unknown => {
    if (closed || !(error instanceof Error)) return error;
    stopped ??= error;
    halt.abort();
    return error;
  };

  const bounded = async function* (exchange: OpenExchange): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of exchange.body) {
        totalBytes += chunk.byteLength;
        if (totalBytes > MAX_TOTAL_BYTES)
          throw new CouldNotLook('body-limit', 'the server sent more than 32 MiB in one look');
        yield chunk;
      }
    } finally {
      exchange.close();
      exchanges.delete(exchange);
    }
  };

  /** An event stream is read after its fetch has ended: what goes wrong in it is kept all the same. */
  const guarded = async function* (
    body: AsyncIterable<Uint8Array>,
    givenUp: () => boolean,
  ): AsyncGenerator<Uint8Array> {
    try {
      yield* body;
    } catch (error) {
      throw givenUp() ? error : keep(error);
    }
  };

  const fetch: FetchLike = async (url, init) => {
    const method = init?.method ?? 'GET';
    if (method !== 'POST' && method !== 'DELETE') return new Response(null, { status: 405 });
    // The library says goodbye to requests that it gave up; that must not hide why it did.
    signal.throwIfAborted();
    const text = typeof init?.body === 'string' ? init.body : '';
    const either = init?.signal ? AbortSignal.any([signal, init.signal]) : signal;
    const givenUp = (): boolean => init?.signal?.aborted === true && !signal.aborted;
    let exchange: OpenExchange | null = null;
    const request = {
      ...base,
      method,
      url: new URL(url),
      headers: [...new Headers(init?.headers), ...base.headers],
      body: text === '' ? null : Buffer.from(text),
    };
    try {
      exchange = await open(request, { ...context, signal: either });
      exchanges.add(exchange);
      last = { head: exchange.head, connection: exchange.connection, timings: exchange.timings };
      const { head } = exchange;
      return await replyTo(askedBy(text, method), head, bounded(exchange), (body) => guarded(body, givenUp));
    } catch (error) {
      exchange?.close();
      throw givenUp() ? error : keep(error);
    }
  };

  return {
    fetch,
    last: () => last,
    stopped: () => stopped,
    signal,
    close: () => {
      closed = true;
      for (const exchange of exchanges) exchange.close();
    },
  };
};

/** What a request body asks; our own text, written by the client library. */
const askedBy = (body: string, fallback: string): Asked => {
  const read = readJson(body);
  const message = read.ok && isJsonObject(read.value) ? read.value : {};
  const { method, id } = message;
  return {
    method: typeof method === 'string' ? method : fallback,
    id: typeof method === 'string' && (typeof id === 'string' || typeof id === 'number') ? id : null,
  };
};
