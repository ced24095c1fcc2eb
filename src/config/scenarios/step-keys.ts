import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
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

const PLACEHOLDER = /(?<!\$)\$\{(?:env|secret|vars|run|matrix|captured|with|each)\.[^}]*\}|(?<!\$)\$\{uuid\}/;

/** Placeholders in keys, which nobody fills: an expectation on such a fact would look for another one. */
export const placeholderKeys = (value: Json, file: SourceFile, path: Path): readonly Finding[] => {
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([key, inner]) => [
      ...(PLACEHOLDER.test(key) ? [filledNever(key, file, [...path, key])] : []),
      ...placeholderKeys(inner, file, [...path, key]),
    ]);
  }
  const items: Json = value;
  return Array.isArray(items) ? items.flatMap((item: Json, at) => placeholderKeys(item, file, [...path, at])) : [];
};

const filledNever = (key: string, file: SourceFile, path: Path): Finding => {
  const [placeholder = ''] = PLACEHOLDER.exec(key) ?? [];
  const hint = /^\$[.[]/.test(key)
    ? `compare values instead, such as "$.items[*].id": { contains: "${placeholder}" }`
    : null;
  return findingAt(file, path, 'key', `no placeholder is filled in a key: ${placeholder} would stay as it is`, {
    hint,
  });
};
