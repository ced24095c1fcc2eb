import type { Json } from '../model/json.ts';
import { closest } from '../model/suggest.ts';
import { oneOf } from './describe.ts';
import type { SchemaError } from './validate.generated.js';

/** What a schema error says to a person. `found` is how the value is named, `value` the value itself. */
export type SchemaMessage = { readonly message: string; readonly hint: string | null | (() => string | null) };

const TYPES: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
  null: 'nothing',
};

export const explainError = (error: SchemaError, found: string, value: Json | undefined): SchemaMessage => {
  if (error.keyword === 'additionalProperties') return unknownKey(error);
  if (error.keyword === 'required') return plain(`the key ${quote(error.params['missingProperty'])} is missing`);
  if (error.keyword === 'propertyNames')
    return plain(`${quote(error.params['propertyName'])} is not ${nameTitle(error)}`);
  if (error.keyword === 'minItems') return tooFew(Number(error.params['limit']));
  return { message: `expected ${expectation(error)}, found ${found}`, hint: () => mend(error, value) };
};

const plain = (message: string): SchemaMessage => ({ message, hint: null });

const tooFew = (least: number): SchemaMessage =>
  plain(least === 1 ? 'the list is empty' : `the list needs at least ${least} entries`);

const quote = (value: unknown): string => JSON.stringify(value);

const unknownKey = (error: SchemaError): SchemaMessage => {
  const key = String(error.params['additionalProperty']);
  const known = Object.keys(asRecord(error.parentSchema?.['properties']));
  return {
    message: `unknown key ${quote(key)}`,
    hint: () => {
      const near = closest(key, known);
      if (near !== null) return `did you mean "${near}"?`;
      return known.length > 40 ? null : `the keys here are ${known.join(', ')}`;
    },
  };
};

const nameTitle = (error: SchemaError): string =>
  String(asRecord(error.parentSchema?.['propertyNames'])['title'] ?? 'a name that can stand here');

/** What the schema asks for, from its title or from the keyword. */
const expectation = (error: SchemaError): string => {
  const { keyword, params } = error;
  const title = error.parentSchema?.['title'];
  if (typeof title === 'string') return title;
  if (keyword === 'type') return TYPES[String(params['type'])] ?? String(params['type']);
  if (keyword === 'enum') return oneOf(asList(params['allowedValues']).map(quote));
  if (keyword === 'const') return quote(params['allowedValue']);
  if (keyword === 'minLength') return 'a text that is not empty';
  if (keyword === 'pattern') return `a text that matches ${String(params['pattern'])}`;
  if (keyword === 'anyOf') return alternatives(asList(params['alternatives']));
  return error.message?.replace(/^must be /, '') ?? 'something else';
};

const alternatives = (errors: readonly unknown[]): string => {
  const known = errors.filter(isError);
  const missing = known.filter(({ keyword }) => keyword === 'required');
  if (missing.length === known.length && missing.length > 0) {
    return `the key ${oneOf(missing.map(({ params }) => quote(params['missingProperty'])))}`;
  }
  return oneOf([...new Set(known.map(expectation))]);
};

const isError = (value: unknown): value is SchemaError =>
  typeof value === 'object' && value !== null && 'keyword' in value && 'params' in value;

/** What to write instead, where that is plain to see. */
const mend = (error: SchemaError, value: Json | undefined): string | null => {
  const { keyword, params, parentSchema } = error;
  const wantsText = keyword === 'type' && params['type'] === 'string';
  const pattern = parentSchema?.['pattern'];
  if (wantsText && (typeof value === 'number' || typeof value === 'boolean')) {
    const unit = typeof pattern === 'string' && typeof value === 'number' && new RegExp(pattern).test(`${value}s`);
    return unit ? `write ${value}s or ${value}ms` : `write "${value}" in quotes`;
  }
  if (keyword === 'enum' && typeof value === 'string') {
    const near = closest(value, asList(params['allowedValues']).map(String));
    return near === null ? null : `did you mean "${near}"?`;
  }
  if (keyword !== 'type' || typeof value !== 'string') return null;
  if (params['type'] === 'boolean') return BOOLEAN_WORDS.get(value.toLowerCase()) ?? null;
  const number = params['type'] === 'integer' || params['type'] === 'number';
  return number && /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(value) ? 'write it without quotes' : null;
};

const BOOLEAN_WORDS = new Map([
  ...['yes', 'on', 'y', 'true'].map((word) => [word, 'write true'] as const),
  ...['no', 'off', 'n', 'false'].map((word) => [word, 'write false'] as const),
]);

const asRecord = (value: unknown): { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null ? { ...value } : {};

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
