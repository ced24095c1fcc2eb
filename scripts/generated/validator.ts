import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import type { JsonSchema } from './json-schema.ts';

/** What the generated code asks of Ajv's own modules, written out so that Ajv is not loaded at run time. */
const INLINED: ReadonlyMap<string, string> = new Map([
  ['ajv/dist/runtime/ucs2length', '(text) => Array.from(text).length'],
  [
    'ajv/dist/runtime/equal',
    `function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return Array.isArray(a) === Array.isArray(b) && keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
}`,
  ],
]);

const inline = (required: string, name: string): string => {
  const code = INLINED.get(name);
  if (code === undefined)
    throw new Error(`the validator needs ${required}: write it out in scripts/generated/validator.ts`);
  return `(${code})`;
};

/** The source of an ES module whose default export checks a value and leaves every error in `errors`. */
export const makeValidator = (schema: JsonSchema): string => {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    code: { source: true, esm: true, lines: false },
  });
  const code = standalone.default(ajv, ajv.compile(schema)).replaceAll(/require\("([^"]*)"\)(?:\.default)?/g, inline);
  return `// Made by scripts/generate.ts from src/config/schema.ts. Do not edit.\n${code}\n`;
};

export const VALIDATOR_TYPES = `// Made by scripts/generate.ts. Do not edit.
import type { Json } from '../model/json.ts';

/** An error as Ajv reports it, with the schema that was not met. */
export type SchemaError = {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: { readonly [name: string]: unknown };
  readonly propertyName?: string;
  readonly message?: string;
  readonly parentSchema?: { readonly [keyword: string]: unknown };
};

/** Checks a configuration file; the errors of the last call are in \`errors\`. */
declare const validate: {
  (value: Json): boolean;
  readonly errors?: readonly SchemaError[] | null;
};

export default validate;
`;
