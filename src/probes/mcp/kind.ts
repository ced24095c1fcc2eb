import { goldenMs } from '../answer/problems.ts';
import { defineProbe } from '../probe.ts';
import { host, layers, target, tryCommand } from './address.ts';
import { defaults } from './defaults.ts';
import { explain } from './explain.ts';
import { FACTS } from './facts.ts';
import { problems } from './problems.ts';
import type { Spec } from './schema.ts';

/** `mcp`: connects to an MCP server as a client does, lists its tools, calls one and looks at what it answers. */
export const mcp = defineProbe<'mcp', typeof Spec>({
  kind: 'mcp',
  summary: 'Calls a tool of an MCP server, such as the query tool of an LLM index, and looks at what it answers.',
  shorthand: 'url',
  facts: FACTS,
  target,
  host,
  layers,
  problems,
  defaults,
  explain,
  tryCommand,
  lastsMs: ({ golden }) => goldenMs(golden),
  executes: ({ command }) => command !== undefined,
  changes: (spec) => spec['side-effects'] === 'allow',
  // The client library is large: it is imported with the look, not during one, where it would count as the server's time.
  load: async () => {
    const [module] = await Promise.all([import('./look.ts'), import('@modelcontextprotocol/client')]);
    return module;
  },
});
