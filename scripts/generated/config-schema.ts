import type { TSchema } from 'typebox';
import { fileSchema } from '../../src/config/schema.ts';
import { probes } from '../../src/probes/registry.ts';
import type { JsonSchema } from './json-schema.ts';
import { shareRepeated } from './share-repeated.ts';
import { allowPlaceholders, closeRecords, withoutDescriptions } from './json-schema.ts';

type Kind = { readonly kind: string; readonly summary: string; readonly shorthand: string };

const kinds: readonly Kind[] = Object.values(probes);

const isSchemaModule = (module: unknown): module is { readonly Spec: TSchema } =>
  typeof module === 'object' && module !== null && 'Spec' in module;

const readSpec = async (kind: string): Promise<TSchema> => {
  const module: unknown = await import(`../../src/probes/${kind}/schema.ts`);
  if (!isSchemaModule(module)) throw new Error(`src/probes/${kind}/schema.ts exports no Spec`);
  return module.Spec;
};

const plain = (schema: unknown): JsonSchema => JSON.parse(JSON.stringify(schema));

/** The schema of every probe kind by its key. */
export const readSpecs = async (): Promise<Record<string, TSchema>> =>
  Object.fromEntries(await Promise.all(kinds.map(async ({ kind }) => [kind, await readSpec(kind)] as const)));

/** What the loader checks: placeholders are filled and shorthands written out by then. */
export const makeValidatorSchema = async (): Promise<JsonSchema> =>
  withoutDescriptions(closeRecords(plain(fileSchema(await readSpecs()))));

/** What editors check while the file is written: with placeholders, shorthands and one kind per check. */
export const makePublishedSchema = async (): Promise<JsonSchema> => {
  const specs = Object.entries(await readSpecs()).map(([name, spec]) => [name, publishedSpec(name, spec)] as const);
  const schema = allowPlaceholders(closeRecords(plain(fileSchema(Object.fromEntries(specs)))));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...shareRepeated(withOneKind(schema)),
  };
};

const publishedSpec = (name: string, spec: TSchema): TSchema => {
  const kind = kinds.find((candidate) => candidate.kind === name);
  const short = { type: 'string', minLength: 1, description: `stands for ${kind?.shorthand}` };
  return { description: kind?.summary, anyOf: [short, spec] };
};

const withOneKind = (schema: JsonSchema): JsonSchema => {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === 'checks' && isCheckMap(value)
      ? {
          ...value,
          additionalProperties: {
            ...value.additionalProperties,
            oneOf: kinds.map(({ kind }) => ({ required: [kind] })),
          },
        }
      : value,
  );
  return JSON.parse(text);
};

const isCheckMap = (value: unknown): value is { readonly additionalProperties: object } =>
  typeof value === 'object' &&
  value !== null &&
  'additionalProperties' in value &&
  typeof value.additionalProperties === 'object';
