// Made by scripts/generate.ts. Do not edit.
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

/** Checks a configuration file; the errors of the last call are in `errors`. */
declare const validate: {
  (value: Json): boolean;
  readonly errors?: readonly SchemaError[] | null;
};

export default validate;
