import { cookiesFor, type CookieJar } from './cookies.ts';
import type { HttpRequest } from './request.ts';

/** The request with the cookies of the chain beside those that were configured, which they replace by name. */
export const withCookies = (request: HttpRequest, jar: CookieJar, nowMs: number): HttpRequest => {
  const cookies = cookiesFor(jar, request.url, nowMs);
  if (cookies.length === 0) return request;
  const names = new Set(cookies.map(([name]) => name));
  const configured = request.headers
    .filter(([name]) => name.toLowerCase() === 'cookie')
    .flatMap(([, value]) => value.split(';').map((pair) => pair.trim()))
    .filter((pair) => pair !== '' && !names.has(pair.split('=', 1)[0] ?? ''));
  const value = [...configured, ...cookies.map(([name, text]) => `${name}=${text}`)].join('; ');
  const others = request.headers.filter(([name]) => name.toLowerCase() !== 'cookie');
  return { ...request, headers: [...others, ['cookie', value]] };
};
