import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { Answer } from './answer.ts';
import { cut, MAX_HITS, MAX_TEXT } from './bounds.ts';
import { degradedFlag } from './flags.ts';
import { builtFacts, holdsSentinel } from './freshness.ts';
import { signaturesOf } from './searched.ts';
import type { Found } from './signatures.ts';

/** What a check asks of every answer beside its expectations. */
export type Asked = {
  /** Patterns of the file that mark an answer as degraded. */
  readonly deny: readonly string[];
  /** Id of a document or build that the answer must hold; null when none is asked for. */
  readonly sentinel: string | null;
};

/** The facts of an answer, named in `answerFactTable`. Pure. */
export const answerFacts = (answer: Answer, asked: Asked, now: Date): Facts => ({
  'is-error': answer.isError,
  ...(answer.text === null ? {} : { text: cut(answer.text, MAX_TEXT) }),
  ...(answer.json === undefined ? {} : { json: answer.json }),
  ...hitFacts(answer),
  ...signatureFacts(conditionsOf(answer, asked.deny)),
  ...builtFacts(answer.builtAt, now),
  ...(answer.documents === undefined ? {} : { documents: answer.documents }),
  ...(asked.sentinel === null
    ? {}
    : { sentinel: asked.sentinel, 'sentinel-found': holdsSentinel(answer, asked.sentinel) }),
});

/** The conditions that an answer gives away, by words or by a member like `fallback: true`. */
export const conditionsOf = (answer: Answer, deny: readonly string[]): Found => {
  const { texts, json, hits, reading } = answer;
  const words = signaturesOf({ texts, json, hits: hits ?? [], paths: reading.paths }, deny);
  const flag = words.degraded ?? (json === undefined ? undefined : degradedFlag(json));
  return flag === undefined ? words : { ...words, degraded: flag };
};

/** The same as facts. */
export const signatureFacts = ({ missing, empty, stale, degraded }: Found): Facts => ({
  ...(missing === undefined ? {} : { 'index-signature': missing }),
  ...(empty === undefined ? {} : { 'empty-signature': empty }),
  ...(stale === undefined ? {} : { 'stale-signature': stale }),
  ...(degraded === undefined ? {} : { 'degraded-signature': degraded }),
});

const hitFacts = ({ hits, dropped, citations }: Answer): Facts => {
  if (hits === null) return {};
  const ids = hits.flatMap(({ id }) => id ?? []).slice(0, MAX_HITS);
  const scores = hits.flatMap(({ score }) => score ?? []);
  return {
    hits: hits.length,
    'hit-count': hits.length,
    'hit-list': hits.slice(0, MAX_HITS).map(({ value }) => shortened(value)),
    'hit-ids': ids.map((id) => cut(id, 500)),
    ...(scores.length === 0 ? {} : { 'top-score': scores[0] ?? 0 }),
    ...(dropped === 0 ? {} : { 'dropped-hits': dropped }),
    citations: citations.slice(0, MAX_HITS).map((name) => cut(name, 500)),
  };
};

const shortened = (hit: Json): Json => (typeof hit === 'string' ? cut(hit, MAX_TEXT) : hit);
