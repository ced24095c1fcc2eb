import type { Run } from '../../model/run.ts';
import { RUN_SHAPE, type Shape } from './shape.ts';

/** `run.json`: the whole run, with its keys in the order of the schema, so that equal runs give equal files. */
export const renderJson = (run: Run): string => `${harmless(JSON.stringify(ordered(run, RUN_SHAPE), null, 2))}\n`;

const ordered = (value: unknown, shape: Shape | null): unknown => {
  if (Array.isArray(value)) return value.map((item: unknown) => ordered(item, shape));
  if (typeof value !== 'object' || value === null) return value;
  const entries = new Map<string, unknown>(Object.entries(value));
  const known = shape === null ? [] : Object.keys(shape).filter((key) => entries.has(key));
  const others = [...entries.keys()].filter((key) => !known.includes(key));
  const result: { [key: string]: unknown } = Object.create(null);
  for (const key of [...known, ...others])
    result[key] = ordered(entries.get(key), (known.includes(key) ? shape?.[key] : null) ?? null);
  return result;
};

const HIDDEN = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Escapes what `JSON.stringify` leaves and a terminal would obey: the same data, safe to print. */
/** JSON text in which hidden characters are written as escapes. */
export const harmless = (json: string): string =>
  json.replace(HIDDEN, (character) =>
    Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
