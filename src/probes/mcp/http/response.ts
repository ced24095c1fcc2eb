import type { Json } from '../../../model/json.ts';
import type { Head } from '../../engine/answer.ts';
import { shownReference } from '../../engine/redirect-shown-url.ts';
import { readJson } from '../../http/json-text.ts';
import { quoted } from '../../answer/bounds.ts';
import { answerFlaw, isMessage } from '../message.ts';
import type { Failure } from '../stop.ts';

/** The request that a response answers: its JSON-RPC method, and its id when an answer is due. */
export type Asked = { readonly method: string; readonly id: string | number | null };

/** The value of a response header; null when absent. */
export const headerOf = (head: Head, name: string): string | null =>
  head.headers.find(([key]) => key === name)?.[1] ?? null;

/** The media type of a response in lower case, without parameters. */
export const mediaTypeOf = (head: Head): string =>
  (headerOf(head, 'content-type') ?? '').split(';', 1).join('').trim().toLowerCase();

const ANSWER_TYPES: readonly string[] = ['application/json', 'text/event-stream'];

/** What a response head says about the end of the conversation; null when it may go on. Pure. */
export const headFailure = (head: Head, asked: Asked, types = ANSWER_TYPES): Failure | null => {
  const { status } = head;
  if (status >= 300 && status < 400) return redirectFailure(head);
  const refusal = refusalOf(head);
  if (refusal !== null) return refusal;
  if (status < 200 || status > 599) {
    return { code: 'http-status', message: `the server answered ${asked.method} with HTTP ${status}` };
  }
  if (status >= 300 || asked.id === null) return null;
  if (status !== 200) {
    return { code: 'mcp-protocol', message: `the server answered ${asked.method} with HTTP ${status} and no result` };
  }
  const type = mediaTypeOf(head);
  if (types.includes(type)) return null;
  const page = type === 'text/html' ? 'an HTML page: a login page, a parking page or a wrong path' : quoted(type);
  return {
    code: 'wrong-content-type',
    message: `${asked.method} was answered with ${page}, where MCP answers JSON or an event stream`,
  };
};

const redirectFailure = (head: Head): Failure => {
  const location = headerOf(head, 'location');
  const target = location === null ? 'without saying where' : `to ${shownReference(location)}`;
  return { code: 'redirect-unexpected', message: `the server redirects (HTTP ${head.status}) ${target}` };
};

const refusalOf = (head: Head): Failure | null => {
  const challenge = headerOf(head, 'www-authenticate');
  const asks = challenge === null ? '' : `, WWW-Authenticate: ${quoted(challenge)}`;
  const wait = headerOf(head, 'retry-after');
  const status = `HTTP ${head.status}`;
  if (head.status === 401)
    return { code: 'auth-required', message: `the server asks for credentials (${status}${asks})` };
  if (head.status === 403) return { code: 'auth-forbidden', message: `the server refuses access (${status}${asks})` };
  if (head.status === 407) return { code: 'proxy-error', message: `a proxy asks for credentials (${status})` };
  if (head.status === 429) {
    const after = wait === null ? '' : `, Retry-After: ${quoted(wait)}`;
    return { code: 'rate-limited', message: `the server limits our requests (${status}${after})` };
  }
  return head.status >= 500 && head.status < 600
    ? { code: 'http-5xx', message: `the server answers ${status} ${head.statusText}`.trim() }
    : null;
};

/** What is wrong with the JSON body of a response as the answer to a request; null when it is its answer. Pure. */
export const bodyFailure = (body: string, asked: Asked): Failure | null => {
  const wrong = (message: string): Failure => ({ code: 'mcp-protocol', message: `${message} (${asked.method})` });
  const read = readJson(body);
  if (!read.ok) return wrong(`the answer is not JSON-RPC: ${read.problem}; it begins ${quoted(body, 100)}`);
  const messages: readonly (Json | undefined)[] = Array.isArray(read.value) ? read.value : [read.value];
  const answers = messages.filter((message) => isMessage(message));
  if (answers.length === 0) return wrong(`the answer is not a JSON-RPC message: ${quoted(body, 100)}`);
  const [answer, ...more] = answers.filter((message) => message['id'] === asked.id);
  if (answer === undefined || more.length > 0) {
    return wrong(`the answer does not carry the id of the request once: ${quoted(body, 100)}`);
  }
  const flaw = answerFlaw(answer);
  return flaw === null ? null : wrong(flaw);
};
