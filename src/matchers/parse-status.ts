import type { Json } from '../model/json.ts';
import { isList } from './equality.ts';
import { nameValue } from './parse-value.ts';

const HINT = 'write 200, 2xx or a list of them: [200, 2xx]';

/** The statuses that `200`, `2xx` or a list of them mean, or what is wrong with them. */
export const parseStatuses = (
  written: Json,
): { readonly statuses: readonly Json[] } | { readonly message: string; readonly hint: string } => {
  const items = isList(written) ? written : [written];
  const statuses: Json[] = [];
  for (const item of items) {
    const status = parseStatus(item);
    if (status === null) return { message: `expected an HTTP status, found ${nameValue(item)}`, hint: HINT };
    statuses.push(status);
  }
  return statuses.length === 0 ? { message: 'expected an HTTP status, found an empty list', hint: HINT } : { statuses };
};

/** Whether a status is one of these (`200` or `2xx`). */
export const isStatusOf = (status: number, allowed: readonly Json[]): boolean =>
  allowed.some((item) => (typeof item === 'string' ? `${Math.floor(status / 100)}xx` === item : item === status));

const parseStatus = (item: Json): number | string | null => {
  if (typeof item === 'number') return Number.isInteger(item) && item >= 100 && item <= 599 ? item : null;
  return typeof item === 'string' && /^[1-5]xx$/i.test(item) ? item.toLowerCase() : null;
};
