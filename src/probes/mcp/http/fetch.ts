import type { FetchLike } from '@modelcontextprotocol/client';
import { isJsonObject } from '../../../model/json.ts';
import { readJson } from '../../http/json-text.ts';
import type { Halt } from '../halt.ts';
import { Stopped, type Failure } from '../stop.ts';
import { replyTo, type Rules } from './reply.ts';
import type { Asked } from './response.ts';
import type { Reply, Wire } from './wire.ts';

/** The halt of the call that a span marks, else the one of the whole conversation. */
export type HaltOf = (span: string) => Halt;

/** A request of ours: what it asks, what ends with it when it fails, and whether that matters. */
type Own = { readonly asked: Asked; readonly halt: Halt; readonly matters: boolean };

/** How often the streams of one look may be read on: a server that never answers may not keep us. */
const MOST_RESUMED = 10;

/**
 * How the client library reaches the network: our engine. What goes wrong with a request stops what it belongs to. No
 * redirect is followed. A GET is sent for nothing but to read on a stream that the server ended before its answer, and
 * with an id to read on from (2025-11-25). Credentials are added by the wire, so that the library never has them.
 */
export const fetchOver = (wire: Wire, haltOf: HaltOf, rules: Rules): FetchLike => {
  const resumable = new Map<string, Own>();
  let resumed = 0;

  const ownOf = (method: string, text: string, headers: Headers): Own | null => {
    if (method === 'POST' || method === 'DELETE') {
      const { asked, span, matters } = readOwn(text, method);
      return { asked, halt: haltOf(span), matters };
    }
    return resumable.get(headers.get('last-event-id') ?? '') ?? null;
  };

  return async (url, init) => {
    const method = init?.method ?? 'GET';
    const text = typeof init?.body === 'string' ? init.body : '';
    const headers = new Headers(init?.headers);
    const own = ownOf(method, text, headers);
    if (own === null) return new Response(null, { status: 405 });
    const { asked, halt, matters } = own;
    // The library says goodbye to requests that it gave up; that must not hide why it did.
    halt.signal.throwIfAborted();
    const either = init?.signal ? AbortSignal.any([halt.signal, init.signal]) : halt.signal;
    const keep = (error: unknown): unknown => {
      const givenUp = init?.signal?.aborted === true && !halt.signal.aborted;
      if (error instanceof Error && matters && !givenUp) halt.stop(error);
      return error;
    };
    /** An event stream is read after its fetch has ended: what goes wrong in it is kept all the same. */
    const guarded = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      try {
        yield* body;
      } catch (error) {
        throw keep(error);
      }
    };
    const resume = (after: string): void => {
      resumed += 1;
      if (resumed > MOST_RESUMED) throw keep(new Stopped(endedEarly(asked)));
      resumable.set(after, own);
    };
    const said = { method, url: new URL(url), headers: [...headers], body: text === '' ? null : Buffer.from(text) };
    let reply: Reply | null = null;
    try {
      reply = await wire.send(said, either);
      if (method === 'GET' && reply.head.status >= 400) throw new Stopped(endedEarly(asked, reply.head.status));
      return await replyTo(asked, reply, guarded, rules, resume);
    } catch (error) {
      reply?.close();
      throw keep(error);
    }
  };
};

const endedEarly = ({ method }: Asked, status?: number): Failure => {
  const how = status === undefined ? `, ${MOST_RESUMED} times` : `, and does not let it be read on (HTTP ${status})`;
  return { code: 'closed-early', message: `the server ended the event stream before it answered ${method}${how}` };
};

/** Without these there is no conversation; whether another notification arrives is nothing to what was asked. */
const NEEDED: ReadonlySet<string> = new Set(['notifications/initialized']);

/** What a request asks, which call it belongs to, and whether it matters when it fails; our own text. */
const readOwn = (
  body: string,
  fallback: string,
): { readonly asked: Asked; readonly span: string; readonly matters: boolean } => {
  const read = readJson(body);
  const message = read.ok && isJsonObject(read.value) ? read.value : {};
  const { method, params } = message;
  const name = typeof method === 'string' ? method : fallback;
  const id = typeof method === 'string' ? message['id'] : null;
  const meta = isJsonObject(params) ? params['_meta'] : undefined;
  const span = isJsonObject(meta) ? meta['traceparent'] : undefined;
  const asked = { method: name, id: typeof id === 'string' || typeof id === 'number' ? id : null };
  return { asked, span: typeof span === 'string' ? span : '', matters: asked.id !== null || NEEDED.has(name) };
};
