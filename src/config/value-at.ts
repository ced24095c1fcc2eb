import type { Json } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { Path } from './yaml/places.ts';

/** The value at a path; undefined when there is none. Only own keys count. */
export const valueAt = (root: Json, path: Path): Json | undefined => {
  let value: Json | undefined = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (isJsonObject(value)) value = Object.hasOwn(value, String(step)) ? value[String(step)] : undefined;
    else value = typeof step === 'number' ? value[step] : undefined;
  }
  return value;
};
