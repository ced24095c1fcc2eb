import type { Traffic } from '../traffic.ts';
import { Stopped, type Failure } from '../stop.ts';
import { watchEvents } from './events.ts';
import { bodyFailure, headerOf, headFailure, mediaTypeOf, type Asked } from './response.ts';
import type { Reply } from './wire.ts';

type Body = AsyncIterable<Uint8Array>;

/** What holds for all replies of one channel. */
export type Rules = {
  readonly traffic: Traffic;
  /** Whether a server that fails over the era probe may be one of the older era. */
  readonly eraIsOpen: boolean;
};

/** Where a stream that ended before its answer is told, with the id after which it can be read on. */
export type Resume = (after: string) => void;

/**
 * The response as the client library gets it. Throws `Stopped` when it ends the conversation; in an event stream that
 * happens while the library reads, so `guard` sees those errors.
 */
export const replyTo = async (
  asked: Asked,
  { head, body }: Reply,
  guard: (body: Body) => Body,
  { traffic, eraIsOpen }: Rules,
  resume: Resume,
): Promise<Response> => {
  const probing = asked.method === 'server/discover';
  const failure = headFailure(head, asked);
  if (probing && eraIsOpen && failure?.code === 'http-5xx') return notModern();
  stopOn(failure);
  const init = { status: head.status, headers: passedOn(head) };
  if (asked.id !== null && mediaTypeOf(head) === 'text/event-stream') {
    return new Response(ReadableStream.from(guard(watched(asked, body, traffic, resume))), init);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const problem = asked.id === null || head.status !== 200 ? null : bodyFailure(bytes.toString('utf8'), asked);
  if (problem !== null && probing && eraIsOpen) return notModern();
  stopOn(problem);
  return new Response(bytes.byteLength === 0 ? null : bytes, init);
};

/** What is no answer to the era probe may still be a server of the older era, which the library tries after this. */
const notModern = (): Response => new Response(null, { status: 400 });

const watched = async function* (
  asked: Asked,
  body: Body,
  traffic: Traffic,
  resume: Resume,
): AsyncGenerator<Uint8Array> {
  const watch = watchEvents(asked, traffic);
  for await (const chunk of body) {
    stopOn(watch.push(chunk));
    yield chunk;
  }
  stopOn(watch.end());
  const after = watch.resumeFrom();
  if (after !== null) resume(after);
};

const stopOn = (failure: Failure | null): void => {
  if (failure !== null) throw new Stopped(failure);
};

/** The response headers that the client library reads. */
const passedOn = (head: Reply['head']): Headers => {
  const headers = new Headers();
  for (const name of ['content-type', 'mcp-session-id']) {
    const value = headerOf(head, name);
    if (value !== null && /^[\x20-\x7e]*$/.test(value)) headers.set(name, value);
  }
  return headers;
};
