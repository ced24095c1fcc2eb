import type * as Sdk from '@modelcontextprotocol/client';
import type { CallToolResult, Client, Tool } from '@modelcontextprotocol/client';
import type { ProbeContext } from '../probe.ts';
import type { Channel } from './channel.ts';
import { isVersionRefusal } from './failure.ts';
import { Stopped } from './stop.ts';
import type { Trace } from './trace.ts';

/** The library, loaded by the look. */
export type Library = typeof Sdk;

/** The revision that `era: modern` asks for. */
const MODERN = '2026-07-28';
const MAX_PAGES = 64;
const MAX_TOOLS = 10_000;
/** Of the time of a look, for the question which era a server is of: what follows must fit in as well. */
const PROBE_SHARE = 0.4;

export type Era = 'auto' | 'modern' | 'legacy';

type Mode = 'auto' | 'legacy' | { readonly pin: string };

/**
 * Connects as a client does: `server/discover` first under `auto`, then `initialize`. A server that leaves the first
 * unanswered still gets the second within `stepMs`, and one that answers it too late is believed then.
 */
export const connect = async (
  library: Library,
  channel: Channel,
  era: Era,
  context: ProbeContext,
  stepMs: number,
): Promise<Client> => {
  const attempt = async (mode: Mode): Promise<Client> => {
    const probeMs = mode === 'auto' ? Math.max(1, Math.floor(stepMs * PROBE_SHARE)) : context.timeoutMs * 2;
    const client = new library.Client(context.agent, {
      capabilities: {},
      inputRequired: { autoFulfill: false },
      versionNegotiation: { mode, probe: { timeoutMs: probeMs } },
    });
    const line = channel.line();
    const abandon = (): void => void line.close();
    channel.signal.addEventListener('abort', abandon, { once: true });
    try {
      await client.connect(line, requestOptions(context, channel.signal));
      return client;
    } catch (error) {
      await line.close();
      throw error;
    } finally {
      channel.signal.removeEventListener('abort', abandon);
    }
  };
  /** The mode that a failure leaves open; null when there is none. */
  const after = (mode: Mode, error: unknown): Mode | null => {
    if (channel.signal.aborted || era !== 'auto') return null;
    if (mode === 'auto' && isSilence(error, library)) return 'legacy';
    return typeof mode === 'string' && isVersionRefusal(error, MODERN, library) ? { pin: MODERN } : null;
  };
  const tryAll = async (mode: Mode): Promise<Client> => {
    try {
      return await attempt(mode);
    } catch (error) {
      const next = after(mode, error);
      if (next === null) throw error;
      return tryAll(next);
    }
  };
  return tryAll(era === 'modern' ? { pin: MODERN } : era);
};

const isSilence = (error: unknown, { SdkError, SdkErrorCode }: Library): boolean =>
  error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout;

/** Every page of `tools/list`, as the server sends them: nothing is taken from a cache, nothing is left out. */
export const listTools = async (
  client: Client,
  channel: Channel,
  context: ProbeContext,
  trace: Trace,
): Promise<readonly Tool[]> => {
  if (client.getServerCapabilities()?.tools === undefined) {
    throw new Stopped({
      code: 'tool-missing',
      message: 'the server does not declare the tools capability: it has no tool',
    });
  }
  const tools: Tool[] = [];
  const cursors = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES && tools.length <= MAX_TOOLS; page++) {
    const params = { ...(cursor === undefined ? {} : { cursor }), _meta: { traceparent: trace.span() } };
    const result = await client.request({ method: 'tools/list', params }, requestOptions(context, channel.signal));
    tools.push(...result.tools);
    cursor = result.nextCursor;
    if (cursor === undefined) return tools;
    if (cursors.has(cursor)) {
      throw new Stopped({
        code: 'mcp-pagination',
        message: `tools/list repeats a cursor after ${page + 1} pages: the list has no end`,
      });
    }
    cursors.add(cursor);
  }
  throw new Stopped({
    code: 'mcp-pagination',
    message: `tools/list did not end within ${MAX_PAGES} pages and ${MAX_TOOLS} tools`,
  });
};

/** Which tool is called with what, and how operators find that. */
export type Call = {
  readonly tool: Tool;
  readonly args: { readonly [name: string]: unknown };
  readonly span: string;
};

/** Calls one tool, once. Its output schema is withheld from the library: we check it ourselves, in a thread of its own. */
export const callTool = (
  client: Client,
  { tool, args, span }: Call,
  context: ProbeContext,
  signal: AbortSignal,
): Promise<CallToolResult> => {
  const { outputSchema: _withheld, ...toolDefinition } = tool;
  return client.callTool(
    { name: tool.name, arguments: args, _meta: { traceparent: span } },
    { ...requestOptions(context, signal), toolDefinition },
  );
};

/** The library's own timeouts may not fire before the deadline, which is the signal's. */
const requestOptions = ({ timeoutMs }: ProbeContext, signal: AbortSignal) => ({
  signal,
  timeout: timeoutMs * 2 + 1000,
});
