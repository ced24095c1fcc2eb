import type { Preset } from './preset.ts';

/** What Qdrant says of a collection: `GET /collections/NAME`. */
export const qdrantCollection: Preset = {
  documents: ['$.result.points_count'],
  error: ['$.status.error'],
  isError: [String.raw`"status"\s*:\s*"red"`],
};
