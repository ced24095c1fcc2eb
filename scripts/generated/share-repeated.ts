import { isSchema, type JsonSchema } from './json-schema.ts';

/** Shorter schemas are not worth a definition of their own. */
const WORTH_SHARING = 400;

/**
 * The same schema, with every larger part that occurs more than once under `definitions`, named by the key under which
 * it occurs first. Editors read the whole of it at each start.
 */
export const shareRepeated = (schema: JsonSchema): JsonSchema => {
  const counts = new Map<string, number>();
  count(schema, counts);
  const names = new Map<string, string>();
  const definitions: Record<string, unknown> = {};
  const taken = new Map<string, number>();

  const nameFor = (key: string): string => {
    const number = (taken.get(key) ?? 0) + 1;
    taken.set(key, number);
    return number === 1 ? key : `${key}-${number}`;
  };

  const share = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => share(item, key));
    if (!isSchema(value)) return value;
    const text = JSON.stringify(value);
    const repeated = isWorth(value, text) && (counts.get(text) ?? 0) > 1;
    if (!repeated) return inside(value);
    const known = names.get(text);
    if (known !== undefined) return { $ref: `#/definitions/${known}` };
    const name = nameFor(key);
    names.set(text, name);
    definitions[name] = inside(value);
    return { $ref: `#/definitions/${name}` };
  };

  const inside = (value: JsonSchema): JsonSchema =>
    Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (key !== 'properties' || !isSchema(inner)) return [key, share(inner, key)];
        return [key, Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, share(one, name)]))];
      }),
    );

  const whole = inside(schema);
  return { ...whole, definitions };
};

/** A mapping of names to schemas is no schema itself. */
const isWorth = (value: JsonSchema, text: string): boolean =>
  text.length > WORTH_SHARING && ['type', 'anyOf', 'enum'].some((key) => key in value);

const count = (value: unknown, counts: Map<string, number>): void => {
  if (Array.isArray(value)) return value.forEach((item) => count(item, counts));
  if (!isSchema(value)) return;
  const text = JSON.stringify(value);
  if (isWorth(value, text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  for (const inner of Object.values(value)) count(inner, counts);
};
