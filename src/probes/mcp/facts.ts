import type { FactTable } from '../../model/fact.ts';
import { answerFactTable } from '../answer/fact-table.ts';
import { goldenFactTable } from '../answer/golden/golden-fact-table.ts';
import { connectionFactTable } from '../http/fact-table.ts';

/** What a look at an MCP server reports. Texts are cut at 64 KiB, lists at 200 entries. */
export const FACTS: FactTable = {
  ...connectionFactTable,
  connected: { type: 'boolean', description: 'Whether the server answered `server/discover` or `initialize` as MCP.' },
  transport: { type: 'string', description: 'How it was talked to: `http`, `sse` or `stdio`.' },
  era: { type: 'string', description: '`modern` (2026-07-28 and later) or `legacy` (`initialize`).' },
  'protocol-version': { type: 'string', description: 'The negotiated revision, such as `2026-07-28`.' },
  'server.name': { type: 'string', description: 'What the server calls itself.' },
  'server.version': { type: 'string', description: 'The version that the server gives of itself.' },
  tools: { type: 'list', description: 'Names of the listed tools, every page included; at most 200 are kept.' },
  'tool-count': { type: 'number', description: 'How many tools are listed, over all pages.' },
  'tool-list': {
    type: 'list',
    description:
      'The tools as the server describes them, with `name`, `title`, `description`, `input` and `output`; reported only when it is asked about. At most 512 KiB, and no schema over 16 KiB.',
  },
  'missing-tools': { type: 'list', description: 'The tools of `tool:` and `list:` that the server does not list.' },
  'tool-schema-hash': {
    type: 'string',
    description:
      'SHA-256 over names and schemas of all listed tools, sorted by name; changes when an interface changes.',
  },
  'annotations.*': {
    type: 'boolean',
    description:
      'What the server declares of the tool that is called: `read-only`, `destructive`, `idempotent`, `open-world`; each absent when it does not.',
  },
  'side-effect-hint': {
    type: 'string',
    description: 'The hint by which the server says that the tool changes something; absent when there is none.',
  },
  'input-valid': {
    type: 'boolean',
    description: 'Whether `arguments` fit the input schema that the tool declares; if not, it is not called.',
  },
  'input-problem': { type: 'string', description: 'Which of the arguments does not fit, and why.' },
  ...answerFactTable,
  ...goldenFactTable,
  'error-channel': { type: 'string', description: '`result` (`isError: true`) or `protocol` (a JSON-RPC error).' },
  'rpc-code': { type: 'number', description: 'The code of the JSON-RPC error.' },
  'output-valid': {
    type: 'boolean',
    description: 'Whether the structured content fits the output schema that the tool declares; absent without one.',
  },
  'output-problem': { type: 'string', description: 'Why it does not fit, or why that could not be found out.' },
  'refused-requests': {
    type: 'list',
    description:
      'What the server asked of us, such as `elicitation/create` or `sampling/createMessage`: all of it is refused. Absent when there is none.',
  },
  notifications: { type: 'number', description: 'How many notifications came; none is looked at. Absent without any.' },
  'stdout-noise': {
    type: 'list',
    description: 'Lines on the stdout of a program that are no messages, the first 10; absent when there are none.',
    code: 'mcp-stdout-noise',
  },
  'noise-lines': { type: 'number', description: 'How many such lines there are.' },
  stderr: {
    type: 'string',
    description: 'The last 64 KiB that a program wrote to stderr; no sign of an error by itself.',
  },
  'stderr-size': { type: 'bytes', description: 'How much it wrote there in all.' },
  starts: {
    type: 'number',
    description: 'How often a program was started, when that is more than once: it ended over the era probe.',
  },
  'exit-code': { type: 'number', description: 'The exit code of a program that ended by itself.' },
  signal: { type: 'string', description: 'The signal that ended a program, and was not ours.' },
  'ended-by': {
    type: 'string',
    description: 'How we ended a program: `eof` when it ended as its stdin was closed, else `SIGTERM` or `SIGKILL`.',
  },
  'trace-id': {
    type: 'string',
    description:
      'Trace id of the `traceparent` that every request carries, as a header and in `_meta`; to find it in logs.',
  },
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
