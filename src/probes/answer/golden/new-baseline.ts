import { isJsonObject, type JsonObject } from '../../../model/json.ts';

/** A baseline that a look kept: its path in the report folder, and the file that it would replace, as the spec has it. */
export type NewBaseline = { readonly kept: string; readonly baseline: string };

/** The baseline that a look would have instead of the one in the spec; null when that one is right, or the look no measure. */
export const newBaselineOf = (spec: JsonObject, facts: { readonly [name: string]: unknown }): NewBaseline | null => {
  const { golden } = spec;
  const kept = facts['new-baseline'];
  const baseline = isJsonObject(golden) ? golden['baseline'] : undefined;
  return typeof kept === 'string' && typeof baseline === 'string' ? { kept, baseline } : null;
};
