import { isJsonObject, type Json } from '../../model/json.ts';
import { selectJson } from '../../matchers/json-path.ts';
import { saysNothingFound } from './signatures.ts';

/** Names under which answers usually hold their hits; preferred to another list beside them. */
const NAMES = ['hits', 'results', 'matches', 'documents', 'chunks', 'passages', 'sources', 'items', 'entities'];
const SOURCE_NAMES = ['id', 'source', 'url', 'uri', 'path', 'title'];
const MAX_DEPTH = 4;

/** The hits of an answer that is not an error; null when it holds no list where one was to be found. */
export const findHits = (
  answer: { readonly texts: readonly string[]; readonly json: Json | undefined },
  path: string | undefined,
): readonly Json[] | null => {
  const { json, texts } = answer;
  if (json === undefined) {
    return path === undefined ? texts.filter((text) => text.trim() !== '' && !saysNothingFound(text)) : null;
  }
  const list = path === undefined ? firstList(json) : selectedList(path, json);
  return list?.filter((hit) => holdsSomething(hit)) ?? null;
};

const selectedList = (path: string, json: Json): readonly Json[] | null => {
  const selection = selectJson(path, json);
  if (selection.state === 'missing' || selection.state === 'unusable') return null;
  const only = selection.state === 'value' ? selection.value : selection.value.length === 1 ? selection.value[0] : null;
  if (Array.isArray(only)) return only;
  if (selection.state === 'nodes') return selection.value;
  if (selection.value === null) return [];
  return isJsonObject(selection.value) || typeof selection.value === 'string' ? [selection.value] : null;
};

/** Breadth first: the value itself, a member with a usual name, any other member, then one level deeper. */
const firstList = (json: Json): readonly Json[] | null => {
  let level: readonly Json[] = [json];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const whole = level.find((value): value is readonly Json[] => Array.isArray(value));
    if (whole !== undefined) return whole;
    const entries = level.filter(isJsonObject).flatMap((value) => Object.entries(value));
    const named = NAMES.flatMap((name) => entries.filter(([key]) => key.toLowerCase() === name)).map(
      ([, value]) => value,
    );
    const usual = named.find((value): value is readonly Json[] => Array.isArray(value));
    if (usual !== undefined) return usual;
    level = entries.map(([, value]) => value);
  }
  return null;
};

/** A null, a blank text and a list or object of nothing else are no hits. */
const holdsSomething = (value: Json, depth = 0): boolean => {
  if (value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (typeof value !== 'object') return true;
  return depth >= MAX_DEPTH || Object.values(value).some((member) => holdsSomething(member, depth + 1));
};

/** What the hits name as their source. */
export const citationsOf = (hits: readonly Json[]): readonly string[] =>
  hits.flatMap((hit) => {
    if (!isJsonObject(hit)) return [];
    const name = SOURCE_NAMES.find((key) => Object.hasOwn(hit, key) && isName(hit[key]));
    return name === undefined ? [] : [String(hit[name])];
  });

const isName = (value: Json | undefined): boolean =>
  (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
