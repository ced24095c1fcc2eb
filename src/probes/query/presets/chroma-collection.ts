import type { Preset } from './preset.ts';

/** How many documents a collection of Chroma has: `GET .../collections/ID/count` answers a number. */
export const chromaCollection: Preset = { documents: ['$'], error: ['$.error'] };
