import type { Json, JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import { valueAt } from './value-at.ts';
import type { Path } from './yaml/places.ts';

/** Readers of what was written: they answer nothing where the schema was not met, which is reported elsewhere. */

export const mapAt = (root: Json, path: Path): JsonObject => {
  const value = valueAt(root, path);
  return isJsonObject(value) ? value : {};
};

export const textAt = (root: Json, path: Path): string | null => {
  const value = valueAt(root, path);
  return typeof value === 'string' ? value : null;
};

export const integerAt = (root: Json, path: Path): number | null => {
  const value = valueAt(root, path);
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
};

/** The texts of a list, each with its path. */
export const textsAt = (root: Json, path: Path): readonly { readonly text: string; readonly path: Path }[] => {
  const value = valueAt(root, path);
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Json, at) => (typeof item === 'string' ? [{ text: item, path: [...path, at] }] : []));
};
