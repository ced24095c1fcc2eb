import { isJsonObject, type Json } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import { isList } from './equality.ts';
import { queryJson } from './json-path.ts';

/** A JSONPath over the fact `json` rather than the name of a fact. */
export const isPath = (name: string): boolean => name.startsWith('$');

/**
 * The fact of that name: dotted names descend (`headers.content-type`, `files.0.path`), a longer key before a shorter
 * one, so names with dots in them are found; `$...` is a JSONPath over the fact `json`. Undefined when it was not seen.
 */
export const readFact = (facts: Facts, name: string): Json | undefined => {
  if (!isPath(name)) return descend(facts, name.split('.'));
  const json = ownValue(facts, 'json');
  return json === undefined ? undefined : queryJson(name, json);
};

const descend = (value: Json, parts: readonly string[]): Json | undefined => {
  if (parts.length === 0) return value;
  for (let length = parts.length; length > 0; length--) {
    const child = ownValue(value, parts.slice(0, length).join('.'));
    const found = child === undefined ? undefined : descend(child, parts.slice(length));
    if (found !== undefined) return found;
  }
  return undefined;
};

const INDEX = /^(?:0|[1-9]\d{0,9})$/;

const ownValue = (value: Json, key: string): Json | undefined => {
  if (isJsonObject(value)) return Object.hasOwn(value, key) ? value[key] : undefined;
  return isList(value) && INDEX.test(key) ? value[Number(key)] : undefined;
};
