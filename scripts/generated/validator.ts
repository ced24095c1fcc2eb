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
  const scenarios = at(properties, 'scenarios');
  const scenario = at(scenarios, 'additionalProperties');
  const steps = at(at(scenario, 'properties'), 'steps');
  const step = at(steps, 'items');
  // A step takes the same probes as a check: one function for both.
  const stepKeys = Object.entries(propertiesOf(step)).map(([key, part]) => [
    key,
    `check-${key}` in parts ? { $ref: `#/$defs/check-${key}` } : part,
  ]);
  const shortStep = hoist('step', { ...step, properties: Object.fromEntries(stepKeys) });
  const withSteps = (entries: JsonSchema): JsonSchema => {
    const entry = at(entries, 'additionalProperties');
    const own = Object.entries(propertiesOf(entry)).map(([key, part]) => [
      key,
      key === 'steps' || key === 'cleanup' ? { ...part, items: shortStep } : part,
    ]);
    return { ...entries, additionalProperties: { ...entry, properties: Object.fromEntries(own) } };
  };
  const short = {
    ...properties,
    checks: shortChecks,
    scenarios: withSteps(scenarios),
    fragments: withSteps(at(properties, 'fragments')),
  };
  return { ...schema, properties: short, $defs: withShared(parts) };
};

/** Shorter schemas are not worth a definition of their own. */
const WORTH_SHARING = 150;

/** Many kinds take the same keys (those of a request over HTTP): each becomes one definition for all of them. */
const withShared = (parts: { readonly [name: string]: JsonSchema }): { readonly [name: string]: JsonSchema } => {
  const kinds = Object.entries(parts).filter(([, part]) => isSchema(part['properties']));
  const texts = kinds.flatMap(([, part]) => Object.values(propertiesOf(part)).map((one) => JSON.stringify(one)));
  const counts = Map.groupBy(texts, (text) => text);
  const shared = new Map<string, string>();
  for (const [text, all] of counts) {
    if (all.length > 1 && text.length > WORTH_SHARING) shared.set(text, `shared-${shared.size + 1}`);
  }
  const share = (part: JsonSchema): JsonSchema => {
    const name = shared.get(JSON.stringify(part));
    return name === undefined ? part : { $ref: `#/$defs/${name}` };
  };
  const shortened = kinds.map(([name, part]) => [
    name,
    {
      ...part,
      properties: Object.fromEntries(Object.entries(propertiesOf(part)).map(([key, one]) => [key, share(one)])),
    },
  ]);
  const definitions = [...shared].map(([text, name]) => [name, JSON.parse(text)]);
  return { ...parts, ...Object.fromEntries(shortened), ...Object.fromEntries(definitions) };
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
