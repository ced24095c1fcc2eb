import { isIP } from 'node:net';

/** A cookie as a redirect chain needs it: what browsers do about Domain, Path, Secure and expiry, and no more. */
export type Cookie = {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Without a Domain attribute the cookie is for exactly that host. */
  readonly hostOnly: boolean;
  /** Stricter than browsers: a cookie stays on its port (the default ports of http and https count as one). */
  readonly port: string;
  readonly path: string;
  readonly secure: boolean;
  /** Not for scripts of a page. */
  readonly httpOnly?: boolean;
  /** As the server wrote it; http has no use for it, a browser has. */
  readonly sameSite?: string | null;
  /** Milliseconds since 1970; null for the session. */
  readonly expiresMs: number | null;
};

/** The cookies of one chain, oldest first. */
export type CookieJar = readonly Cookie[];

const MOST_COOKIES = 64;
const LONGEST_COOKIE = 4096;

const domainMatches = (host: string, domain: string): boolean =>
  host === domain || (host.endsWith(`.${domain}`) && isIP(host) === 0);

const pathMatches = (path: string, prefix: string): boolean =>
  path === prefix || (path.startsWith(prefix) && (prefix.endsWith('/') || path[prefix.length] === '/'));

const defaultPath = (url: URL): string => {
  const end = url.pathname.lastIndexOf('/');
  return end <= 0 ? '/' : url.pathname.slice(0, end);
};

const attributesOf = (parts: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    parts.map((part) => {
      const equals = part.indexOf('=');
      return equals < 0
        ? [part.trim().toLowerCase(), '']
        : [part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim()];
    }),
  );

/** Max-Age wins over Expires; one that does not parse counts for nothing. */
const expiryOf = (attributes: ReadonlyMap<string, string>, nowMs: number): number | null => {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return nowMs + Math.min(Number(maxAge), 1e9) * 1000;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(expires) ? null : expires;
};

const keepsPrefix = (cookie: Cookie): boolean => {
  if (/^__Host-/i.test(cookie.name)) return cookie.secure && cookie.hostOnly && cookie.path === '/';
  return !/^__Secure-/i.test(cookie.name) || cookie.secure;
};

/** `LAX` and `lax` as `Lax`, the spelling of the standard. */
const titleCase = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();

/** One `Set-Cookie` value as the cookie it sets for this URL; null when a browser would refuse it. */
export const parseSetCookie = (text: string, url: URL, nowMs: number): Cookie | null => {
  const [pair = '', ...rest] = text.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals).trim();
  const value = pair.slice(equals + 1).trim();
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  if (equals < 1 || name === '' || pair.length > LONGEST_COOKIE || /[\u0000-\u001f\u007f]/.test(pair)) return null;
  const attributes = attributesOf(rest);
  const domain = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  if (domain !== '' && !domainMatches(url.hostname, domain)) return null;
  if (domain !== '' && domain !== url.hostname && !domain.includes('.')) return null;
  const path = attributes.get('path') ?? '';
  const secure = attributes.has('secure');
  if (secure && url.protocol !== 'https:') return null;
  const cookie: Cookie = {
    name,
    value,
    domain: domain === '' ? url.hostname : domain,
    hostOnly: domain === '' || isIP(url.hostname) !== 0,
    port: url.port,
    path: path.startsWith('/') ? path : defaultPath(url),
    secure,
    httpOnly: attributes.has('httponly'),
    sameSite: titleCase(attributes.get('samesite') ?? ''),
    expiresMs: expiryOf(attributes, nowMs),
  };
  return keepsPrefix(cookie) ? cookie : null;
};

const identity = (cookie: Cookie): string =>
  JSON.stringify([cookie.name, cookie.domain, cookie.hostOnly, cookie.port, cookie.path]);

const isAlive = (cookie: Cookie, nowMs: number): boolean => cookie.expiresMs === null || cookie.expiresMs > nowMs;

/** The jar after an answer from `url`: set, replaced and deleted cookies, the oldest given up beyond 64. */
export const storeCookies = (jar: CookieJar, url: URL, setCookies: readonly string[], nowMs: number): CookieJar => {
  const kept = new Map(jar.map((cookie) => [identity(cookie), cookie]));
  for (const text of setCookies) {
    const cookie = parseSetCookie(text, url, nowMs);
    if (cookie === null) continue;
    if (isAlive(cookie, nowMs)) kept.set(identity(cookie), cookie);
    else kept.delete(identity(cookie));
  }
  return [...kept.values()].slice(-MOST_COOKIES);
};

/** The cookies that go to `url`, longer paths first, as name and value. */
export const cookiesFor = (jar: CookieJar, url: URL, nowMs: number): readonly (readonly [string, string])[] =>
  jar
    .filter((cookie) => isAlive(cookie, nowMs))
    .filter(({ hostOnly, domain }) => (hostOnly ? url.hostname === domain : domainMatches(url.hostname, domain)))
    .filter(({ port, path }) => port === url.port && pathMatches(url.pathname, path))
    .filter(({ secure }) => !secure || url.protocol === 'https:')
    .toSorted((a, b) => b.path.length - a.path.length)
    .map(({ name, value }) => [name, value] as const);

/** Two jars that would send the same cookies everywhere have the same fingerprint: expiry times are no part of it. */
export const jarFingerprint = (jar: CookieJar, nowMs: number): string =>
  jar
    .filter((cookie) => isAlive(cookie, nowMs))
    .map((cookie) => JSON.stringify([identity(cookie), cookie.secure, cookie.value]))
    .toSorted()
    .join('\n');
