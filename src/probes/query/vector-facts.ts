import { isList } from '../../matchers/equality.ts';
import { selectJson } from '../../matchers/json-path.ts';
import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';

/** What an embedding shows: how many dimensions it has, and whether they are all zero. No facts where there is none. */
export const vectorFacts = (json: Json | undefined, paths: readonly string[] | null): Facts => {
  for (const path of json === undefined || paths === null ? [] : paths) {
    const selection = selectJson(path, json ?? null);
    const value = selection.state === 'value' ? selection.value : undefined;
    if (value === undefined || !isList(value) || !value.every((part) => typeof part === 'number')) continue;
    return { dimensions: value.length, 'zero-vector': value.every((part) => part === 0) };
  }
  return {};
};
