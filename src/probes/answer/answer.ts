import type { Json } from '../../model/json.ts';
import { hitsInJson, hitsInTexts, hitsInWords, usualName, type Hit } from './hits.ts';
import { jsonInText } from './json-in-text.ts';
import { nameOf, selectFirst, selectList, type AnswerPaths } from './paths.ts';
import { findSignatures } from './signatures.ts';

/** What came back from a query tool, before it is understood; each dialect makes its own replies into this. */
export type Reply = {
  /** Whether the reply says, on any channel, that it is an error. */
  readonly isError: boolean;
  /** The texts of the answer, in order. */
  readonly texts: readonly string[];
  /** The structured part; undefined when there is none. */
  readonly json: Json | undefined;
};

/** How an answer is read: where its parts lie, and which of its hits count. */
export type Reading = {
  readonly paths: AnswerPaths;
  /** Whether the texts are an answer in words, and not another form of the hits. */
  readonly prose: boolean;
  /** Whether such a text is itself a hit where the answer does not tell any: a dialect may give its sources or not. */
  readonly proseIsHit: boolean;
  /** A hit with a lower score, or with none, does not count; null when every hit does. */
  readonly minScore: number | null;
  /** The same for scores that are distances: a hit that is further away does not count. */
  readonly maxDistance: number | null;
};

/** Reads an answer without being told anything about it. */
export const ANY_READING: Reading = { paths: {}, prose: false, proseIsHit: false, minScore: null, maxDistance: null };

/** An answer in one form for all dialects. */
export type Answer = Reply & {
  /** The texts joined by line feeds; null when there are none. */
  readonly text: string | null;
  /** Null when the answer holds no list where hits were to be found; an error has none. */
  readonly hits: readonly Hit[] | null;
  /** How many hits do not count because of their score. */
  readonly dropped: number;
  /** Names of the sources that the answer gives; those of the hits when it gives none itself. */
  readonly citations: readonly string[];
  /** As the answer has it; undefined when there is no such value. */
  readonly builtAt: Json | undefined;
  /** How many documents the index says it has; undefined when it does not say. */
  readonly documents: number | undefined;
  readonly reading: Reading;
};

/** Understands a reply. Pure. */
export const readAnswer = (reply: Reply, reading: Reading = ANY_READING): Answer => {
  const text = reply.texts.length === 0 ? null : reply.texts.join('\n');
  const json = reply.json ?? (text === null ? undefined : jsonInText(text));
  const found = reply.isError ? null : hitsOf(reply.texts, json, reading);
  const hits = found?.filter((hit) => counts(hit, reading)) ?? null;
  const { paths } = reading;
  const documents =
    json === undefined || paths.documents === undefined ? undefined : selectFirst(paths.documents, json);
  return {
    ...reply,
    json,
    text,
    hits,
    dropped: (found?.length ?? 0) - (hits?.length ?? 0),
    citations: citationsOf(json, hits ?? [], paths),
    builtAt: json === undefined || paths['built-at'] === undefined ? undefined : selectFirst(paths['built-at'], json),
    documents: typeof documents === 'number' ? documents : undefined,
    reading,
  };
};

const hitsOf = (texts: readonly string[], json: Json | undefined, reading: Reading): readonly Hit[] | null => {
  const { paths, prose, proseIsHit } = reading;
  const placed = paths.hits !== undefined || paths.ids !== undefined;
  const inJson = json === undefined || (prose && !placed) ? null : hitsInJson(json, paths);
  if (inJson !== null) return inJson;
  if (prose ? !proseIsHit : placed || json !== undefined) return null;
  const hits = prose ? hitsInWords(texts) : hitsInTexts(texts);
  const { missing, empty } = hits.length === 0 ? {} : findSignatures(texts.join('\n'));
  // A text that only says that there is no index is no hit.
  return missing === undefined && empty === undefined ? hits : [];
};

const counts = ({ score }: Hit, { minScore, maxDistance }: Reading): boolean =>
  (minScore === null || (score !== undefined && score >= minScore)) &&
  (maxDistance === null || (score !== undefined && score <= maxDistance));

const citationsOf = (json: Json | undefined, hits: readonly Hit[], paths: AnswerPaths): readonly string[] => {
  const given = json === undefined || paths.citations === undefined ? undefined : selectList(paths.citations, json);
  return given === undefined
    ? hits.flatMap(({ id }) => id ?? [])
    : given.flatMap((value) => nameOf(value) ?? usualName(value) ?? []);
};
