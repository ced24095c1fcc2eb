import type { CallToolResult } from '@modelcontextprotocol/client';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { readJson } from '../http/json-text.ts';
import { cut, MAX_HITS, MAX_SEARCHED, MAX_TEXT } from './bounds.ts';
import { citationsOf, findHits } from './hits.ts';
import type { Spec } from './schema.ts';
import { degradedSignature, indexSignature } from './signatures.ts';

/** A tool's answer on either channel, reduced to what is looked at. */
export type Answer = {
  readonly isError: boolean;
  readonly channel: 'result' | 'protocol';
  readonly errorCode: number | null;
  readonly texts: readonly string[];
  readonly structured: Json | undefined;
};

/** The answer of a call that came back as a result, be it an error or not. */
export const answerOf = (result: CallToolResult): Answer => ({
  isError: result.isError === true,
  channel: 'result',
  errorCode: null,
  texts: result.content.flatMap((item) => (item.type === 'text' ? [item.text] : [])),
  structured: asJson(result.structuredContent),
});

/** The library hands on what `JSON.parse` gave, typed as unknown. */
const asJson = (value: unknown): Json | undefined => (isParsed(value) ? value : undefined);
const isParsed = (value: unknown): value is Json => value !== undefined;

/** The facts of an answer. Pure. */
export const answerFacts = (answer: Answer, spec: Spec): Facts => {
  const text = answer.texts.join('\n');
  const json = answer.structured ?? parsedText(text);
  const found = answer.isError ? null : findHits({ texts: answer.texts, json }, spec.hits);
  const searched = searchedText(answer, spec);
  const index = indexSignature(searched);
  const degraded = degradedSignature(searched, spec.deny ?? []);
  const hits = found !== null && index !== undefined && json === undefined ? [] : found;
  const citations = citationsOf(hits ?? []).slice(0, MAX_HITS);
  return {
    'is-error': answer.isError,
    ...(answer.isError ? { 'error-channel': answer.channel } : {}),
    ...(answer.errorCode === null ? {} : { 'error-code': answer.errorCode }),
    ...(answer.texts.length === 0 ? {} : { text: cut(text, MAX_TEXT) }),
    ...(json === undefined ? {} : { json }),
    ...(hits === null
      ? {}
      : { hits: hits.length, 'hit-count': hits.length, 'hit-list': hits.slice(0, MAX_HITS).map(shortened) }),
    ...(hits === null ? {} : { citations }),
    ...(index === undefined ? {} : { 'index-signature': index }),
    ...(degraded === undefined ? {} : { 'degraded-signature': degraded }),
  };
};

const shortened = (hit: Json): Json => (typeof hit === 'string' ? cut(hit, MAX_TEXT) : hit);

const parsedText = (text: string): Json | undefined => {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const read = readJson(text);
  return read.ok ? read.value : undefined;
};

/**
 * Where signatures are looked for: the texts, and in JSON the strings beside the hits. What a hit says is the index's
 * content; an article about indexes that are not found is no sign of one.
 */
const searchedText = (answer: Answer, spec: Spec): string => {
  const searched = (json: Json): readonly string[] => {
    const hits = answer.isError ? null : findHits({ texts: [], json }, spec.hits);
    return stringsBeside(json, new Set(hits));
  };
  const texts = answer.texts.flatMap((text) => {
    const json = parsedText(text);
    return json === undefined ? [text] : searched(json);
  });
  const beside = answer.structured === undefined ? [] : searched(answer.structured);
  return cut([...texts, ...beside].join('\n'), MAX_SEARCHED);
};

const stringsBeside = (json: Json, hits: ReadonlySet<Json>): readonly string[] => {
  if (hits.has(json)) return [];
  if (typeof json === 'string') return [json];
  if (typeof json !== 'object' || json === null) return [];
  const members = Array.isArray(json) ? json : isJsonObject(json) ? Object.values(json) : [];
  return members.flatMap((member) => stringsBeside(member, hits));
};
