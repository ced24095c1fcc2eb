import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Head } from './answer.ts';
import { brokenOff } from './http2-cause.ts';
import { errorName } from './http2-frames.ts';
import { FIELD_OVERHEAD, readHttp2Heads } from './http2-heads.ts';
import { watchedPipe } from './http2-pipe.ts';
import { http2Fields } from './http2-request.ts';
import { type Complaint, type Http2Watch, watchHttp2 } from './http2-watch.ts';
import { type Incoming, listen } from './incoming.ts';
import type { Journey, Link } from './link.ts';
import type { HttpRequest } from './request.ts';

/** A head and the body behind it. Read `incoming` to its end: null comes only when the whole response has come. */
export type Asked = { readonly head: Head; readonly incoming: Incoming };

/** What only HTTP/2 tells here: the fields behind the body, known once `incoming` has been read to its end. */
export type AskedOverHttp2 = Asked & { readonly trailers: () => Head['headers'] };

/** One request on a session of its own. */
type Talk = {
  readonly stream: ClientHttp2Stream;
  /** What the stream brings; takes over its errors. */
  readonly received: Incoming;
  readonly watch: Http2Watch;
  /** Ends the exchange; the first error is its cause. */
  readonly fail: (error: unknown) => void;
  readonly failed: () => boolean;
  /** Why there is no whole response. */
  readonly cause: () => unknown;
};

const watchFor = ({ request, clock, trace }: Journey, wire: Incoming): Http2Watch => {
  const watch = watchHttp2({
    limits: request.limits,
    bodyBytes: request.body?.length ?? 0,
    onRequestSent: () => {
      if (clock.phase() === 'request') clock.enter('wait');
    },
    onResponse: () => clock.enter('transfer', wire.arrivedAt() ?? undefined),
  });
  trace.progress = watch.progress;
  return watch;
};

const connectOver = async (pipe: Duplex, { url, limits }: HttpRequest): Promise<ClientHttp2Session> => {
  const { connect } = await import('node:http2');
  return connect(url.origin, {
    createConnection: () => pipe,
    settings: { enablePush: false, maxHeaderListSize: limits.headerBytes },
    maxHeaderListPairs: Math.ceil(limits.headerBytes / FIELD_OVERHEAD),
  });
};

/** What our side closed the stream for, before it could tell the server. */
const ownComplaint = ({ rstCode = 0 }: ClientHttp2Stream): Complaint | null => {
  const code = errorName(rstCode);
  return code === 'NO_ERROR' || code === 'CANCEL' ? null : { by: 'us', frame: 'RST_STREAM', code, text: Buffer.of() };
};

const openTalk = async (socket: Duplex, journey: Journey): Promise<Talk> => {
  const { request, context, clock, trace } = journey;
  const { signal } = context;
  const wire = listen(socket, context.monotonicMs);
  // A tunnel has left the socket paused.
  socket.resume();
  const watch = watchFor(journey, wire);
  const end: { failure: { readonly error: unknown } | null; fault: Error | null } = { failure: null, fault: null };
  const fail = (error: unknown): void => {
    end.failure ??= { error: signal.aborted ? signal.reason : error };
    session.destroy();
  };
  const pipe = watchedPipe(socket, wire, watch, (error) => {
    // What the peer sent before it closed is still on its way through the session.
    if (error === null) setImmediate(() => session.destroy());
    else fail(error);
  });
  const session = await connectOver(pipe, request);
  trace.closers.push(() => session.destroy());
  session.on('error', (error) => {
    end.fault ??= error;
  });
  signal.throwIfAborted();
  clock.enter('request');
  const stream = session.request(http2Fields(request, context.agent), { endStream: request.body === null });
  const cause = (): unknown => {
    if (end.failure !== null) return end.failure.error;
    if (signal.aborted) return signal.reason;
    const complaint = watch.complaint() ?? ownComplaint(stream);
    const { headerBytes } = request.limits;
    return brokenOff({ complaint, fault: end.fault, headerBytes, got: trace.progress() ?? 'nothing' });
  };
  const failed = (): boolean => end.failure !== null;
  return { stream, received: listen(stream, context.monotonicMs), watch, fail, failed, cause };
};

const awaitHead = (
  { stream, fail, cause }: Talk,
  { request, trace }: Journey,
  onTrailers: (fields: Head['headers']) => void,
): Promise<Head> =>
  new Promise((resolve, reject) => {
    const heads = readHttp2Heads(request.limits);
    const guarded = (take: () => void): void => {
      try {
        take();
      } catch (error) {
        fail(error);
      }
    };
    stream.on('headers', (_headers, _flags, raw) => guarded(() => heads.interim(raw)));
    stream.on('trailers', (_headers, _flags, raw) => guarded(() => onTrailers(heads.trailers(raw))));
    stream.once('response', (_headers, _flags, raw) =>
      guarded(() => {
        const head = heads.final(raw);
        trace.status = head.status;
        resolve(head);
      }),
    );
    stream.once('close', () => reject(cause()));
  });

/** Sends the request over HTTP/2 and waits for the final head. Throws `CouldNotLook`, or the error of the socket. */
export const askOverHttp2 = async ({ socket }: Link, journey: Journey): Promise<AskedOverHttp2> => {
  const talk = await openTalk(socket, journey);
  const { stream, received, watch, failed, cause } = talk;
  let whole = false;
  stream.once('end', () => {
    // Trailers can still be over a limit when the last byte has come.
    whole = watch.ended() && !failed();
  });
  const { body } = journey.request;
  if (body !== null) stream.end(body);
  let trailers: Head['headers'] = [];
  const head = await awaitHead(talk, journey, (fields) => {
    trailers = fields;
  });
  const next = async (): Promise<Uint8Array | null> => {
    const bytes = await received.next().catch(() => null);
    if (bytes === null && !whole) throw cause();
    return bytes;
  };
  return { head, incoming: { ...received, next }, trailers: () => trailers };
};
