import type { Head } from '../engine/answer.ts';
import { watchEvents } from './events.ts';
import { bodyFailure, headerOf, headFailure, mediaTypeOf, type Asked } from './response.ts';
import { Stopped, type Failure } from './stop.ts';

type Body = AsyncIterable<Uint8Array>;

/**
 * The response as the client library gets it. Throws `Stopped` when it ends the conversation; in an event stream that
 * happens while the library reads, so `guard` sees those errors.
 */
export const replyTo = async (asked: Asked, head: Head, body: Body, guard: (body: Body) => Body): Promise<Response> => {
  const init = { status: head.status, headers: passedOn(head) };
  stopOn(headFailure(head, asked));
  if (asked.id !== null && mediaTypeOf(head) === 'text/event-stream') {
    return new Response(ReadableStream.from(guard(watched(asked, body))), init);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const problem = asked.id === null || head.status !== 200 ? null : bodyFailure(bytes.toString('utf8'), asked);
  // What is no answer to the era probe may still be a server of the older era.
  if (problem !== null && asked.method === 'server/discover') return new Response(null, { status: 400 });
  stopOn(problem);
  return new Response(bytes.byteLength === 0 ? null : bytes, init);
};

const watched = async function* (asked: Asked, body: Body): AsyncGenerator<Uint8Array> {
  const watch = watchEvents(asked);
  for await (const chunk of body) {
    stopOn(watch.push(chunk));
    yield chunk;
  }
  stopOn(watch.end());
};

const stopOn = (failure: Failure | null): void => {
  if (failure !== null) throw new Stopped(failure);
};

/** The response headers that the client library reads. */
const passedOn = (head: Head): Headers => {
  const headers = new Headers();
  for (const name of ['content-type', 'mcp-session-id']) {
    const value = headerOf(head, name);
    if (value !== null && /^[\x20-\x7e]*$/.test(value)) headers.set(name, value);
  }
  return headers;
};
