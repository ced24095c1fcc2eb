import { headerValues } from '../engine/parse-head.ts';
import type { Head } from '../engine/answer.ts';

/** How long an answer asks to wait, in milliseconds; or why it does not tell. */
export type RetryAfter =
  { readonly ok: true; readonly waitMs: number } | { readonly ok: false; readonly problem: string };

const SECONDS = /^[0-9]{1,9}$/;
/** The three forms that a recipient must read (RFC 9110, 5.6.7): the usual one and two of the past. */
const HTTP_DATE =
  /^(?:[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/;

const readDate = (text: string): number | null => {
  if (!HTTP_DATE.test(text)) return null;
  const ms = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isFinite(ms) ? ms : null;
};

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date. A date is held against the `Date` of the same answer, which
 * is of the same clock, or else against `now`; one that is over asks for no wait.
 */
export const readRetryAfter = (headers: Head['headers'], now: Date): RetryAfter => {
  const values = [...new Set(headerValues(headers, 'retry-after'))];
  const [value, second] = values;
  if (value === undefined) return { ok: false, problem: 'there is no Retry-After' };
  if (second !== undefined) return { ok: false, problem: 'there are several Retry-After that differ' };
  if (SECONDS.test(value)) return { ok: true, waitMs: Number(value) * 1000 };
  const until = readDate(value);
  if (until === null) {
    return { ok: false, problem: `Retry-After: ${JSON.stringify(value.slice(0, 80))} is neither seconds nor a date` };
  }
  const from = readDate(headerValues(headers, 'date')[0] ?? '') ?? now.getTime();
  return { ok: true, waitMs: Math.max(0, until - from) };
};
