import { isIP } from 'node:net';
import { isJsonObject, type Json } from '../../model/json.ts';
import type { Cookie, CookieJar } from '../engine/cookies.ts';

const SAME_SITE = ['Strict', 'Lax', 'None'] as const;
type SameSite = (typeof SAME_SITE)[number];

/** A cookie as Playwright takes and gives it: a domain with a dot in front is for the names under it as well. */
export type BrowserCookie = {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  /** Seconds since 1970; -1 for one that ends with the session. */
  readonly expires: number;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite?: SameSite;
};

/** What a jar remembers of a cookie that a browser gave back, and what http has no use for. */
type Remembered = Cookie & { readonly httpOnly: boolean; readonly sameSite: SameSite | null };

const MOST_COOKIES = 64;

const belongs = (host: string, { domain, hostOnly }: Pick<Cookie, 'domain' | 'hostOnly'>): boolean =>
  host === domain || (!hostOnly && isIP(host) === 0 && host.endsWith(`.${domain}`));

/** Whether a page may have a cookie: those of other hosts and of other ports stay in the jar. */
const isFor = (cookie: Cookie, { hostname, port }: URL): boolean => belongs(hostname, cookie) && cookie.port === port;

const sameSiteOf = (value: unknown): SameSite | null => SAME_SITE.find((one) => one === value) ?? null;

/** What a jar may say of a cookie beside what http needs. When it is not known, scripts do not get the cookie. */
const flagsOf = (cookie: Cookie): { readonly httpOnly: boolean; readonly sameSite?: SameSite } => {
  const httpOnly = !('httpOnly' in cookie) || cookie.httpOnly !== false;
  const sameSite = 'sameSite' in cookie ? sameSiteOf(cookie.sameSite) : null;
  return { httpOnly, ...(sameSite === null ? {} : { sameSite }) };
};

/** The cookies of a scenario that a page at this address gets. */
export const cookiesForPage = (jar: CookieJar, url: URL, nowMs: number): readonly BrowserCookie[] =>
  jar
    .filter((cookie) => isFor(cookie, url) && (cookie.expiresMs === null || cookie.expiresMs > nowMs))
    .map((cookie) => ({
      name: cookie.name,
      value: cookie.value,
      domain: cookie.hostOnly ? cookie.domain : `.${cookie.domain}`,
      path: cookie.path,
      expires: cookie.expiresMs === null ? -1 : cookie.expiresMs / 1000,
      secure: cookie.secure,
      ...flagsOf(cookie),
    }));

const fromBrowser = (cookie: BrowserCookie, url: URL): Remembered => ({
  name: cookie.name,
  value: cookie.value,
  domain: cookie.domain.replace(/^\./, ''),
  hostOnly: !cookie.domain.startsWith('.'),
  port: url.port,
  path: cookie.path,
  secure: cookie.secure,
  expiresMs: cookie.expires < 0 ? null : Math.round(cookie.expires * 1000),
  httpOnly: cookie.httpOnly,
  sameSite: cookie.sameSite ?? null,
});

/**
 * The jar after a visit: what the page could have had is what the browser has now, so that what it deleted is gone;
 * cookies that the browser took from other hosts are left out.
 */
export const jarAfterPage = (jar: CookieJar, cookies: readonly BrowserCookie[], url: URL): CookieJar => {
  const others = jar.filter((cookie) => !isFor(cookie, url));
  const own = cookies.map((cookie) => fromBrowser(cookie, url)).filter((cookie) => belongs(url.hostname, cookie));
  return [...others, ...own].slice(-MOST_COOKIES);
};

const isText = (value: Json | undefined): value is string => typeof value === 'string';

/** Reads the cookies that the driver tells; what is none is left out, and so is one that belongs to a part of a page. */
export const readCookies = (value: Json | undefined): readonly BrowserCookie[] =>
  (Array.isArray(value) ? value : []).flatMap((one: Json) => {
    if (!isJsonObject(one) || one['partitionKey'] !== undefined) return [];
    const { name, value: text, domain, path, expires, httpOnly, secure } = one;
    if (!isText(name) || !isText(text) || !isText(domain) || !isText(path)) return [];
    const sameSite = sameSiteOf(one['sameSite']);
    return [
      {
        ...{ name, value: text, domain, path },
        expires: typeof expires === 'number' ? expires : -1,
        httpOnly: httpOnly === true,
        secure: secure === true,
        ...(sameSite === null ? {} : { sameSite }),
      },
    ];
  });
