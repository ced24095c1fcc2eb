import { chromaCollection } from './chroma-collection.ts';
import { chroma } from './chroma.ts';
import { llamaindex } from './llamaindex.ts';
import { mcpRest } from './mcp-rest.ts';
import { openaiChat } from './openai-chat.ts';
import { openaiEmbeddings } from './openai-embeddings.ts';
import { pgvector } from './pgvector.ts';
import type { Preset } from './preset.ts';
import { qdrantCollection } from './qdrant-collection.ts';
import { qdrant } from './qdrant.ts';

/** The names that `preset:` takes. */
export const PRESET_NAMES = [
  'mcp-rest',
  'llamaindex',
  'openai-chat',
  'openai-embeddings',
  'qdrant',
  'qdrant-collection',
  'chroma',
  'chroma-collection',
  'pgvector',
] as const;

export type PresetName = (typeof PRESET_NAMES)[number];

/** Every dialect that is known, by its name. A new one is a file beside these and two lines here. */
export const PRESETS: { readonly [name in PresetName]: Preset } = {
  'mcp-rest': mcpRest,
  llamaindex,
  'openai-chat': openaiChat,
  'openai-embeddings': openaiEmbeddings,
  qdrant,
  'qdrant-collection': qdrantCollection,
  chroma,
  'chroma-collection': chromaCollection,
  pgvector,
};
