import type { Json } from '../../model/json.ts';
import { putQuestion, putQuestionIntoJson, valueAsksQuestion, type Place } from '../answer/placeholder.ts';
import type { OneRequestSpec } from '../http/request-from-spec.ts';
import type { Spec } from './schema.ts';

const PARTS = ['url', 'query', 'json', 'form', 'body'] as const;

/** Whether the request asks a question at all. */
export const asks = (spec: Spec): boolean => PARTS.some((part) => valueAsksQuestion(spec[part]));

/** The request with the question in it, encoded as each place needs it. */
export const withQuestion = (spec: Spec, question: string): OneRequestSpec => ({
  ...spec,
  url: putQuestion(spec.url, question, 'url'),
  ...(spec.query === undefined ? {} : { query: inQuery(spec.query, question) }),
  ...(spec.json === undefined ? {} : { json: putQuestionIntoJson(asJson(spec.json), question) }),
  ...(spec.form === undefined ? {} : { form: mapped(spec.form, question) }),
  ...(spec.body === undefined ? {} : { body: putQuestion(spec.body, question, placeInBody(spec)) }),
});

/** The file was JSON or YAML, so what it gives as a body is JSON; the schema only does not say so. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

const mapped = <Value>(members: { readonly [name: string]: Value }, question: string) =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, filled(value, question)]));

const filled = <Value>(value: Value, question: string): Value | string =>
  typeof value === 'string' ? putQuestion(value, question, 'plain') : value;

const inQuery = (query: NonNullable<Spec['query']>, question: string) =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((item) => filled(item, question)) : filled(value, question),
    ]),
  );

/** In a body that is written out, the question is encoded as its content type says, or as its beginning shows. */
const placeInBody = ({ headers = {}, body = '' }: Spec): Place => {
  const [, type = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  if (/json/i.test(String(type)) || /^\s*(?:\[|\{(?!\{))/.test(body)) return 'json';
  return /x-www-form-urlencoded/i.test(String(type)) ? 'url' : 'plain';
};
