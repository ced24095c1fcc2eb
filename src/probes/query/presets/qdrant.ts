import type { Preset } from './preset.ts';

/** A search in a collection of Qdrant: `points/query`, and the older `points/search`. */
export const qdrant: Preset = {
  hits: ['$.result.points', '$.result'],
  id: ['$.id'],
  score: ['$.score'],
  error: ['$.status.error'],
};
