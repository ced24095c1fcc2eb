import type { Json, JsonObject } from '../../model/json.ts';
import { readJson } from '../http/json-text.ts';
import { CouldNotLook } from '../probe.ts';
import type { Answer } from './ask.ts';

/** OIDs of built-in types (PostgreSQL, pg_type.dat), which never change. */
const BOOL = 16;
const INT8 = 20;
const INT2 = 21;
const INT4 = 23;
const OID = 26;
const JSON_TEXT = 114;
const FLOAT4 = 700;
const FLOAT8 = 701;
const TIMESTAMPTZ = 1184;
const JSONB = 3802;

const NUMBERS: ReadonlySet<number> = new Set([INT2, INT4, INT8, OID, FLOAT4, FLOAT8]);

/** A number as it is, unless a double cannot hold it: NaN, infinity, integers beyond 2^53. */
const numberOf = (text: string, type: number): Json => {
  const value = Number(text);
  const exact = type === FLOAT4 || type === FLOAT8 ? Number.isFinite(value) : Number.isSafeInteger(value);
  return exact && text !== '' ? value : text;
};

const instantOf = (text: string): string => {
  const [, day, time, hours, minutes = '00'] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(?::(\d\d))?$/.exec(text) ?? [];
  return day === undefined ? text : `${day}T${time}${hours}:${minutes}`;
};

const jsonOf = (text: string): Json => {
  const reading = readJson(text);
  return reading.ok ? reading.value : text;
};

/**
 * A value of Postgres as JSON: booleans, integers within 2^53 and floating-point numbers as such, json parsed, a
 * timestamp with time zone in ISO 8601. Everything else is the text that Postgres writes, `numeric` too: a type must not
 * depend on the value.
 */
export const valueOf = (text: string | null, type: number): Json => {
  if (text === null) return null;
  if (NUMBERS.has(type)) return numberOf(text, type);
  if (type === BOOL) return text === 't' ? true : text === 'f' ? false : text;
  if (type === JSON_TEXT || type === JSONB) return jsonOf(text);
  return type === TIMESTAMPTZ ? instantOf(text) : text;
};

const twice = (names: readonly string[]): string | undefined =>
  names.find((name, index) => names.indexOf(name) !== index);

/** The rows of an answer as mappings. Throws `CouldNotLook` when two columns share a name: one would hide the other. */
export const rowsOf = ({ columns, rows }: Answer): readonly JsonObject[] => {
  const repeated = twice(columns.map(({ name }) => name));
  if (repeated !== undefined) {
    const message = `the query gives two columns of the name ${JSON.stringify(repeated.slice(0, 80))}: rename one with AS`;
    throw new CouldNotLook('query-failed', message);
  }
  return rows.map((fields) => {
    if (fields.length !== columns.length) {
      throw new CouldNotLook('invalid-response', 'the server sent a row with another number of values than of columns');
    }
    return Object.fromEntries(columns.map(({ name, type }, index) => [name, valueOf(fields[index] ?? null, type)]));
  });
};
