import type { HttpRequest } from './request.ts';

/** Which statuses redirect. 300, 304, 305 and 306 do not, whatever their Location says. */
export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** The method after a redirect: 301 and 302 turn POST into GET, 303 all but HEAD; 307 and 308 keep it. */
export const methodAfter = (method: string, status: number): string => {
  if ((status === 301 || status === 302) && method === 'POST') return 'GET';
  return status === 303 && method !== 'HEAD' ? 'GET' : method;
};

/** The next request, and what it leaves behind because it goes to another origin. */
export type NextRequest = { readonly request: HttpRequest; readonly withheld: readonly string[] };

const aboutBody = (name: string): boolean => /^(content-|transfer-encoding$|expect$)/i.test(name);

const portOf = (url: URL): number => (url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port));

/** `connect-to` stands for the first host, on whatever port a redirect names; other hosts are looked up. */
const connectTo = (first: HttpRequest, url: URL): HttpRequest['connectTo'] => {
  if (first.connectTo === null || url.hostname !== first.url.hostname) return null;
  return url.origin === first.url.origin ? first.connectTo : { host: first.connectTo.host, port: portOf(url) };
};

const withheldFrom = (request: HttpRequest): readonly string[] => [
  ...request.headers.map(([name]) => (name.toLowerCase() === 'cookie' ? 'cookies' : name.toLowerCase())),
  ...(request.body === null ? [] : ['body']),
  ...(request.tls.key === null ? [] : ['client-certificate']),
];

/**
 * Whether what was configured may go from one URL to another. It belongs to the first origin, and to those that the
 * check trusts; from https it never goes to http, whoever is trusted.
 */
const mayCarry = (first: HttpRequest, from: URL, to: URL, trust: readonly string[]): boolean => {
  if (from.origin === to.origin) return true;
  if (from.protocol === 'https:' && to.protocol !== 'https:') return false;
  return trust.includes(to.origin) || (trust.includes(from.origin) && to.origin === first.url.origin);
};

/**
 * The request that follows `current` after a redirect to `url`; `trust` are the origins beside the first that may see
 * what was configured. Once the chain has been anywhere else, no header, credential or body is sent again, not even back
 * there. A Host that was configured stays with its origin.
 */
export const nextRequest = (
  first: HttpRequest,
  current: HttpRequest,
  status: number,
  url: URL,
  trust: readonly string[],
): NextRequest => {
  const method = methodAfter(current.method, status);
  const rewritten: HttpRequest =
    method === current.method
      ? current
      : { ...current, method, body: null, headers: current.headers.filter(([name]) => !aboutBody(name)) };
  const servername = url.hostname === first.url.hostname ? first.tls.servername : null;
  const moved = { ...rewritten, url, connectTo: connectTo(first, url), tls: { ...rewritten.tls, servername } };
  if (url.origin === current.url.origin) return { request: moved, withheld: [] };
  if (mayCarry(first, current.url, url, trust)) {
    return { request: { ...moved, headers: moved.headers.filter(([name]) => !/^host$/i.test(name)) }, withheld: [] };
  }
  return {
    request: { ...moved, headers: [], body: null, tls: { ...moved.tls, cert: null, key: null } },
    withheld: withheldFrom(rewritten),
  };
};
