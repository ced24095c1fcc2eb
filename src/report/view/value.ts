import { excerpt } from '../encode/visible.ts';

const LIMIT = 200;

/** A value with its type, as comparisons see it: `string "degraded"`, `number 502`, `list of 3 [1,2,3]`, `nothing`. */
export const typedValue = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `list of ${value.length} ${excerpt(compact(value), LIMIT)}`;
  if (typeof value === 'object') return `object ${excerpt(compact(value), LIMIT)}`;
  return `${typeof value} ${excerpt(compact(value), LIMIT)}`;
};

/** A value as compact JSON, without its type. */
export const compact = (value: unknown): string => JSON.stringify(value) ?? 'nothing';
