import type { Connection, Head, Timings } from '../../engine/answer.ts';
import { openExchange, type OpenExchange } from '../../engine/exchange.ts';
import type { HttpRequest } from '../../engine/request.ts';
import { CouldNotLook, type ProbeContext } from '../../probe.ts';

/** All responses of one look together; a server that sends more is not read to the end. */
const MAX_TOTAL_BYTES = 32 * 1024 * 1024;

/** What the last response showed below the protocol. */
export type Seen = { readonly head: Head; readonly connection: Connection; readonly timings: () => Timings };

/** A response whose body is bounded, and ends its connection when it was read or given up. */
export type Reply = { readonly head: Head; readonly body: AsyncIterable<Uint8Array>; readonly close: () => void };

/** What one request says; everything else is the same for all of a look. */
export type Said = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>;

/** Requests without what changes from one to the next. */
export type RequestBase = Omit<HttpRequest, 'method' | 'url' | 'body'>;

/** Our engine, for one look: one connection for each request, bounded together. */
export type Wire = {
  /** Throws `CouldNotLook`. `base.headers` come on top of those of the request. */
  readonly send: (said: Said, signal: AbortSignal) => Promise<Reply>;
  /** The last response; null when there was none. */
  readonly last: () => Seen | null;
  /** Ends all connections. */
  readonly close: () => void;
};

/** A wire on which nothing has been sent. */
export const openWire = (base: RequestBase, context: ProbeContext): Wire => {
  const exchanges = new Set<OpenExchange>();
  let last: Seen | null = null;
  let totalBytes = 0;

  const bounded = async function* (exchange: OpenExchange): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of exchange.body) {
        totalBytes += chunk.byteLength;
        if (totalBytes > MAX_TOTAL_BYTES) {
          throw new CouldNotLook('body-limit', 'the server sent more than 32 MiB in one look');
        }
        yield chunk;
      }
    } finally {
      exchange.close();
      exchanges.delete(exchange);
    }
  };

  return {
    send: async (said, signal) => {
      const request = { ...base, ...said, headers: [...said.headers, ...base.headers] };
      const exchange = await openExchange(request, { ...context, signal });
      exchanges.add(exchange);
      last = { head: exchange.head, connection: exchange.connection, timings: exchange.timings };
      return { head: exchange.head, body: bounded(exchange), close: exchange.close };
    },
    last: () => last,
    close: () => {
      for (const exchange of exchanges) exchange.close();
    },
  };
};
