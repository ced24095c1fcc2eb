import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import type { ProbeContext } from '../../probe.ts';
import { wholeChannel, type Channel } from '../channel.ts';
import type { Library } from '../client.ts';
import { newHalt } from '../halt.ts';
import { headFailure } from '../http/response.ts';
import { wireFacts } from '../http/wire-facts.ts';
import { openWire, type Reply, type RequestBase, type Wire } from '../http/wire.ts';
import { newInbox } from '../inbox.ts';
import { newPipe, type Pipe } from '../pipe.ts';
import { Stopped, type Failure } from '../stop.ts';
import type { Traffic } from '../traffic.ts';
import { readAnswers } from './events.ts';

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Opens the event stream with the GET that is this transport's beginning. Throws `Stopped` and `CouldNotLook`. */
const openStream = async (wire: Wire, url: URL, signal: AbortSignal): Promise<Reply> => {
  const headers = [['accept', 'text/event-stream'] as const];
  const stream = await wire.send({ method: 'GET', url, headers, body: null }, signal);
  const { status } = stream.head;
  const refused: Failure | null =
    status >= 400 && status < 500
      ? { code: 'http-4xx', message: `no MCP endpoint over HTTP+SSE at this path (HTTP ${status})` }
      : null;
  const failure = headFailure(stream.head, { method: 'the request for events', id: '' }, ['text/event-stream']);
  if (failure === null && refused === null) return stream;
  stream.close();
  throw new Stopped(failure ?? refused ?? { code: 'http-status', message: `HTTP ${status}` });
};

type Post = { readonly to: URL; readonly message: JSONRPCMessage; readonly version: string | null };

/** Sends one message; its answer comes over the stream. Throws `Stopped` and `CouldNotLook`. */
const post = async (wire: Wire, { to, message, version }: Post, signal: AbortSignal): Promise<void> => {
  const headers = [
    ['content-type', 'application/json'] as const,
    ['accept', 'application/json, text/event-stream'] as const,
    ...(version === null ? [] : [['mcp-protocol-version', version] as const]),
  ];
  const said = { method: 'POST', url: to, headers, body: Buffer.from(JSON.stringify(message)) };
  const { head, close } = await wire.send(said, signal);
  close();
  const method = 'method' in message ? message.method : 'a refusal';
  const failure = headFailure(head, { method, id: null });
  if (failure !== null) throw new Stopped(failure);
  if (head.status >= 400) {
    throw new Stopped({ code: 'http-4xx', message: `the endpoint answered ${method} with HTTP ${head.status}` });
  }
};

/** HTTP+SSE of 2024-11-05: one event stream that carries all answers, and an endpoint that takes our messages. */
export const openSse = (
  library: Library,
  url: URL,
  base: RequestBase,
  context: ProbeContext,
  traffic: Traffic,
): Channel => {
  const halt = newHalt(context.signal);
  const wire = openWire(base, context);
  const inbox = newInbox(traffic);
  const named = Promise.withResolvers<void>();
  named.promise.catch(() => {});
  let endpoint: URL | null = null;
  let version: string | null = null;
  let pipe: Pipe | null = null;
  let started: Promise<void> | null = null;
  let over = false;

  const stop = (error: Error): void => {
    halt.stop(error);
    named.reject(error);
  };
  const events = readAnswers(url, library, inbox, {
    endpoint: (found) => {
      endpoint = found;
      named.resolve();
    },
    message: (message) => pipe?.deliver(message),
    failure: (failure) => stop(new Stopped(failure)),
  });
  /** A stream that is over is a failure only when something was still wanted of it. */
  const end = (): void => {
    over = true;
    const waitingFor = endpoint === null ? 'named an endpoint' : inbox.waitingFor();
    if (waitingFor === null) return;
    const wanted = endpoint === null ? waitingFor : `answered ${waitingFor}`;
    const message = `the server ended the event stream before it ${wanted}`;
    stop(new Stopped({ code: 'closed-early', message }));
  };
  const readAll = async ({ body }: Reply): Promise<void> => {
    for await (const chunk of body) events.push(chunk, 0);
    end();
  };
  const start = async (): Promise<void> => {
    openStream(wire, url, halt.signal)
      .then(readAll)
      .catch((error: unknown) => stop(asError(error)));
    await named.promise;
  };
  const send = async (message: JSONRPCMessage): Promise<void> => {
    inbox.sent(message);
    if (over) end();
    halt.signal.throwIfAborted();
    if (endpoint === null) throw new Error('a message was sent before there was an endpoint');
    try {
      await post(wire, { to: endpoint, message, version }, halt.signal);
    } catch (error) {
      stop(asError(error));
      throw error;
    }
  };

  return {
    transport: 'sse',
    line: () => {
      pipe = newPipe({ start: () => (started ??= start()), send });
      pipe.setProtocolVersion = (negotiated) => {
        version = negotiated;
      };
      return pipe;
    },
    signal: halt.signal,
    stopped: halt.stopped,
    scope: (_span, within) => wholeChannel(halt, within),
    answered: () => endpoint !== null,
    diedOfProbe: () => false,
    unfinished: () => (endpoint === null ? '; the event stream had not named an endpoint' : ''),
    facts: () => ({ transport: 'sse', ...wireFacts(wire.last()), ...traffic.facts() }),
    leave: async () => {
      halt.seal();
      wire.close();
    },
  };
};
