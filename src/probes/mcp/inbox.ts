import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import type { JsonObject } from '../../model/json.ts';
import { quoted } from '../answer/bounds.ts';
import { answerFlaw, isUnasked, type RequestId } from './message.ts';
import type { Failure } from './stop.ts';
import type { Traffic } from './traffic.ts';

/** What becomes of a message: the library gets it, nobody does, or the conversation is over. */
export type Sorted = 'deliver' | 'drop' | Failure;

/** Sorts the messages of a channel that carries all of them in one stream. */
export type Inbox = {
  readonly sent: (message: JSONRPCMessage) => void;
  readonly sort: (message: JsonObject) => Sorted;
  /** The method of the request that has waited longest; null when all are answered. */
  readonly waitingFor: () => string | null;
  /** Whether anything but the era probe was sent. */
  readonly hasGreeted: () => boolean;
};

/** The library answers each with a refusal; beyond this many a server gets no more of them. */
const MOST_REFUSED = 100;

const shown = (message: JsonObject): string => quoted(JSON.stringify(message), 100);

/** The client library drops in silence what is refused here, and then waits for its deadline. */
export const newInbox = (traffic: Traffic): Inbox => {
  const waiting = new Map<unknown, string>();
  const answered = new Set<unknown>();
  let greeted = false;
  let asked = 0;

  const wrong = (message: string): Failure => ({ code: 'mcp-protocol', message });

  const unasked = (message: JsonObject): Sorted => {
    traffic.note(message);
    if (!Object.hasOwn(message, 'id')) return 'drop';
    asked += 1;
    return asked > MOST_REFUSED ? 'drop' : 'deliver';
  };

  const answer = (message: JsonObject): Sorted => {
    const { id } = message;
    const method = waiting.get(id);
    if (method === undefined) {
      if (answered.has(id)) return wrong(`the server answers the same request twice: ${shown(message)}`);
      return id === undefined || id === null
        ? wrong(`the server answers without the id of a request: ${shown(message)}`)
        : wrong(`the server answers a request that was not made: ${shown(message)}`);
    }
    const flaw = answerFlaw(message);
    if (flaw !== null) return wrong(`${flaw} (${method})`);
    waiting.delete(id);
    answered.add(id);
    return 'deliver';
  };

  return {
    sent: (message) => {
      if (!('method' in message)) return;
      if (message.method !== 'server/discover') greeted = true;
      if ('id' in message) waiting.set(message.id satisfies RequestId, message.method);
    },
    sort: (message) => (isUnasked(message) ? unasked(message) : answer(message)),
    waitingFor: () => waiting.values().next().value ?? null,
    hasGreeted: () => greeted,
  };
};
