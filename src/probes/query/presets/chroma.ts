import type { Preset } from './preset.ts';

/** A query in a collection of Chroma: lists beside each other, one inner list for each query. Scores are distances. */
export const chroma: Preset = {
  hits: ['$.documents[0]', '$.ids[0]'],
  ids: ['$.ids[0]'],
  scores: ['$.distances[0]'],
  error: ['$.error'],
};
