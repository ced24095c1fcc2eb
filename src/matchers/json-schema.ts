import { createRequire } from 'node:module';
import type * as Ajv from 'ajv/dist/2020.js';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { isList } from './equality.ts';
import { keepAtMost } from './keep.ts';
import { compilePattern } from './pattern.ts';

/** What is wrong with a value, `/name must be string`; null when it fits. */
export type FitsSchema = (value: Json) => string | null;

/**
 * Compiles a JSON Schema 2020-12, once; a string is what is wrong with it. References stay inside it, a keyword or
 * format that would not be checked is refused, and patterns run on an engine that cannot backtrack.
 */
export const compileSchema = (schema: JsonObject): FitsSchema | string =>
  keep(JSON.stringify(schema), () => compile(schema));

const keep = keepAtMost<FitsSchema | string>(100);

const compile = (schema: JsonObject): FitsSchema | string => {
  const foreign = foreignReference(schema);
  if (foreign !== null) return `the reference "${foreign}" leaves the schema; only "#..." is followed`;
  try {
    const validate = makeAjv().compile(schema);
    return (value) => {
      if (validate(value) === true) return null;
      const [error] = validate.errors ?? [];
      return error === undefined ? 'it does not fit' : `${error.instancePath} ${error.message ?? ''}`.trim();
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Ajv is loaded by the first schema: a run without one starts without it. */
const makeAjv = () => {
  const { Ajv2020 }: typeof Ajv = createRequire(import.meta.url)('ajv/dist/2020.js');
  return new Ajv2020({
    strictSchema: true,
    strictTypes: false,
    ownProperties: true,
    logger: false,
    code: { regExp: linearPattern },
  });
};

const linearPattern = Object.assign(
  (written: string) => {
    const pattern = compilePattern(written);
    if (typeof pattern === 'string') throw new SyntaxError(`the pattern "${written}" is wrong: ${pattern}`);
    // Ajv shares compiled patterns by this text: without it, all patterns would be the first one.
    return { test: (text: string) => pattern.test(text), toString: () => written };
  },
  { code: 'linearPattern' },
);

const REFERENCES: ReadonlySet<string> = new Set(['$ref', '$dynamicRef']);

const foreignReference = (value: Json): string | null => {
  const children = isList(value) ? value.map((item) => ['', item] as const) : entries(value);
  for (const [name, child] of children) {
    if (REFERENCES.has(name) && typeof child === 'string' && !child.startsWith('#')) return child;
    const inside = foreignReference(child);
    if (inside !== null) return inside;
  }
  return null;
};

const entries = (value: Json): readonly (readonly [string, Json])[] =>
  isJsonObject(value) ? Object.entries(value) : [];
