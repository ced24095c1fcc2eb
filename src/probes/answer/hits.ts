import { isList } from '../../matchers/equality.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { nameOf, selectFirst, selectList, type AnswerPaths } from './paths.ts';
import { saysNoAnswer, saysNothingFound } from './signatures.ts';

/** One hit: what it says of itself, as far as it does. */
export type Hit = { readonly value: Json; readonly id?: string; readonly score?: number };

/** Names under which answers usually hold their hits; preferred to another list beside them. */
const NAMES = ['hits', 'results', 'matches', 'documents', 'chunks', 'passages', 'sources', 'items', 'entities'];
/** Lists under these names are about the answer, and never its hits. */
const NO_HITS = new Set(['errors', 'warnings', 'logs', 'debug', 'notices', 'suggestions', 'timings', 'messages']);
const ID_NAMES = ['id', 'source', 'url', 'uri', 'path', 'title'];
const SCORE_NAMES = ['score', 'similarity', 'relevance', 'relevance_score', '_score', '@search.score'];
const MAX_DEPTH = 4;

/** The hits in JSON: what the paths select, else the first list there is; null when there is no list at all. */
export const hitsInJson = (json: Json, paths: AnswerPaths): readonly Hit[] | null => {
  const ids = paths.ids === undefined ? undefined : selectList(paths.ids, json);
  const scores = paths.scores === undefined ? undefined : selectList(paths.scores, json);
  const list = paths.hits === undefined ? (ids ?? firstList(json)) : (selectList(paths.hits, json) ?? null);
  if (list === null) return null;
  return list
    .map((value, at) => hitOf(value, paths, ids?.[at], scores?.[at]))
    .filter(({ value }, at) => holdsSomething(value) || holdsSomething(ids?.[at] ?? null));
};

/** Each text that is not blank and does not only say that nothing was found. */
export const hitsInTexts = (texts: readonly string[]): readonly Hit[] =>
  texts.filter((text) => text.trim() !== '' && !saysNothingFound(text)).map((value) => ({ value }));

/** The same of an answer in words, which is none when it says that there is no answer. */
export const hitsInWords = (texts: readonly string[]): readonly Hit[] =>
  hitsInTexts(texts).filter(({ value }) => typeof value !== 'string' || !saysNoAnswer(value.trim()));

const hitOf = (value: Json, paths: AnswerPaths, idBeside: Json | undefined, scoreBeside: Json | undefined): Hit => {
  const id = nameOf(idBeside) ?? (paths.id === undefined ? usualName(value) : nameOf(selectFirst(paths.id, value)));
  const score = scoreBeside ?? (paths.score === undefined ? usualScore(value) : selectFirst(paths.score, value));
  return {
    value,
    ...(id === undefined ? {} : { id }),
    ...(typeof score === 'number' ? { score } : {}),
  };
};

/** What a hit or a citation names as its source. */
export const usualName = (value: Json): string | undefined => {
  if (!isJsonObject(value)) return undefined;
  const key = ID_NAMES.find((name) => Object.hasOwn(value, name) && nameOf(value[name]) !== undefined);
  return key === undefined ? undefined : nameOf(value[key]);
};

const usualScore = (value: Json): Json | undefined => {
  if (!isJsonObject(value)) return undefined;
  const key = SCORE_NAMES.find((name) => Object.hasOwn(value, name) && typeof value[name] === 'number');
  return key === undefined ? undefined : value[key];
};

/** Breadth first: the value itself, a member with a usual name, any other member, then one level deeper. */
const firstList = (json: Json): readonly Json[] | null => {
  let level: readonly Json[] = [json];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const whole = level.find(isList);
    if (whole !== undefined) return whole;
    const entries = level
      .filter(isJsonObject)
      .flatMap((value) => Object.entries(value))
      .filter(([key]) => !NO_HITS.has(key.toLowerCase()));
    const named = NAMES.flatMap((name) => entries.filter(([key]) => key.toLowerCase() === name));
    const usual = named.map(([, value]) => value).find(isList);
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
