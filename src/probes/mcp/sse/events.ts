import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import { readJson } from '../../http/json-text.ts';
import { readEventStream, type EventStreamReader } from '../../sse/event-stream.ts';
import { quoted } from '../../answer/bounds.ts';
import type { Library } from '../client.ts';
import type { Inbox } from '../inbox.ts';
import { isMessage } from '../message.ts';
import type { Failure } from '../stop.ts';
import { endpointOf } from './endpoint.ts';

const LONGEST_EVENT = 10 * 1024 * 1024;

/** Who is told what an event stream says. */
export type Listener = {
  readonly endpoint: (endpoint: URL) => void;
  readonly message: (message: JSONRPCMessage) => void;
  /** May be called again: the stream is read on so that its end is seen. */
  readonly failure: (failure: Failure) => void;
};

const wrong = (message: string): Failure => ({ code: 'mcp-protocol', message });

const messageIn = (data: string, library: Library, inbox: Inbox): JSONRPCMessage | Failure | null => {
  const read = readJson(data);
  const begins = quoted(data, 100);
  if (!read.ok) return wrong(`the event stream holds what is not JSON-RPC: ${begins}`);
  if (!isMessage(read.value)) return wrong(`the event stream holds what is not a JSON-RPC message: ${begins}`);
  const sorted = inbox.sort(read.value);
  if (sorted === 'drop') return null;
  if (sorted !== 'deliver') return sorted;
  try {
    return library.parseJSONRPCMessage(read.value);
  } catch {
    return wrong(`the event stream holds what is no JSON-RPC message: ${begins}`);
  }
};

/** Reads the one event stream of HTTP+SSE: first where our messages go, then the answers to all of them. */
export const readAnswers = (url: URL, library: Library, inbox: Inbox, tell: Listener): EventStreamReader => {
  let named = false;

  const takeEndpoint = (data: string): void => {
    const endpoint = named ? wrong('the event stream names its endpoint twice') : endpointOf(data, url);
    named = true;
    if (endpoint instanceof URL) tell.endpoint(endpoint);
    else tell.failure(endpoint);
  };

  const takeMessage = (data: string): void => {
    const message = messageIn(data, library, inbox);
    if (message === null) return;
    if ('jsonrpc' in message) tell.message(message);
    else tell.failure(message);
  };

  const ignore = (): void => {};
  return readEventStream(LONGEST_EVENT, {
    event: ({ type, data }) => {
      if (type === 'endpoint') takeEndpoint(data);
      else if (type === 'message' && data !== '') takeMessage(data);
    },
    comment: ignore,
    invalid: ignore,
  });
};
