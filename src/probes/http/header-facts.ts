import type { Json, JsonObject } from '../../model/json.ts';
import type { Head } from '../engine/answer.ts';
import { isSensitiveName, shownReference } from '../engine/redirect-shown-url.ts';

/** A cookie with its value hidden: name and attributes tell what a check may want to know. */
const maskedCookie = (value: string): string => value.replace(/^([^=;]*=)[^;]*/, '$1***');

const shown = (name: string, value: string): string => {
  if (name === 'set-cookie') return maskedCookie(value);
  if (name === 'location' || name === 'content-location' || name === 'refresh') return shownReference(value);
  return isSensitiveName(name) && !/^(www|proxy)-authenticate$/.test(name) ? '***' : value;
};

/** Response headers by lower-case name, secrets masked; repeated ones joined as HTTP does, `set-cookie` by line. */
export const headerFacts = (headers: Head['headers']): JsonObject => {
  const values = new Map<string, readonly string[]>();
  for (const [name, value] of headers) values.set(name, [...(values.get(name) ?? []), shown(name, value)]);
  return Object.fromEntries(
    [...values].map(([name, all]): [string, Json] => [name, all.join(name === 'set-cookie' ? '\n' : ', ')]),
  );
};
