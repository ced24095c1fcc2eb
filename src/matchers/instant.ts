import type { Json } from '../model/json.ts';

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|z|[+-]\d{2}:?\d{2}))?$/;
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Below this a number counts seconds since 1970 (until the year 5138), from it on milliseconds (from 1973 on). */
const FIRST_MILLISECONDS = 1e11;
const MOST_MILLISECONDS = 1e14;

/**
 * Milliseconds since 1970 of an ISO 8601 date or time with offset (`2026-12-01`, `2026-12-01T09:30:00Z`), an HTTP date,
 * or an epoch number, seconds or milliseconds by magnitude. Null for anything else, a time without an offset included:
 * it could be any of 24 instants.
 */
export const parseInstant = (value: Json): number | null => {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return null;
  const [, day, time, offset] = ISO.exec(value) ?? [];
  if (day !== undefined) return fromCalendar(day, time, offset);
  return HTTP_DATE.test(value) ? finite(Date.parse(value)) : null;
};

const fromEpoch = (value: number): number | null => {
  if (!Number.isFinite(value) || value <= 0 || value >= MOST_MILLISECONDS) return null;
  return value < FIRST_MILLISECONDS ? value * 1000 : value;
};

const fromCalendar = (day: string, time: string | undefined, offset: string | undefined): number | null => {
  // Date rolls over (31 February becomes 3 March), so the day is checked on its own.
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return null;
  if (time === undefined || offset === undefined) return midnight;
  return finite(Date.parse(`${day}T${time}${offset.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`));
};

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
