import { isList } from '../../matchers/equality.ts';
import { selectJson } from '../../matchers/json-path.ts';
import { isJsonObject, type Json } from '../../model/json.ts';

/**
 * Where the parts of an answer lie, as JSONPaths (RFC 9535). Of several the first that selects something counts, so that
 * a dialect may answer in more than one shape. `id` and `score` start at a hit; `ids` and `scores` start at the answer,
 * and the n-th of them belongs to the n-th hit.
 */
export type AnswerPaths = { readonly [part in AnswerPart]?: readonly string[] };

export type AnswerPart = 'hits' | 'id' | 'score' | 'ids' | 'scores' | 'citations' | 'built-at' | 'documents';

/** What the first path that is there selects: a value, or a list of nodes; undefined when none is. */
export const selectFirst = (paths: readonly string[], json: Json): Json | undefined => {
  for (const path of paths) {
    const selection = selectJson(path, json);
    if (selection.state === 'value' || selection.state === 'nodes') return selection.value;
  }
  return undefined;
};

/** The same as a list: a list as it is, a single value alone, null as nothing; undefined where nothing can be found. */
export const selectList = (paths: readonly string[], json: Json): readonly Json[] | undefined => {
  for (const path of paths) {
    const selection = selectJson(path, json);
    if (selection.state === 'nodes') return whole(selection.value);
    if (selection.state === 'value') return listOf(selection.value);
  }
  return undefined;
};

/** `$.hits[*]` selects the hits; `$..hits` selects one list of them. */
const whole = (nodes: readonly Json[]): readonly Json[] => {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined && isList(only) ? only : nodes;
};

const listOf = (value: Json): readonly Json[] | undefined => {
  if (isList(value)) return value;
  if (value === null) return [];
  return isJsonObject(value) || typeof value === 'string' ? [value] : undefined;
};

/** A text or number as the name of something; undefined for anything else. */
export const nameOf = (value: Json | undefined): string | undefined => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};
