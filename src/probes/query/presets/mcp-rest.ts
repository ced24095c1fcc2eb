import type { Preset } from './preset.ts';

/** Tools over plain HTTP in the shape of MCP: `{ name, arguments }` is answered by `{ content, isError }`, errors too with 200. */
export const mcpRest: Preset = {
  answer: ["$.content[?@.type == 'text'].text", "$.result.content[?@.type == 'text'].text"],
  structured: ['$.structuredContent', '$.result.structuredContent'],
  error: ['$.isError', '$.result.isError', '$.error'],
};
