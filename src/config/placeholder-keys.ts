import type { Json } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Finding } from './finding.ts';
import { findingAt } from './finding.ts';
import type { SourceFile } from './source-file.ts';
import type { Path } from './yaml/places.ts';

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
