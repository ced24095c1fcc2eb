import { REASON_CODES } from '../../src/model/reason-code.ts';
import { isSchema, type JsonSchema } from './json-schema.ts';
import { code, prose, table } from './markdown.ts';

/** One key that a file may hold, with the way to it: `tls.verify`, `retry.attempts`. */
export type Key = {
  readonly path: string;
  readonly type: string;
  readonly description: string;
  readonly required: boolean;
};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const schemas = (value: unknown): readonly JsonSchema[] => list(value).filter(isSchema);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The schemas of the properties of a mapping, by name; empty for any other schema. */
export const propertiesOf = ({ properties }: JsonSchema): readonly (readonly [string, JsonSchema])[] =>
  isSchema(properties)
    ? Object.entries(properties).flatMap(([name, value]) => (isSchema(value) ? [[name, value] as const] : []))
    : [];

/** The schema of the values of a mapping by id, such as `checks`; null for any other schema. */
export const valuesOf = ({ additionalProperties }: JsonSchema): JsonSchema | null =>
  isSchema(additionalProperties) ? additionalProperties : null;

/** What each alternative of a schema may be; a schema without alternatives is its own. */
export const alternativesOf = (schema: JsonSchema): readonly JsonSchema[] => {
  const alternatives = schemas(schema['anyOf']);
  return alternatives.length === 0 ? [schema] : alternatives.flatMap(alternativesOf);
};

const title = (schema: JsonSchema): string =>
  text(schema['title'])
    .replace(/^(an?|the) /, '')
    .replace(/(,| such as| with a| longer| that is| of lower-case).*$/, '');

const nameOfOne = (schema: JsonSchema): string => {
  const choices = 'const' in schema ? [schema['const']] : list(schema['enum']);
  if (choices.length > 0) return choices.map((choice) => code(String(choice))).join(' or ');
  const items = schema['items'];
  const values = valuesOf(schema);
  switch (schema['type']) {
    case 'string':
      return title(schema) || 'text';
    case 'integer':
      return title(schema) || rangeOf(schema);
    case 'number':
      return 'number';
    case 'boolean':
      return '`true` or `false`';
    case 'array':
      return isSchema(items) ? `list of ${typeName(items)}` : 'list';
    case 'object':
      return values === null || values['properties'] !== undefined ? 'mapping' : `mapping to ${typeName(values)}`;
    default:
      return 'any value';
  }
};

const rangeOf = ({ minimum, maximum }: JsonSchema): string => {
  if (minimum !== undefined && maximum !== undefined)
    return `whole number from ${String(minimum)} to ${String(maximum)}`;
  return minimum === undefined ? 'whole number' : `whole number from ${String(minimum)}`;
};

/** The type of a value in words. */
export const typeName = (schema: JsonSchema): string =>
  [...new Set(alternativesOf(schema).map(nameOfOne))].join(', or ');

/** Where every reason code is a key, they are told in one line: there are a hundred of them. */
const withoutCodes = (properties: readonly (readonly [string, JsonSchema])[]) => {
  const known = new Set<string>(REASON_CODES);
  const codes = properties.filter(([name]) => known.has(name));
  const [first] = codes;
  if (first === undefined || codes.length < known.size) return properties;
  const any = { ...first[1], description: 'the section for that reason code' };
  return [...properties.filter(([name]) => !known.has(name)), ['REASON-CODE', any] as const];
};

const keysOf = (schema: JsonSchema, prefix: string, alone = true): readonly Key[] => {
  const required = new Set(alone ? list(schema['required']) : []);
  return withoutCodes(propertiesOf(schema)).flatMap(([name, value]) => {
    const path = `${prefix}${name}`;
    const key = {
      path,
      type: typeName(value),
      description: prose(text(value['description'])),
      required: required.has(name),
    };
    return [key, ...within(value, path)];
  });
};

/** The keys inside a value. Where there are several mappings to choose from, none of their keys is needed in all. */
const within = (schema: JsonSchema, path: string): readonly Key[] => {
  const alternatives = alternativesOf(schema);
  const alone = alternatives.filter((one) => propertiesOf(one).length > 0).length < 2;
  return alternatives.flatMap((one) => {
    const { items } = one;
    if (isSchema(items)) return alternativesOf(items).flatMap((item) => keysOf(item, `${path}[].`));
    const values = valuesOf(one);
    return values === null ? keysOf(one, `${path}.`, alone) : keysOf(values, `${path}.NAME.`);
  });
};

/** Every key of a mapping, those of mappings inside it too, each once. */
export const keyRows = (schema: JsonSchema): readonly Key[] => [
  ...new Map(keysOf(schema, '').map((key) => [key.path, key])).values(),
];

/** Keys as a table. */
export const keyTable = (keys: readonly Key[]): string =>
  table(
    ['key', 'type', 'meaning'],
    keys.map(({ path, type, description, required }) => [
      code(path),
      required ? `${type}; required` : type,
      description,
    ]),
  );
