import process from 'node:process';

const HEALTHY = `
  import { createInterface } from 'node:readline';
  const say = (text) => process.stdout.write(text + '\\n');
  const answer = (id, result) => say(JSON.stringify({ jsonrpc: '2.0', id, result }));
  const refuse = (id, code, message, data) => say(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, data } }));
  const on = {
    'server/discover': (id) => refuse(id, -32601, 'Method not found'),
    initialize: (id) =>
      answer(id, { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'raw', version: '1' } }),
    'tools/list': (id) => answer(id, { tools: [{ name: 'query', inputSchema: { type: 'object' } }] }),
    'tools/call': (id) => answer(id, { content: [{ type: 'text', text: 'An article' }] }),
  };
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const { id, method, params } = JSON.parse(line);
    if (id !== undefined && method !== undefined) on[method]?.(id, params);
  });
`;

/**
 * For tests: the argv of a hand-made server of the `initialize` era with the tool `query`. `fault` is JavaScript that
 * runs in it: it may replace answers in `on`, and use `say`, `answer` and `refuse`.
 */
export const program = (fault = ''): string[] => [
  process.execPath,
  '--input-type=module',
  '-e',
  `${HEALTHY}\n${fault}`,
];

/** For tests: the argv of a server on the current library, of the modern era only or of both, with the tool `echo`. */
export const libraryProgram = (legacy: 'reject' | 'serve', before = ''): string[] => [
  process.execPath,
  '--input-type=module',
  '-e',
  `${before}
   const { McpServer, fromJsonSchema } = await import('@modelcontextprotocol/server');
   const { serveStdio } = await import('@modelcontextprotocol/server/stdio');
   const inputSchema = fromJsonSchema({ type: 'object', properties: { say: { type: 'string' } }, required: ['say'] });
   serveStdio(() => {
     const server = new McpServer({ name: 'echo', version: '1' });
     server.registerTool('echo', { inputSchema }, ({ say }) => ({ content: [{ type: 'text', text: say }] }));
     return server;
   }, { legacy: '${legacy}' });`,
];
