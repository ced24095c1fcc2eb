import { isList } from '../../matchers/equality.ts';
import { isJsonObject, type Json } from '../../model/json.ts';

/** What stands for the question in a request. The file's own placeholders have another form and are filled before. */
const PLACEHOLDER = /\{\{\s*question\s*\}\}/g;

/** How a text is written where it is put: as it is, inside a JSON text, or as a part of a URL or form. */
export type Place = 'plain' | 'json' | 'url';

/** Whether a text asks the question. */
export const asksQuestion = (text: string): boolean => text.search(PLACEHOLDER) >= 0;

/** Whether a value asks the question anywhere. Keys do not count: nothing is put there. */
export const valueAsksQuestion = (value: unknown): boolean => {
  if (typeof value === 'string') return asksQuestion(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(valueAsksQuestion);
};

/** Puts the question into a text, in one pass: a question that holds the placeholder itself is not filled again. */
export const putQuestion = (text: string, question: string, place: Place): string =>
  text.replaceAll(PLACEHOLDER, () => written(question, place));

/** Puts the question into every text of a JSON value. */
export const putQuestionIntoJson = (value: Json, question: string): Json => {
  if (typeof value === 'string') return putQuestion(value, question, 'plain');
  if (isList(value)) return value.map((item) => putQuestionIntoJson(item, question));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, putQuestionIntoJson(item, question)]));
};

const written = (question: string, place: Place): string => {
  if (place === 'plain') return question;
  if (place === 'json') return JSON.stringify(question).slice(1, -1);
  return encodeURIComponent(question.toWellFormed());
};
