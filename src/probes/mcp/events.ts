import { isJsonObject } from '../../model/json.ts';
import { readJson } from '../http/json-text.ts';
import { quoted } from './bounds.ts';
import type { Asked } from './response.ts';
import type { Failure } from './stop.ts';

/** Reads along with an event stream; each call says what has just been found to be wrong, or null. */
export type EventWatch = {
  readonly push: (chunk: Uint8Array) => Failure | null;
  readonly end: () => Failure | null;
};

/**
 * Watches the answer to one request: messages that are not JSON-RPC, answers to other requests, a second answer, and an
 * end without any. The client library drops all of these in silence and waits for the deadline.
 */
export const watchEvents = (asked: Asked): EventWatch => {
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];
  let type = '';
  let answered = false;

  const wrong = (message: string): Failure => ({ code: 'mcp-protocol', message: `${message} (${asked.method})` });

  const dispatch = (): Failure | null => {
    const text = data.join('\n');
    const ours = text !== '' && (type === '' || type === 'message');
    data = [];
    type = '';
    if (!ours) return null;
    const read = readJson(text);
    if (!read.ok) return wrong(`the event stream holds what is not JSON-RPC: ${quoted(text, 100)}`);
    const message = read.value;
    if (!isJsonObject(message) || message['jsonrpc'] !== '2.0') {
      return wrong(`the event stream holds what is not a JSON-RPC message: ${quoted(text, 100)}`);
    }
    if (Object.hasOwn(message, 'method')) return null;
    if (message['id'] !== asked.id) return wrong(`the event stream answers another request: ${quoted(text, 100)}`);
    if (answered) return wrong('the event stream answers twice');
    answered = true;
    return null;
  };

  const take = (line: string): Failure | null => {
    if (line === '') return dispatch();
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'data') data.push(value ?? '');
    if (field === 'event') type = value ?? '';
    return null;
  };

  return {
    push: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      return lines.reduce<Failure | null>((failure, line) => failure ?? take(line), null);
    },
    end: () =>
      answered
        ? null
        : { code: 'closed-early', message: `the server ended the event stream before it answered ${asked.method}` },
  };
};
