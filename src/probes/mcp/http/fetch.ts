import type { FetchLike } from '@modelcontextprotocol/client';
import { isJsonObject } from '../../../model/json.ts';
import { readJson } from '../../http/json-text.ts';
import type { Halt } from '../halt.ts';
import { replyTo, type Rules } from './reply.ts';
import type { Asked } from './response.ts';
import type { Reply, Wire } from './wire.ts';

/**
 * How the client library reaches the network: our engine. What goes wrong there stops the conversation. No redirect is
 * followed and no GET stream opened. Credentials are added by the wire, so that the library never has them.
 */
export const fetchOver = (wire: Wire, halt: Halt, rules: Rules): FetchLike => {
  const keep = (error: unknown): unknown => {
    if (error instanceof Error) halt.stop(error);
    return error;
  };

  return async (url, init) => {
    const method = init?.method ?? 'GET';
    if (method !== 'POST' && method !== 'DELETE') return new Response(null, { status: 405 });
    // The library says goodbye to requests that it gave up; that must not hide why it did.
    halt.signal.throwIfAborted();
    const text = typeof init?.body === 'string' ? init.body : '';
    const either = init?.signal ? AbortSignal.any([halt.signal, init.signal]) : halt.signal;
    const givenUp = (): boolean => init?.signal?.aborted === true && !halt.signal.aborted;
    /** An event stream is read after its fetch has ended: what goes wrong in it is kept all the same. */
    const guarded = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      try {
        yield* body;
      } catch (error) {
        throw givenUp() ? error : keep(error);
      }
    };
    const said = {
      method,
      url: new URL(url),
      headers: [...new Headers(init?.headers)],
      body: text === '' ? null : Buffer.from(text),
    };
    let reply: Reply | null = null;
    try {
      reply = await wire.send(said, either);
      return await replyTo(askedBy(text, method), reply, guarded, rules);
    } catch (error) {
      reply?.close();
      throw givenUp() ? error : keep(error);
    }
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
