import { nameValue } from '../matchers/parse-value.ts';
import type { Json } from '../model/json.ts';

const MAX_SHOWN = 60;

/** A value as messages name what was found: `the number 300`, `the text "2xx"`, `nothing`, `a list`. */
export const describeFound = (value: Json | undefined): string => {
  if (value === undefined || value === null) return 'nothing';
  const text = nameValue(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
};

/** `"a", "b" or "c"` */
export const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** Takes secrets out of a message; they are values, so they are replaced wherever they stand. */
export const hideSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce(
    (shown, secret) => shown.replaceAll(secret, '***').replaceAll(encodeURIComponent(secret), '***'),
    text,
  );
