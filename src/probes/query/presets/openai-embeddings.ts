import type { Preset } from './preset.ts';

/** Embeddings of OpenAI, of servers that are compatible with it, and of Ollama. */
export const openaiEmbeddings: Preset = {
  vector: ['$.data[0].embedding', '$.embeddings[0]', '$.embedding'],
  error: ['$.error'],
};
