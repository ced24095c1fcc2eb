import { showTyped, type Unit } from '../../matchers/show.ts';
import type { Json } from '../../model/json.ts';

const UNITS: readonly Unit[] = ['ms', 'B', '%'];

/**
 * A value with its type, as comparisons see it: `string "degraded"`, `number 2300 ms`, `nothing`. The unit is the one
 * that the explanation of the comparison gives it.
 */
export const typedValue = (value: unknown, explanation = ''): string => {
  if (!isJson(value)) return 'nothing';
  const unit = UNITS.find((one) => typeof value === 'number' && explanation.includes(showTyped(value, one)));
  return showTyped(value, unit ?? null);
};

/** Narrows what a run carries as "any JSON value"; undefined is a value that was not there. */
export const isJson = (value: unknown): value is Json =>
  value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value);
