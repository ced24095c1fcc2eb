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

/**
 * The same schema with a definition for a check and one for each probe kind. Each becomes a function of its own, which
 * is compiled when the first value of the kind is checked: as one function it took 25 ms of every start.
 */
const inParts = (schema: JsonSchema): JsonSchema => {
  const parts: { [name: string]: JsonSchema } = {};
  const hoist = (name: string, part: JsonSchema): JsonSchema => {
    parts[name] = part;
    return { $ref: `#/$defs/${name}` };
  };
  const properties = propertiesOf(schema);
  const checks = at(properties, 'checks');
  const check = at(checks, 'additionalProperties');
  const keys = Object.entries(propertiesOf(check)).map(([key, part]) => [
    key,
    part['type'] === 'object' ? hoist(`check-${key}`, part) : part,
  ]);
  const shortCheck = { ...check, properties: Object.fromEntries(keys) };
  const shortChecks = { ...checks, additionalProperties: hoist('check', shortCheck) };
  return { ...schema, properties: { ...properties, checks: shortChecks }, $defs: parts };
};

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (schema: JsonSchema, key: string): JsonSchema => {
  const part: unknown = schema[key];
  if (isSchema(part)) return part;
  throw new Error(`the schema of the file has no ${key} where the validator looks for it`);
};

const propertiesOf = (schema: JsonSchema): { readonly [key: string]: JsonSchema } =>
  Object.fromEntries(Object.keys(at(schema, 'properties')).map((key) => [key, at(at(schema, 'properties'), key)]));

/** The source of an ES module whose default export checks a value and leaves every error in `errors`. */
export const makeValidator = (schema: JsonSchema): string => {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    inlineRefs: false,
    code: { source: true, esm: true, lines: false },
  });
  const code = standalone
    .default(ajv, ajv.compile(inParts(schema)))
    .replaceAll(/require\("([^"]*)"\)(?:\.default)?/g, inline);
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
