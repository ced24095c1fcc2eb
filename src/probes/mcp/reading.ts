import { ANY_READING, type Reading } from '../answer/answer.ts';
import type { AnswerPaths } from '../answer/paths.ts';
import type { Spec } from './schema.ts';

const PARTS = ['hits', 'id', 'score', 'citations', 'built-at', 'documents'] as const;

const pathsOf = (spec: Spec): AnswerPaths =>
  Object.fromEntries(
    PARTS.flatMap((part): (readonly [string, readonly string[]])[] => {
      const path = spec[part];
      return path === undefined ? [] : [[part, [path]]];
    }),
  );

/** How the answers of a tool are read: its texts and its structured content say the same in two forms. */
export const readingOf = (spec: Spec): Reading => ({
  ...ANY_READING,
  paths: pathsOf(spec),
  minScore: spec['min-score'] ?? null,
  maxDistance: spec['max-distance'] ?? null,
});
