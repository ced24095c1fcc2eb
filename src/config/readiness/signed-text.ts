import { createHash } from 'node:crypto';
import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { WrittenSignOff } from './sign-off-entry.ts';

/** A JSON value as one text, whatever the order of its keys. */
export const canonical = (value: Json): string => {
  if (isJsonObject(value)) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  const items: Json = value;
  return Array.isArray(items) ? `[${items.map((item: Json) => canonical(item)).join(',')}]` : JSON.stringify(items);
};

/** SHA-256 of a value as lower-case hex, whatever the order of its keys. */
export const digestOf = (value: Json): string => createHash('sha256').update(canonical(value)).digest('hex');

/** What a signature under a sign-off is made on: all of the entry but the signature, and what kind of thing it is. */
export const signedText = (written: WrittenSignOff): string => {
  const { signature: _, ...entry } = written;
  return `gonogo sign-off 1\n${canonical(entry)}\n`;
};
