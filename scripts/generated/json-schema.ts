/** JSON Schema as plain data. */
export type JsonSchema = { readonly [key: string]: unknown };

/** Narrows to a schema; `true` and `false` are none here. */
export const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes every schema of a tree, the inner ones first. */
export const mapSchemas = (schema: JsonSchema, change: (schema: JsonSchema) => JsonSchema): JsonSchema =>
  change(Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, mapKeyword(key, value, change)])));

const mapKeyword = (key: string, value: unknown, change: (schema: JsonSchema) => JsonSchema): unknown => {
  if (key === 'properties' || key === 'patternProperties') {
    if (!isSchema(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, isSchema(inner) ? mapSchemas(inner, change) : inner]),
    );
  }
  if (key === 'anyOf' && Array.isArray(value)) {
    return value.map((inner: unknown) => (isSchema(inner) ? mapSchemas(inner, change) : inner));
  }
  return (key === 'items' || key === 'additionalProperties') && isSchema(value) ? mapSchemas(value, change) : value;
};

/** TypeBox writes records with the pattern `^.*$`, which a key with a line feed escapes; this closes the gap. */
export const closeRecords = (schema: JsonSchema): JsonSchema =>
  mapSchemas(schema, ({ patternProperties, ...rest }) => {
    if (patternProperties === undefined) return rest;
    const patterns = isSchema(patternProperties) ? patternProperties : {};
    const every = patterns['^.*$'];
    return every === undefined ? { ...rest, patternProperties } : { ...rest, additionalProperties: every };
  });

/** Descriptions are for people; the validator needs none. */
export const withoutDescriptions = (schema: JsonSchema): JsonSchema =>
  mapSchemas(schema, (one) => Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'description')));

const PLACEHOLDER = { type: 'string', pattern: '\\$\\{.+\\}' };

/** For editors: where a value may not be any text, a text with a placeholder may still stand for it. */
export const allowPlaceholders = (schema: JsonSchema): JsonSchema =>
  mapSchemas(schema, (one) => {
    const narrow = one['type'] === 'string' ? 'pattern' in one || 'const' in one : isNarrow(one);
    if (!narrow) return one;
    const { title, description, ...rest } = one;
    return {
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
      anyOf: [rest, PLACEHOLDER],
    };
  });

const isNarrow = (schema: JsonSchema): boolean =>
  ['number', 'integer', 'boolean'].includes(String(schema['type'])) || ('enum' in schema && !('type' in schema));
