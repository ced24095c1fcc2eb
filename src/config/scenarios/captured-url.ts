import type { LaterPart } from '../interpolate.ts';

/** A URL with captured values in it, or what one of them would have done to it. */
export type JoinedUrl =
  | {
      readonly ok: true;
      readonly url: string;
      /** The captured value that decides where the request goes; null when the file does. */
      readonly origin: string | null;
    }
  | { readonly ok: false; readonly problem: string };

const LONGEST = 8192;

/** Scheme and host, up to the sign that ends them. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]+[/?#]/i;
const BARE_ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]*[^/?#\\.:@-]$/i;
const HOST = /^[\w.:[\]-]+$/;
// oxlint-disable-next-line no-control-regex -- control characters are what is refused
const UNSENDABLE = /[\u0000-\u001f\u007f\\]|^\s|\s$/;

/**
 * Puts captured values into the text of a URL. Nothing is encoded or left out in silence: a value that would lead
 * somewhere else than the text says, because of `..`, `?`, `#`, `&` or a line break in it, is refused.
 */
export const joinUrl = (parts: readonly LaterPart[], valueOf: (name: string) => string): JoinedUrl => {
  let url = '';
  let origin: string | null = null;
  for (const [index, part] of parts.entries()) {
    if (typeof part === 'string') {
      url += part;
      continue;
    }
    const value = valueOf(part.captured);
    const where = placeIn(url, value, index === parts.length - 1);
    const problem = value === '' ? 'is an empty text' : problemIn(where, value, index === parts.length - 1);
    if (problem !== null) return refuse(part.captured, `${problem}, and stands in a URL`, where);
    if (where === 'host' || where === 'all') origin = part.captured;
    url += value;
  }
  if (url.length > LONGEST)
    return { ok: false, problem: `the URL would have ${url.length} characters: at most ${LONGEST}` };
  const climbing = parts.find((part) => typeof part !== 'string' && climbs(parts, part.captured, valueOf));
  if (climbing !== undefined && typeof climbing !== 'string') {
    return refuse(climbing.captured, 'has "." or ".." as a part of a path', 'path');
  }
  return { ok: true, url, origin };
};

type Where = 'all' | 'host' | 'path' | 'query' | 'after-host';

const placeIn = (before: string, value: string, isLast: boolean): Where => {
  if (before === '') return 'all';
  if (ORIGIN.test(before)) return before.includes('?') ? 'query' : 'path';
  // `${vars.base}${captured.path}`: what ends there begins a path, or it would go on with the name of the host.
  if (!BARE_ORIGIN.test(before)) return 'host';
  if (value.startsWith('/')) return 'path';
  return isLast ? 'after-host' : 'host';
};

const problemIn = (where: Where, value: string, isLast: boolean): string | null => {
  if (UNSENDABLE.test(value)) return 'has a line break, a backslash or another character that no URL has';
  if (where === 'all') return !isLast && /[?#]/.test(value) ? 'has a "?" or a "#" before the rest of the URL' : null;
  if (where === 'after-host') return 'does not begin with a "/"';
  if (where === 'host') return HOST.test(value) ? null : 'is no name of a host';
  if (where === 'query') return /[&#+%]/.test(value) ? 'has one of & # + %' : null;
  if (value.includes('#')) return 'has a "#"';
  return !isLast && value.includes('?') ? 'has a "?" before the rest of the URL' : null;
};

/** Whether a value makes a part of the path `.` or `..`, which stand for another path. */
const climbs = (parts: readonly LaterPart[], name: string, valueOf: (name: string) => string): boolean => {
  const text = (instead: (captured: string) => string): string =>
    parts.map((part) => (typeof part === 'string' ? part : instead(part.captured))).join('');
  const whole = text(valueOf);
  const without = text((captured) => (captured === name ? 'x' : valueOf(captured)));
  return dots(whole) > dots(without);
};

const dots = (url: string): number =>
  (/^[^?#]*/.exec(url)?.[0] ?? '').split('/').filter((part) => /^(\.|%2e){1,2}$/i.test(part)).length;

const refuse = (name: string, problem: string, where: Where): JoinedUrl => ({
  ok: false,
  problem: `"${name}" ${problem}${where === 'query' ? ': write it under query:, which encodes it' : ''}`,
});
