import { isList } from '../../matchers/equality.ts';
import { selectJson } from '../../matchers/json-path.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { readAnswer, type Answer } from '../answer/answer.ts';
import { selectFirst } from '../answer/paths.ts';
import { matchesAny } from '../answer/signatures.ts';
import type { Dialect } from './dialect.ts';
import { errorIn } from './error-in.ts';

/** The answer in what a request over HTTP showed; null when its body is none: a page, or no JSON where JSON is needed. */
export const answerIn = (facts: Facts, dialect: Dialect): Answer | null => {
  const { status, body, json } = facts;
  if (typeof status !== 'number') return null;
  const error = errorOf(status, body, json, dialect);
  if (error !== null) return readAnswer({ isError: true, texts: [error], json }, dialect.reading);
  if (json === undefined) {
    if (typeof body !== 'string' || dialect.needsJson || isPage(facts, body) || facts['json-problem'] !== undefined)
      return null;
    return readAnswer({ isError: false, texts: [body], json: undefined }, dialect.reading);
  }
  const structured = dialect.structured === null ? json : selectFirst(dialect.structured, json);
  const texts = dialect.answer === null ? [] : textsAt(dialect.answer, json);
  return readAnswer({ isError: false, texts, json: structured ?? undefined }, dialect.reading);
};

/** A body that says so is an error with any status; one with a status of failure is an error whatever it says. */
const errorOf = (status: number, body: Json | undefined, json: Json | undefined, dialect: Dialect): string | null => {
  const told = json === undefined ? null : errorIn(json, dialect.error);
  if (told !== null) return told;
  const text = typeof body === 'string' ? body : '';
  if (matchesAny(dialect.isError, text)) return text.slice(0, 1000);
  return status >= 400 ? text.slice(0, 1000) : null;
};

/** The texts at the first path where there are any. */
const textsAt = (paths: readonly string[], json: Json): readonly string[] => {
  for (const path of paths) {
    const selection = selectJson(path, json);
    if (selection.state !== 'value' && selection.state !== 'nodes') continue;
    const texts = (isList(selection.value) ? selection.value : [selection.value]).filter(
      (value) => typeof value === 'string',
    );
    if (texts.length > 0) return texts;
  }
  return [];
};

/** A login page, a parking page or a fallback of a web server is no answer, although it is text. */
const isPage = (facts: Facts, body: string): boolean => {
  const headers = facts['headers'];
  const type = isJsonObject(headers) ? headers['content-type'] : undefined;
  return (typeof type === 'string' && /html/i.test(type)) || /^\s*<(?:!doctype|html)/i.test(body);
};
