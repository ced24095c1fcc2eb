import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { readJson } from '../http/json-text.ts';
import { CouldNotLook } from '../probe.ts';

/** A table or view as the catalogue of the database tells it, by the name that the check gave it. */
export type Relation = {
  readonly asked: string;
  readonly kind: string;
  readonly security: boolean;
  readonly forced: boolean;
  readonly columns: readonly string[];
  readonly policies: readonly JsonObject[];
};

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** Reads what the server made of our own statement; throws `CouldNotLook` when it is anything else. */
export const relationFrom = (text: string | null): Relation => {
  const reading = readJson(text ?? '');
  const found = reading.ok && isJsonObject(reading.value) ? reading.value : {};
  const { asked, kind, security, forced } = found;
  if (
    typeof asked !== 'string' ||
    typeof kind !== 'string' ||
    typeof security !== 'boolean' ||
    typeof forced !== 'boolean'
  ) {
    throw new CouldNotLook('invalid-response', 'the server answered our question about its tables with something else');
  }
  return {
    asked,
    kind,
    security,
    forced,
    columns: listOf(found['columns']).filter((name) => typeof name === 'string'),
    policies: listOf(found['policies']).filter((policy) => isJsonObject(policy)),
  };
};
