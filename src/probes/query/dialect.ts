import type { Reading } from '../answer/answer.ts';
import type { AnswerPaths } from '../answer/paths.ts';
import type { Preset } from './presets/preset.ts';
import { PRESETS } from './presets/presets.ts';
import type { Spec } from './schema.ts';

/** How the answers of a check are understood: its preset, with what the check says itself in its place. */
export type Dialect = {
  readonly answer: readonly string[] | null;
  readonly structured: readonly string[] | null;
  readonly vector: readonly string[] | null;
  readonly error: readonly string[];
  readonly isError: readonly string[];
  readonly reading: Reading;
  /** Whether the body must be JSON to be understood. */
  readonly needsJson: boolean;
};

/** Where failures are told in so many dialects that they are looked for in all: the value must be more than empty or false. */
const USUAL_ERRORS = ['$.error', '$.errors', '$.isError', '$.is_error', '$.status.error', '$.result.isError'];

const PATHS = ['hits', 'id', 'score', 'ids', 'scores', 'citations', 'built-at', 'documents'] as const;

const own = (path: string | undefined, preset: readonly string[] | undefined): readonly string[] | null =>
  path === undefined ? (preset ?? null) : [path];

/** The dialect of a spec. Pure. */
export const dialectOf = (spec: Spec): Dialect => {
  const preset: Preset = spec.preset === undefined ? {} : PRESETS[spec.preset];
  const paths: AnswerPaths = Object.fromEntries(
    PATHS.flatMap((part) => {
      const path = own(spec[part], preset[part]);
      return path === null ? [] : [[part, path]];
    }),
  );
  const answer = own(spec.answer, preset.answer);
  const vector = own(spec.vector, preset.vector);
  const structured = preset.structured ?? null;
  return {
    answer,
    structured,
    vector,
    error: [...(spec.error === undefined ? [] : [spec.error]), ...(preset.error ?? []), ...USUAL_ERRORS],
    isError: [...(spec['is-error'] ?? []), ...(preset.isError ?? [])],
    reading: {
      paths,
      prose: answer !== null && structured === null,
      proseIsHit: spec.hits === undefined && spec.ids === undefined,
      minScore: spec['min-score'] ?? null,
      maxDistance: spec['max-distance'] ?? null,
    },
    needsJson: answer !== null || vector !== null || Object.keys(paths).length > 0,
  };
};

/** What a check looks for, by which it is known what must be there. */
export const purposeOf = ({ answer, vector, reading }: Dialect): 'hits' | 'vector' | 'documents' => {
  const { hits, ids, documents } = reading.paths;
  if (hits !== undefined || ids !== undefined || answer !== null) return 'hits';
  if (vector !== null) return 'vector';
  return documents === undefined ? 'hits' : 'documents';
};
