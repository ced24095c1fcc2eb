import { isList } from '../../matchers/equality.ts';
import { selectJson } from '../../matchers/json-path.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { stringsIn } from '../answer/strings-in.ts';

/** Members by which a body says that it worked; false means that it did not. */
const WORKED = ['success', 'ok', 'succeeded'];
const FAILED = /^(?:error|errored|fail|failed|failure|internal_error)$/i;

/** What a body says that went wrong, in its own words, whatever the HTTP status; null when it says nothing of the kind. */
export const errorIn = (json: Json, paths: readonly string[]): string | null => {
  for (const path of paths) {
    const selection = selectJson(path, json);
    const values = selection.state === 'nodes' ? selection.value : selection.state === 'value' ? [selection.value] : [];
    const told = values.find(saysSomething);
    if (told !== undefined) return wordsOf(told, json);
  }
  if (!isJsonObject(json)) return null;
  const unmet = WORKED.find((name) => Object.hasOwn(json, name) && json[name] === false);
  if (unmet !== undefined) return wordsOf(true, json);
  const { status } = json;
  return typeof status === 'string' && FAILED.test(status) ? wordsOf(true, json) : null;
};

const saysSomething = (value: Json): boolean => {
  if (value === null || value === false || value === 0) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (isList(value)) return value.some(saysSomething);
  return !isJsonObject(value) || Object.keys(value).length > 0;
};

/** The texts of the error; of a mere flag, all that stands beside it. */
const wordsOf = (told: Json, json: Json): string => {
  const texts = stringsIn(typeof told === 'object' || typeof told === 'string' ? told : json);
  return texts.length === 0 ? JSON.stringify(told).slice(0, 1000) : texts.join(': ').slice(0, 1000);
};
