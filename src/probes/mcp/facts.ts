import type { FactTable } from '../../model/fact.ts';
import { connectionFactTable } from '../http/fact-table.ts';

/** What a look at an MCP server reports. Texts are cut at 64 KiB, lists at 200 entries. */
export const FACTS: FactTable = {
  ...connectionFactTable,
  connected: { type: 'boolean', description: 'Whether the server answered `server/discover` or `initialize` as MCP.' },
  era: { type: 'string', description: '`modern` (2026-07-28 and later) or `legacy` (`initialize`).' },
  'protocol-version': { type: 'string', description: 'The negotiated revision, such as `2026-07-28`.' },
  'server.name': { type: 'string', description: 'What the server calls itself.' },
  'server.version': { type: 'string', description: 'The version that the server gives of itself.' },
  tools: { type: 'list', description: 'Names of the listed tools, every page included; at most 200 are kept.' },
  'tool-count': { type: 'number', description: 'How many tools are listed, over all pages.' },
  'missing-tools': { type: 'list', description: 'The tools of `tool:` and `list:` that the server does not list.' },
  'tool-schema-hash': {
    type: 'string',
    description:
      'SHA-256 over names and schemas of all listed tools, sorted by name; changes when an interface changes.',
  },
  'is-error': {
    type: 'boolean',
    description: 'Whether the call failed, by `isError: true` or by a JSON-RPC error.',
  },
  'error-channel': { type: 'string', description: '`result` (`isError: true`) or `protocol` (a JSON-RPC error).' },
  'error-code': { type: 'number', description: 'The code of the JSON-RPC error.' },
  text: {
    type: 'string',
    description: 'The text items of the answer joined by line feeds, or the JSON-RPC error message.',
  },
  json: { type: 'json', description: 'The structured content; without it, the text when that is JSON.' },
  $: { type: 'json', description: 'A JSONPath over the fact `json`.' },
  hits: {
    type: 'number',
    description:
      'How many hits the answer holds. The list is the first of: what the JSONPath `hits:` of the spec finds; the ' +
      'structured content itself or the first list among its members; the same in JSON text; each text item that is ' +
      'not blank. An answer that is an error has no hits.',
  },
  'hit-count': { type: 'number', description: 'The same number as `hits`.' },
  'hit-list': { type: 'list', description: 'The hits themselves, the first 50.' },
  citations: {
    type: 'list',
    description:
      'What the hits name as their source: `id`, `source`, `url`, `uri`, `path` or `title`, first one present.',
  },
  'index-signature': {
    type: 'string',
    description: 'The message of an index that is not there, as the answer has it; absent when there is none.',
  },
  'degraded-signature': {
    type: 'string',
    description: 'The words that mark a fallback, mock or canned answer; absent when there are none.',
  },
  'output-valid': {
    type: 'boolean',
    description: 'Whether the structured content fits the output schema that the tool declares; absent without one.',
  },
  'output-problem': { type: 'string', description: 'Why it does not fit, or why that could not be found out.' },
  'input-required': { type: 'boolean', description: 'True when the tool asks for input from a person.' },
  failure: {
    type: 'string',
    description:
      'Reason code of what stopped the conversation (`auth-required`, `mcp-protocol`, ...); absent otherwise.',
  },
  'failure-step': { type: 'string', description: 'Where it stopped: `connect`, `list` or `call`.' },
  'failure-message': { type: 'string', description: 'What happened, in one sentence.' },
  status: { type: 'status', description: 'HTTP status of the last response.' },
  'content-type': { type: 'string', description: 'Content-Type of the last response.' },
  location: { type: 'string', description: 'Where the server redirects to; never followed.' },
  'www-authenticate': { type: 'string', description: 'The challenge that came with a 401 or 403.' },
  'retry-after': { type: 'string', description: 'Retry-After of a 429 or 503, as sent.' },
  duration: { type: 'duration', description: 'From the first request to the last answer.', code: 'slow' },
  'timings.connect': { type: 'duration', description: 'Era probe and handshake.', code: 'slow' },
  'timings.list': { type: 'duration', description: 'All pages of `tools/list`.', code: 'slow' },
  'timings.call': { type: 'duration', description: 'The tool call.', code: 'slow' },
};
