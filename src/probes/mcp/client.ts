import type * as Sdk from '@modelcontextprotocol/client';
import type { CallToolResult, Client, Tool } from '@modelcontextprotocol/client';
import type { ProbeContext } from '../probe.ts';
import type { Wire } from './fetch.ts';
import { Stopped } from './stop.ts';

/** The library, loaded by the look. */
export type Library = typeof Sdk;

/** The revision that `era: modern` asks for. */
const MODERN = '2026-07-28';
const MAX_PAGES = 64;
const MAX_TOOLS = 10_000;

export type Era = 'auto' | 'modern' | 'legacy';

/** A connection that was made. `end` gives a legacy server its session back; it may fail, and nobody minds. */
export type Connected = { readonly client: Client; readonly end: () => Promise<void> };

/**
 * Connects as a client does: `server/discover` first under `auto`, then `initialize`. A server that leaves the first
 * unanswered still gets the second within the deadline. The caller ends and closes it.
 */
export const connect = async (
  library: Library,
  url: URL,
  era: Era,
  wire: Wire,
  context: ProbeContext,
): Promise<Connected> => {
  const probeMs = Math.max(1, Math.floor(context.timeoutMs * 0.4));
  const attempt = async (mode: 'auto' | 'legacy' | { pin: string }): Promise<Connected> => {
    const client = new library.Client(context.agent, {
      capabilities: {},
      inputRequired: { autoFulfill: false },
      versionNegotiation: { mode, probe: { timeoutMs: mode === 'auto' ? probeMs : context.timeoutMs * 2 } },
    });
    const transport = new library.StreamableHTTPClientTransport(url, { fetch: wire.fetch });
    const abandon = (): void => void transport.close();
    context.signal.addEventListener('abort', abandon, { once: true });
    try {
      await client.connect(transport, requestOptions(context));
      return { client, end: () => transport.terminateSession() };
    } catch (error) {
      await transport.close();
      throw error;
    } finally {
      context.signal.removeEventListener('abort', abandon);
    }
  };
  if (era !== 'auto') return attempt(era === 'modern' ? { pin: MODERN } : 'legacy');
  try {
    return await attempt('auto');
  } catch (error) {
    const silent = error instanceof library.SdkError && error.code === library.SdkErrorCode.RequestTimeout;
    if (!silent || context.signal.aborted || wire.stopped() !== null) throw error;
    return attempt('legacy');
  }
};

/** Every page of `tools/list`, as the server sends them: nothing is taken from a cache, nothing is left out. */
export const listTools = async (client: Client, context: ProbeContext): Promise<readonly Tool[]> => {
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
    const params = cursor === undefined ? {} : { cursor };
    const result = await client.request({ method: 'tools/list', params }, requestOptions(context));
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

/** Calls one tool, once. Its output schema is withheld from the library: we check it ourselves, in a thread of its own. */
export const callTool = (
  client: Client,
  tool: Tool,
  args: { readonly [name: string]: unknown },
  context: ProbeContext,
): Promise<CallToolResult> => {
  const { outputSchema: _withheld, ...toolDefinition } = tool;
  return client.callTool({ name: tool.name, arguments: args }, { ...requestOptions(context), toolDefinition });
};

/** The library's own timeouts may not fire before the deadline, which is the signal's. */
const requestOptions = (context: ProbeContext) => ({ signal: context.signal, timeout: context.timeoutMs * 2 + 1000 });
