import type { FetchLike } from '@modelcontextprotocol/client';
import { isJsonObject } from '../../../model/json.ts';
import { readJson } from '../../http/json-text.ts';
import type { Halt } from '../halt.ts';
import { replyTo, type Rules } from './reply.ts';
import type { Asked } from './response.ts';
import type { Reply, Wire } from './wire.ts';

/** The halt of the call that a span marks, else the one of the whole conversation. */
export type HaltOf = (span: string) => Halt;

/**
 * How the client library reaches the network: our engine. What goes wrong with a request stops what it belongs to. No
 * redirect is followed and no GET stream opened. Credentials are added by the wire, so that the library never has them.
 */
export const fetchOver =
  (wire: Wire, haltOf: HaltOf, rules: Rules): FetchLike =>
  async (url, init) => {
    const method = init?.method ?? 'GET';
    if (method !== 'POST' && method !== 'DELETE') return new Response(null, { status: 405 });
    const text = typeof init?.body === 'string' ? init.body : '';
    const { asked, span, matters } = readOwn(text, method);
    const halt = haltOf(span);
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
    const headers = [...new Headers(init?.headers)];
    const said = { method, url: new URL(url), headers, body: text === '' ? null : Buffer.from(text) };
    let reply: Reply | null = null;
    try {
      reply = await wire.send(said, either);
      return await replyTo(asked, reply, guarded, rules);
    } catch (error) {
      reply?.close();
      throw keep(error);
    }
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
