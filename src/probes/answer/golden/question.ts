import { createHash } from 'node:crypto';
import { isList } from '../../../matchers/equality.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';
import { closest } from '../../../model/suggest.ts';
import { quoted } from '../bounds.ts';

/** A question with a known answer. */
export type Question = {
  readonly id: string;
  readonly ask: string;
  /** Documents of which at least one must be among the first k hits. */
  readonly expectIds: readonly string[];
  readonly mustContain: readonly string[];
  readonly mustNotContain: readonly string[];
  /** True for a negative control: nothing may be found, because there is nothing. */
  readonly abstain: boolean;
  /** Changes when anything in the question changes. */
  readonly digest: string;
  /** Line of the file on which it begins. */
  readonly line: number;
};

/** Something wrong with a line of the file. */
export type LineProblem = { readonly line: number; readonly message: string };

const KEYS = ['id', 'ask', 'expect-ids', 'must-contain', 'must-not-contain', 'abstain'];
const MOST_TEXTS = 100;
const LONGEST_ID = 200;
const LONGEST_TEXT = 10_000;

/** A question out of an entry of the file, or everything that is wrong with it. */
export const readQuestion = (entry: Json, line: number): Question | readonly LineProblem[] => {
  if (!isJsonObject(entry)) return [{ line, message: 'a question is a mapping with id and ask' }];
  const { id, ask, abstain } = entry;
  const lists = ['expect-ids', 'must-contain', 'must-not-contain'].map((key) => textsOf(entry[key]));
  const [expectIds, mustContain, mustNotContain] = lists;
  const messages = [
    ...Object.keys(entry).flatMap(unknownKey),
    ...[textProblem('id', id, LONGEST_ID), textProblem('ask', ask, LONGEST_TEXT)].flat(),
    ...lists.flatMap((list, at) =>
      list === null ? [`${KEYS[at + 2]} must be a text, or a list of texts without an empty one`] : [],
    ),
    ...(abstain === undefined || abstain === true ? [] : ['abstain can only be true; leave it out otherwise']),
    ...conditionProblems(entry),
  ];
  if (
    messages.length > 0 ||
    typeof id !== 'string' ||
    typeof ask !== 'string' ||
    !expectIds ||
    !mustContain ||
    !mustNotContain
  ) {
    return messages.map((message) => ({ line, message }));
  }
  const asked = { id, ask, expectIds, mustContain, mustNotContain, abstain: abstain === true };
  return { ...asked, digest: digestOf(asked), line };
};

const unknownKey = (key: string): readonly string[] => {
  if (KEYS.includes(key)) return [];
  const near = closest(key, KEYS);
  return [
    `unknown key ${quoted(key, 40)}${near === null ? `: a question has ${KEYS.join(', ')}` : `: did you mean "${near}"?`}`,
  ];
};

const textProblem = (key: string, value: Json | undefined, longest: number): readonly string[] => {
  if (value === undefined) return [`${key} is missing`];
  if (typeof value !== 'string') return [`${key} must be a text: write it in quotes`];
  if (value.trim() === '') return [`${key} is empty`];
  if (value.length > longest) return [`${key} is longer than ${longest} characters`];
  return value.isWellFormed() ? [] : [`${key} holds half of a surrogate pair`];
};

/** One text or a list of texts; null when it is something else. */
const textsOf = (value: Json | undefined): readonly string[] | null => {
  if (value === undefined) return [];
  const list = isList(value) ? value : [value];
  const texts = list.filter((item) => typeof item === 'string').filter((item) => item.trim() !== '');
  return texts.length === list.length && texts.length > 0 && texts.length <= MOST_TEXTS ? texts : null;
};

const conditionProblems = (entry: JsonObject): readonly string[] => {
  const asks = (key: string): boolean => entry[key] !== undefined;
  if (asks('abstain') && (asks('expect-ids') || asks('must-contain'))) {
    return ['abstain: true means that nothing may be found: expect-ids and must-contain contradict it'];
  }
  return ['expect-ids', 'must-contain', 'must-not-contain', 'abstain'].some(asks)
    ? []
    : ['asks nothing that could fail: say expect-ids, must-contain, must-not-contain or abstain: true'];
};

/** The first 16 hex digits of a SHA-256 over what is asked. */
export const digestOf = (value: Json): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
