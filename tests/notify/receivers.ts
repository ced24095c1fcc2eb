import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, stop } from '../stack/listen.ts';

/** Receivers that keep the rules of the real ones, so that what they take would be taken there. */

export type Received = {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** What was sent, as JSON; typed loosely because the rules below are what gives it a shape. */
  readonly json: Fields;
};

export type Fields = { readonly [name: string]: unknown };

type Reply = { readonly status: number; readonly body: string; readonly headers?: { readonly [name: string]: string } };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isText = (value: unknown, least: number, most: number): value is string =>
  typeof value === 'string' && value.length >= least && value.length <= most;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
};

const startReceiver = async (rules: (received: Received, size: number) => Reply) => {
  const received: Received[] = [];
  const troubles: Reply[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await bodyOf(request);
    const parsed: unknown = JSON.parse(text);
    const one = { path: request.url ?? '', headers: request.headers, json: isFields(parsed) ? parsed : {} };
    const isJson =
      request.headers['content-type']?.startsWith('application/json') === true && request.method === 'POST';
    const trouble = troubles.shift();
    const reply =
      trouble ?? (isJson ? rules(one, Buffer.byteLength(text)) : { status: 400, body: 'not a POST of JSON' });
    if (reply.status < 300) received.push(one);
    response.writeHead(reply.status, reply.headers ?? {}).end(reply.body);
  };
  const server = createServer((request, response) => void answer(request, response));
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    /** The next requests are answered like this. */
    trouble: (...replies: readonly Reply[]) => void troubles.push(...replies),
    close: () => stop(server),
  };
};

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

const BLOCKS: { readonly [type: string]: (block: Fields) => boolean } = {
  header: ({ text }) => isFields(text) && text['type'] === 'plain_text' && isText(text['text'], 1, 150),
  section: ({ text }) => isFields(text) && text['type'] === 'mrkdwn' && isText(text['text'], 1, 3000),
  context: ({ elements }) =>
    isList(elements) &&
    elements.length >= 1 &&
    elements.length <= 10 &&
    elements.every((one) => isFields(one) && one['type'] === 'mrkdwn' && isText(one['text'], 1, 3000)),
};

const isBlock = (block: unknown): boolean => {
  if (!isFields(block) || typeof block['type'] !== 'string') return false;
  const rule = Object.hasOwn(BLOCKS, block['type']) ? BLOCKS[block['type']] : undefined;
  return rule?.(block) === true;
};

/** A Slack incoming webhook at `/services/T0/B0/good`: Block Kit of at most 50 blocks, each within its limits. */
export const startSlack = () =>
  startReceiver(({ path, json }) => {
    if (path !== '/services/T0/B0/good') return { status: 403, body: 'invalid_token' };
    const { text, blocks, ...rest } = json;
    if (!isText(text, 1, 40_000)) return { status: 400, body: 'no_text' };
    if (
      Object.entries(rest).some(([name, value]) => !/^unfurl_(links|media)$/.test(name) || typeof value !== 'boolean')
    )
      return { status: 400, body: 'invalid_payload' };
    if (!isList(blocks) || blocks.length < 1 || blocks.length > 50 || !blocks.every(isBlock))
      return { status: 400, body: 'invalid_blocks' };
    return { status: 200, body: 'ok' };
  });

const SEVERITIES: ReadonlySet<unknown> = new Set(['critical', 'error', 'warning', 'info']);

const eventErrors = (event: Fields): readonly string[] => {
  const { routing_key: key, event_action: action, dedup_key: dedup, payload, links } = event;
  const errors: string[] = [];
  if (typeof key !== 'string' || !/^[A-Za-z0-9]{32}$/.test(key)) errors.push("'routing_key' is invalid");
  if (action !== 'trigger' && action !== 'resolve' && action !== 'acknowledge')
    errors.push("'event_action' is invalid");
  if (dedup !== undefined && !isText(dedup, 1, 255)) errors.push("'dedup_key' is too long");
  if (action !== 'trigger' && dedup === undefined) errors.push("'dedup_key' is missing");
  if (action !== 'trigger') return errors;
  if (!isFields(payload)) return [...errors, "'payload' is missing or blank"];
  if (!isText(payload['summary'], 1, 1024)) errors.push("'payload.summary' is missing or too long");
  if (!isText(payload['source'], 1, 1024)) errors.push("'payload.source' is missing or blank");
  if (!SEVERITIES.has(payload['severity'])) errors.push("'payload.severity' is invalid");
  const { timestamp } = payload;
  if (timestamp !== undefined && (typeof timestamp !== 'string' || Number.isNaN(Date.parse(timestamp))))
    errors.push("'payload.timestamp' is invalid");
  for (const name of ['component', 'group', 'class']) {
    if (payload[name] !== undefined && typeof payload[name] !== 'string') errors.push(`'payload.${name}' is invalid`);
  }
  const fine =
    links === undefined ||
    (isList(links) &&
      links.every((link) => isFields(link) && isText(link['href'], 1, 2048) && /^https?:\/\/./.test(link['href'])));
  return fine ? errors : [...errors, "'links' is invalid"];
};

/** PagerDuty Events API v2 at `/v2/enqueue`; `alerts` are those that are open, by their key. */
export const startPagerDuty = async () => {
  const alerts = new Set<string>();
  const receiver = await startReceiver(({ path, json }, size) => {
    if (path !== '/v2/enqueue') return { status: 404, body: '' };
    if (size > 512 * 1024) return { status: 413, body: '' };
    const errors = eventErrors(json);
    if (errors.length > 0)
      return {
        status: 400,
        body: JSON.stringify({ status: 'invalid event', message: 'Event object is invalid', errors }),
      };
    const key = String(json['dedup_key']);
    if (json['event_action'] === 'trigger') alerts.add(key);
    else if (json['event_action'] === 'resolve') alerts.delete(key);
    return { status: 202, body: JSON.stringify({ status: 'success', message: 'Event processed', dedup_key: key }) };
  });
  return { ...receiver, alerts };
};

const STATES: ReadonlySet<unknown> = new Set(['error', 'failure', 'pending', 'success']);

/** Commit statuses of GitHub for the token `good-token`. */
export const startGitHub = () =>
  startReceiver(({ path, headers, json }) => {
    if (headers.authorization !== 'Bearer good-token') return { status: 401, body: '{"message":"Bad credentials"}' };
    if (headers['x-github-api-version'] !== '2022-11-28') return { status: 400, body: '{"message":"no such version"}' };
    if (headers['user-agent'] === undefined) return { status: 403, body: '{"message":"no User-Agent"}' };
    if (!/^\/repos\/[\w.-]+\/[\w.-]+\/statuses\/[0-9a-f]{40}$/.test(path))
      return { status: 404, body: '{"message":"Not Found"}' };
    const { state, description, context, target_url: target } = json;
    const good =
      STATES.has(state) &&
      isText(description, 0, 140) &&
      isText(context, 1, 255) &&
      (target === undefined || (typeof target === 'string' && /^https?:\/\//.test(target)));
    return good ? { status: 201, body: '{}' } : { status: 422, body: '{"message":"Validation Failed"}' };
  });

/** A server of somebody's own that takes any JSON. */
export const startWebhook = () => startReceiver(() => ({ status: 204, body: '' }));
