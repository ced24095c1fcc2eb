import type { Redact } from './results.ts';

const CUT = '…';
/** A shorter beginning tells nothing, and would be found everywhere. */
const SHORTEST = 6;

/** How many characters before a place are the beginning of a secret. */
const beginningBefore = (text: string, place: number, secret: string): number => {
  for (let length = Math.min(secret.length, place); length >= SHORTEST; length--) {
    if (text.startsWith(secret.slice(0, length), place - length)) return length;
  }
  return 0;
};

const hideBeginnings = (text: string, secret: string): string => {
  let result = '';
  let from = 0;
  for (let place = text.indexOf(CUT); place !== -1; place = text.indexOf(CUT, place + 1)) {
    const length = beginningBefore(text, place, secret);
    result += length === 0 ? text.slice(from, place) : `${text.slice(from, Math.max(from, place - length))}***`;
    from = place;
  }
  return result + text.slice(from);
};

/**
 * Playwright shows long values cut, as `<p>eyJhbGci…</p>`, and nobody would recognise the half of a secret. Takes out
 * the beginnings of those `values` that hold one as well.
 */
export const redactingCuts = (redact: Redact, values: readonly string[]): Redact => {
  const secrets = values.filter((value) => redact(value) !== value);
  return (text) => secrets.reduce(hideBeginnings, redact(text));
};
