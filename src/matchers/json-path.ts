import {
  FunctionExpressionType,
  JSONPathEnvironment,
  JSONPathQuery,
  Nothing,
  jsonpath,
  type FilterFunction,
  type JSONValue,
} from 'json-p3';
import type { Json } from '../model/json.ts';
import { sizeOf } from './equality.ts';
import { keepAtMost } from './keep.ts';
import { compilePattern, type Pattern } from './pattern.ts';

/**
 * What a path selects. A singular path (`$.a[0]`) selects a value or nothing; any other selects a list of nodes, which
 * is `missing` too when the part before its first wildcard, slice, filter or descent does not exist: an empty list
 * proves nothing about a list that is not there. `unusable` when the value is nested too deeply to be searched.
 */
export type Selection =
  | { readonly state: 'value'; readonly value: Json }
  | { readonly state: 'nodes'; readonly value: readonly Json[] }
  | { readonly state: 'missing' }
  | { readonly state: 'unusable'; readonly message: string };

/** How deep `..` descends; deeper values are not searched in part. */
const MOST_DEPTH = 500;

/** What is wrong with a JSONPath of RFC 9535, one sentence; null when nothing is. */
export const checkJsonPath = (text: string): string | null => {
  const path = compilePath(text);
  return typeof path === 'string' ? path : null;
};

/** What the path selects: the value of a singular path, the list of nodes of any other, undefined for nothing. */
export const queryJson = (text: string, json: Json): Json | undefined => {
  const selection = selectJson(text, json);
  return 'value' in selection ? selection.value : undefined;
};

/** What the path selects, with the difference between a value, a list of nodes and nothing. Never throws. */
export const selectJson = (text: string, json: Json): Selection => {
  const path = compilePath(text);
  if (typeof path === 'string') return { state: 'unusable', message: `the path ${text} cannot be used: ${path}` };
  try {
    if (path.query.singularQuery()) {
      const [value] = nodes(path.query, json);
      return value === undefined ? { state: 'missing' } : { state: 'value', value };
    }
    if (nodes(path.prefix, json).length === 0) return { state: 'missing' };
    return { state: 'nodes', value: nodes(path.query, json) };
  } catch {
    return { state: 'unusable', message: `the value is nested too deeply to be searched with ${text}` };
  }
};

type Path = { readonly query: JSONPathQuery; readonly prefix: JSONPathQuery };

const keep = keepAtMost<Path | string>(500);

const compilePath = (text: string): Path | string => keep(text, () => compile(text));

const compile = (text: string): Path | string => {
  try {
    const query = environment.compile(text);
    return { query, prefix: singularPrefix(query) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** What stands before the first wildcard, slice, filter or descent of a path that has one. */
const singularPrefix = ({ segments }: JSONPathQuery): JSONPathQuery => {
  const firstOf = (count: number) => new JSONPathQuery(environment, segments.slice(0, count));
  return firstOf(segments.findIndex((_, index) => !firstOf(index + 1).singularQuery()));
};

const nodes = (query: JSONPathQuery, json: Json): readonly Json[] =>
  isInput(json)
    ? query
        .query(json)
        .values()
        .flatMap((value: unknown) => (isJson(value) ? [value] : []))
    : [];

/** The library declares lists as mutable, but only reads them. */
const isInput = (json: unknown): json is JSONValue => json !== undefined;
const isJson = (value: unknown): value is Json => value !== undefined;

/** `match()` and `search()` take I-Regexps (RFC 9485), here on an engine that cannot backtrack. */
const patternFunction = (holds: (pattern: Pattern, text: string) => boolean): FilterFunction => ({
  argTypes: [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType],
  returnType: FunctionExpressionType.LogicalType,
  call: (text: unknown, written: unknown) => {
    if (typeof text !== 'string' || typeof written !== 'string') return false;
    const pattern = compilePattern(dotsWithoutLineBreaks(written));
    return typeof pattern !== 'string' && holds(pattern, text);
  },
});

/** A dot of an I-Regexp matches neither line feed nor carriage return. */
const dotsWithoutLineBreaks = (pattern: string): string => {
  let inClass = false;
  return pattern.replaceAll(/\\[\s\S]|[[\].]/g, (part) => {
    if (part === '.' && !inClass) return '[^\\n\\r]';
    if (part === '[') inClass = true;
    if (part === ']') inClass = false;
    return part;
  });
};

/** The length of a text counts characters; the library's own counts UTF-16 units. */
const lengthFunction: FilterFunction = {
  argTypes: [FunctionExpressionType.ValueType],
  returnType: FunctionExpressionType.ValueType,
  call: (value: unknown) => (isJson(value) ? (sizeOf(value) ?? Nothing) : Nothing),
};

const makeEnvironment = (): JSONPathEnvironment => {
  const made = new JSONPathEnvironment({ maxRecursionDepth: MOST_DEPTH });
  const types = made.checkWellTypedness.bind(made);
  made.functionRegister.set('length', lengthFunction);
  made.functionRegister.set(
    'match',
    patternFunction((pattern, text) => pattern.testExact(text)),
  );
  made.functionRegister.set(
    'search',
    patternFunction((pattern, text) => pattern.test(text)),
  );
  made.checkWellTypedness = (token, args) => {
    const checked = types(token, args);
    const pattern = checked[1];
    // Only match() and search() have a second argument.
    if (pattern instanceof jsonpath.expressions.StringLiteral) {
      const compiled = compilePattern(dotsWithoutLineBreaks(pattern.value));
      if (typeof compiled === 'string') throw new SyntaxError(`the pattern of ${token.value}() is wrong: ${compiled}`);
    }
    return checked;
  };
  return made;
};

const environment = makeEnvironment();
