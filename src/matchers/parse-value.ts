import type { FactType } from '../model/fact.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { isList } from './equality.ts';
import { parseInstant } from './instant.ts';
import { hasUnit, parseBytes, parseDuration, parsePercentage } from './units.ts';

/** A value with its unit resolved, or what is wrong with it. */
export type ParsedValue = { readonly value: Json } | { readonly message: string; readonly hint?: string };

/** Reads an expected value as the fact's type asks: a duration needs its unit, a plain number takes none. */
export const parseValue = (written: Json, type: FactType): ParsedValue => readers[type](written);

/** A value as messages name it: `the number 300`, `the text "2xx"`, `a list`. */
export const nameValue = (value: Json): string => {
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'string') return `the text ${JSON.stringify(value)}`;
  if (typeof value === 'boolean' || value === null) return String(value);
  return isList(value) ? 'a list' : 'a mapping';
};

const wrong = (expected: string, written: Json, hint?: string): ParsedValue => {
  const message = `expected ${expected}, found ${nameValue(written)}`;
  return hint === undefined ? { message } : { message, hint };
};

const UNIT_HINT = 'this fact has no unit: write the plain number';

const number = (expected: string, written: Json): ParsedValue => {
  if (typeof written === 'number' && Number.isFinite(written)) return { value: written };
  if (typeof written !== 'string') return wrong(expected, written);
  if (hasUnit(written)) return wrong(expected, written, UNIT_HINT);
  const plain = written.trim() !== '' && Number.isFinite(Number(written));
  return wrong(expected, written, plain ? 'write it without quotes' : undefined);
};

const duration = (written: Json): ParsedValue => {
  const expected = 'a duration with a unit';
  const value = typeof written === 'string' ? parseDuration(written) : null;
  if (value !== null) return { value };
  const hint =
    typeof written === 'number' ? `write ${written}ms, ${written}s or ${written}m` : 'write 300ms, 5s, 15m, 2h or 30d';
  return wrong(expected, written, hint);
};

const bytes = (written: Json): ParsedValue => {
  const value = typeof written === 'string' ? parseBytes(written) : written;
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return { value };
  return wrong('a size', written, 'write 512B, 64KiB, 1MiB, 10KB or 5MB');
};

const ratio = (written: Json): ParsedValue => {
  const value = typeof written === 'string' ? parsePercentage(written) : written;
  if (typeof value === 'number' && value >= 0 && value <= 1) return { value };
  const meant = typeof written === 'number' && written > 0 && written <= 100;
  const hint = meant ? `write ${written}%` : 'write 99.5% or 0.995';
  return wrong('a percentage or a ratio from 0 to 1', written, hint);
};

const time = (written: Json): ParsedValue => {
  const instant = typeof written === 'string' ? parseInstant(written) : null;
  if (instant !== null) return { value: new Date(instant).toISOString() };
  return wrong('a date or a time with its offset', written, 'write 2026-12-01 or 2026-12-01T09:30:00Z');
};

const string = (written: Json): ParsedValue => {
  if (typeof written === 'string') return { value: written };
  const quotable = typeof written === 'number' || typeof written === 'boolean';
  return wrong('text', written, quotable ? `write "${written}" in quotes` : undefined);
};

const boolean = (written: Json): ParsedValue =>
  typeof written === 'boolean' ? { value: written } : wrong('true or false', written);

const list = (written: Json): ParsedValue =>
  isList(written)
    ? { value: written }
    : wrong('a list', written, 'for one of its elements write contains, some or every');

const object = (written: Json): ParsedValue =>
  isJsonObject(written) ? { value: written } : wrong('a mapping', written);

const readers: { readonly [Type in FactType]: (written: Json) => ParsedValue } = {
  string,
  number: (written) => number('a number', written),
  boolean,
  duration,
  bytes,
  ratio,
  time,
  status: (written) => number('an HTTP status', written),
  list,
  object,
  json: (written) => ({ value: written }),
};
