import type { Preset } from './preset.ts';

/** A function over pgvector behind PostgREST: `POST /rpc/match_documents` answers the rows. */
export const pgvector: Preset = {
  hits: ['$'],
  id: ['$.id'],
  score: ['$.similarity', '$.score', '$.distance'],
  error: ['$.code'],
};
