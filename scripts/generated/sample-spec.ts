import { Ajv } from 'ajv';
import type { Kind } from '../../src/config/kinds.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { isSchema, type JsonSchema } from './json-schema.ts';
import { alternativesOf, propertiesOf, valuesOf } from './key-rows.ts';

/** What a text of a spec may look like; the first that the kind itself finds no fault with is taken. */
export const FREE_TEXTS: readonly string[] = [
  'https://example.com/',
  'example.com',
  'example.com:443',
  'postgres://reader@example.com/app',
  'wss://example.com/',
  '10s',
  '1MiB',
  'example',
  'example.json',
  '192.0.2.1',
  '600',
];

/** Whether a value of a sample is one of these texts, of which a file may hold any other. */
export const isFreeText = (value: unknown): boolean => FREE_TEXTS.some((text) => text === value);

const isJson = (value: unknown): value is Json => value !== undefined;

/** Values that a schema allows, a few of every sort: enough to see on what the defaults of a kind depend. */
const samplesOf = (schema: JsonSchema): readonly Json[] =>
  alternativesOf(schema).flatMap((one): readonly Json[] => {
    if (isJson(one['const'])) return [one['const']];
    if (Array.isArray(one['enum'])) return one['enum'].filter(isJson);
    switch (one['type']) {
      case 'string':
        return FREE_TEXTS;
      case 'integer':
      case 'number':
        return [typeof one['minimum'] === 'number' ? one['minimum'] : 1];
      case 'boolean':
        return [true, false];
      case 'array': {
        const { items } = one;
        return isSchema(items) ? samplesOf(items).map((item) => [item]) : [[]];
      }
      case 'object':
        return objectSamples(one);
      default:
        return ['example', 1];
    }
  });

const requiredOf = (schema: JsonSchema): readonly (readonly [string, JsonSchema])[] => {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return propertiesOf(schema).filter(([name]) => required.includes(name));
};

/** Mappings with one key each beside those that are required: few, because they are samples inside of samples. */
const objectSamples = (schema: JsonSchema): readonly Json[] => {
  const values = valuesOf(schema);
  if (values !== null) return samplesOf(values).map((value) => ({ example: value }));
  const required = requiredOf(schema);
  const base: JsonObject = Object.fromEntries(
    required.flatMap(([name, value]) =>
      samplesOf(value)
        .slice(0, 1)
        .map((sample) => [name, sample]),
    ),
  );
  const others = propertiesOf(schema).flatMap(([name, value]) =>
    samplesOf(value).map((sample) => ({ ...base, [name]: sample })),
  );
  return required.length > 0 ? [base, ...others] : others;
};

/** Every combination of samples for the keys that a spec must have. */
const requiredSamples = (schema: JsonSchema): readonly JsonObject[] =>
  requiredOf(schema).reduce<readonly JsonObject[]>(
    (specs, [name, value]) => specs.flatMap((spec) => samplesOf(value).map((sample) => ({ ...spec, [name]: sample }))),
    [{}],
  );

/** A spec that says as little as the kind allows, and specs that say one thing more, by the key of that thing. */
export type SampleSpecs = {
  readonly least: JsonObject;
  readonly others: readonly (readonly [key: string, value: Json, spec: JsonObject])[];
};

/** Sample specs that pass the schema and the problems of the kind. Throws when no text of `FREE_TEXTS` fits the kind. */
export const sampleSpecs = (kind: Kind, schema: JsonSchema): SampleSpecs => {
  const fits = new Ajv({ strict: false }).compile(schema);
  const valid = (spec: JsonObject): boolean => fits(spec) && kind.problems(spec).length === 0;
  const one = (): JsonObject | undefined =>
    propertiesOf(schema)
      .flatMap(([name, value]) => samplesOf(value).map((sample) => ({ [name]: sample })))
      .find(valid);
  // Where one key of several is needed, the schema requires none of them.
  const least = requiredSamples(schema).find(valid) ?? one();
  if (least === undefined) {
    throw new Error(
      `no sample fits what ${kind.kind} requires: add one to FREE_TEXTS in scripts/generated/sample-spec.ts`,
    );
  }
  const others = propertiesOf(schema)
    .filter(([name]) => !Object.hasOwn(least, name))
    .flatMap(([name, value]) =>
      samplesOf(value).map((sample) => [name, sample, { ...least, [name]: sample }] as const),
    );
  return { least, others: others.filter(([, , spec]) => valid(spec)) };
};
