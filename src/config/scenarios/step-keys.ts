import type { JsonObject } from '../../model/json.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import type { SourceFile } from '../source-file.ts';
import type { Path } from '../yaml/places.ts';

/** Keys that put steps in place, and mean nothing to the step itself. */
export const STRUCTURE: readonly string[] = ['name', 'use', 'with', 'each', 'repeat'];

/** Keys that would be ignored: beside `use:` everything that is about one look, without it `with:`. */
export const strayKeys = (step: JsonObject, file: SourceFile, path: Path): readonly Finding[] => {
  if (step['use'] === undefined) {
    return step['with'] === undefined
      ? []
      : [findingAt(file, [...path, 'with'], 'key', '"with" means nothing in a step that uses no fragment')];
  }
  return Object.keys(step)
    .filter((key) => !STRUCTURE.includes(key))
    .map((key) =>
      findingAt(file, [...path, key], 'key', `"${key}" means nothing in a step that uses a fragment`, {
        hint: 'write it in the steps of the fragment',
      }),
    );
};
