import { CouldNotLook } from '../../probe.ts';
import { readJson } from '../../http/json-text.ts';
import { readEventStream } from '../../sse/event-stream.ts';
import { quoted } from '../../answer/bounds.ts';
import { answerFlaw, isMessage, isUnasked } from '../message.ts';
import type { Failure } from '../stop.ts';
import type { Traffic } from '../traffic.ts';
import type { Asked } from './response.ts';

/** Reads along with an event stream; each call says what has just been found to be wrong, or null. */
export type EventWatch = {
  readonly push: (chunk: Uint8Array) => Failure | null;
  /** What the end of the stream means: null when it has answered, or may be read on from an event (`resumeFrom`). */
  readonly end: () => Failure | null;
  /** The id after which a stream that ended without an answer can be read on; null when there is none. */
  readonly resumeFrom: () => string | null;
};

const LONGEST_EVENT = 10 * 1024 * 1024;

/**
 * Watches the answer to one request: messages that are not JSON-RPC, answers to other requests, a second answer, and an
 * end without any. The client library drops all of these in silence and waits for the deadline.
 */
export const watchEvents = (asked: Asked, traffic: Traffic): EventWatch => {
  let answered = false;
  let failure: Failure | null = null;

  const wrong = (message: string): Failure => ({ code: 'mcp-protocol', message: `${message} (${asked.method})` });

  const failureIn = (text: string): Failure | null => {
    const read = readJson(text);
    if (!read.ok) return wrong(`the event stream holds what is not JSON-RPC: ${quoted(text, 100)}`);
    const message = read.value;
    if (!isMessage(message)) {
      return wrong(`the event stream holds what is not a JSON-RPC message: ${quoted(text, 100)}`);
    }
    if (isUnasked(message)) {
      traffic.note(message);
      return null;
    }
    if (message['id'] !== asked.id) return wrong(`the event stream answers another request: ${quoted(text, 100)}`);
    if (answered) return wrong('the event stream answers twice');
    answered = true;
    const flaw = answerFlaw(message);
    return flaw === null ? null : wrong(flaw);
  };

  const ignore = (): void => {};
  const reader = readEventStream(LONGEST_EVENT, {
    // An event of another type, or of no data, is nobody's message; the library passes over it as well.
    event: ({ type, data }) => {
      if (type === 'message' && data !== '') failure ??= failureIn(data);
    },
    comment: ignore,
    invalid: ignore,
  });

  const resumeFrom = (): string | null => (answered || reader.lastEventId() === '' ? null : reader.lastEventId());

  return {
    resumeFrom,
    push: (chunk) => {
      try {
        reader.push(chunk, 0);
        return failure;
      } catch (error) {
        if (error instanceof CouldNotLook) return { code: error.code, message: `${error.message} (${asked.method})` };
        throw error;
      }
    },
    end: () =>
      answered || resumeFrom() !== null
        ? null
        : { code: 'closed-early', message: `the server ended the event stream before it answered ${asked.method}` },
  };
};
