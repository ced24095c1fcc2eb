import { createHash } from 'node:crypto';
import type { Answer } from '../answer.ts';
import { conditionsOf } from '../answer-facts.ts';
import { quoted } from '../bounds.ts';
import { saysNoAnswer, type Found } from '../signatures.ts';
import { stringsIn } from '../strings-in.ts';
import type { Question } from './question.ts';

/** What became of one question. */
export type Result = {
  readonly question: Question;
  /** Whether the answer is as it must be. */
  readonly held: boolean;
  /** Why it is not, one clause; null when it is. */
  readonly why: string | null;
  /** `silent` is an answer without a hit, as a negative control must have it. */
  readonly state: 'answered' | 'silent' | 'error';
  /** Ids of the first k hits; null for one without. Of an answer in words without hits, what it cites. */
  readonly ids: readonly (string | null)[];
  /** Place of the first expected id among them, from 1; null when none is there. */
  readonly rank: number | null;
  /** Share of the expected ids among them; null when the question expects none. */
  readonly recall: number | null;
  /** Whether the answer names a source, and no source that is not among its hits. */
  readonly cited: boolean;
  readonly scores: readonly number[];
  readonly conditions: Found;
  /** Equal for answers that say the same. */
  readonly fingerprint: string;
  readonly builtAt: Answer['builtAt'];
  readonly documents: number | undefined;
  readonly text: string;
};

/** Holds an answer against what is known of the question. `k` hits are looked at. Pure. */
export const judgeAnswer = (question: Question, answer: Answer, k: number, deny: readonly string[]): Result => {
  const content = contentOf(answer, question.ask, k);
  const state = stateOf(answer, content);
  const ids = rankedIds(answer).slice(0, k);
  const found = question.expectIds.filter((id) => ids.includes(id));
  const first = ids.findIndex((id) => id !== null && question.expectIds.includes(id));
  const why = whyNot(question, answer, state, { content, found: found.length > 0, k, ids });
  const conditions = conditionsOf(answer, deny);
  return {
    question,
    held: why === null,
    why,
    state,
    ids,
    rank: first < 0 ? null : first + 1,
    recall: question.expectIds.length === 0 ? null : found.length / new Set(question.expectIds).size,
    cited: isCited(answer),
    scores: (answer.hits ?? []).flatMap(({ score }) => score ?? []),
    // The right document may well speak of an index that is missing; only where it is not found is that a sign.
    conditions: why === null ? withoutAbsence(conditions) : conditions,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([ids, content]))
      .digest('hex'),
    builtAt: answer.builtAt,
    documents: answer.documents,
    text: answer.text ?? '',
  };
};

const withoutAbsence = ({ missing: _missing, empty: _empty, ...others }: Found): Found => others;

const stateOf = (answer: Answer, content: string): Result['state'] => {
  if (answer.isError || answer.hits === null) return 'error';
  const inWords = answer.reading.prose || answer.json === undefined;
  return answer.hits.length === 0 || (inWords && saysNoAnswer(content)) ? 'silent' : 'answered';
};

/** What the answer says: its words, or the hits and what stands around them. Our own question in it is no answer. */
const contentOf = ({ texts, hits, reading }: Answer, ask: string, k: number): string => {
  const fromHits = reading.prose ? [] : (hits ?? []).slice(0, k).flatMap(({ value }) => stringsIn(value));
  return plain([...texts, ...fromHits].join('\n').replaceAll(ask, ' '));
};

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().toLowerCase();

const rankedIds = ({ hits, citations, reading }: Answer): readonly (string | null)[] => {
  const ids = (hits ?? []).map(({ id }) => id ?? null);
  return reading.prose && ids.every((id) => id === null) ? citations : ids;
};

const isCited = ({ citations, hits }: Answer): boolean => {
  const known = new Set((hits ?? []).flatMap(({ id }) => id ?? []));
  return citations.length > 0 && (known.size === 0 || citations.every((name) => known.has(name)));
};

type Seen = {
  readonly content: string;
  readonly found: boolean;
  readonly k: number;
  readonly ids: readonly (string | null)[];
};

const whyNot = (question: Question, answer: Answer, state: Result['state'], seen: Seen): string | null => {
  if (state === 'error') {
    return answer.isError ? `it failed: ${quoted(answer.text ?? '', 160)}` : 'the answer holds no list of hits';
  }
  const forbidden = question.mustNotContain.find((text) => seen.content.includes(plain(text)));
  if (forbidden !== undefined) return `the answer contains ${quoted(forbidden, 80)}`;
  if (question.abstain) return state === 'silent' ? null : `something was found: ${namesOf(seen.ids)}`;
  if (state === 'silent') return 'nothing was found';
  if (question.expectIds.length > 0 && !seen.found) {
    return `${noneOf(question)} among the first ${seen.k}: ${namesOf(seen.ids)}`;
  }
  const lacking = question.mustContain.find((text) => !seen.content.includes(plain(text)));
  return lacking === undefined ? null : `the answer does not contain ${quoted(lacking, 80)}`;
};

const noneOf = ({ expectIds }: Question): string => {
  const names = expectIds.slice(0, 5).map((id) => quoted(id, 80));
  return names.length === 1 ? `${names.join('')} is not` : `none of ${names.join(', ')} is`;
};

const namesOf = (ids: readonly (string | null)[]): string => {
  const names = [...new Set(ids.flatMap((id) => (id === null ? [] : quoted(id, 80))))];
  return names.length === 0 ? 'hits without an id' : names.slice(0, 5).join(', ');
};
