import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cookiesFor, parseSetCookie, storeCookies, type Cookie, type CookieJar } from '../engine/cookies.ts';
import { cookiesForPage, jarAfterPage, readCookies, type BrowserCookie } from './session-cookies.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const HOME = new URL('https://app.example.com/orders');

const cookie = (given: Partial<Cookie> = {}): Cookie => ({
  name: 'sid',
  value: 'abc',
  domain: 'app.example.com',
  hostOnly: true,
  port: '',
  path: '/',
  secure: false,
  expiresMs: null,
  ...given,
});

const namesFor = (...cookies: readonly Cookie[]) => cookiesForPage(cookies, HOME, NOW).map(({ name }) => name);

describe('a page gets of the cookies of its scenario', () => {
  it('those of its host, and those of a domain that its host is in', () => {
    const jar = [cookie({ name: 'own' }), cookie({ name: 'wide', domain: 'example.com', hostOnly: false })];
    expect(cookiesForPage(jar, HOME, NOW)).toMatchObject([
      { name: 'own', domain: 'app.example.com', expires: -1 },
      { name: 'wide', domain: '.example.com' },
    ]);
  });

  it.each<[string, Partial<Cookie>]>([
    ['another host', { domain: 'other.example.com' }],
    ['a host of which its name is only the end', { domain: 'pp.example.com', hostOnly: false }],
    ['the domain that only its own host may see', { domain: 'example.com' }],
    ['a host under its own', { domain: 'deep.app.example.com', hostOnly: false }],
    ['another port', { port: '8443' }],
    ['the past', { expiresMs: NOW - 1 }],
  ])('none of %s', (_whose, given) => {
    expect(namesFor(cookie(given))).toEqual([]);
  });

  it('none of a name that only looks like its address', () => {
    const jar = [cookie({ domain: '0.0.1', hostOnly: false }), cookie({ domain: '127.0.0.1', name: 'own' })];
    expect(cookiesForPage(jar, new URL('https://127.0.0.1/'), NOW).map(({ name }) => name)).toEqual(['own']);
  });

  it('each so that no script of the page can read it, unless it is known that it may', () => {
    const readable = { ...cookie({ name: 'theme' }), httpOnly: false, sameSite: 'Strict' };
    expect(cookiesForPage([cookie(), readable], HOME, NOW)).toMatchObject([
      { name: 'sid', httpOnly: true },
      { name: 'theme', httpOnly: false, sameSite: 'Strict' },
    ]);
  });
});

const seen = (given: Partial<BrowserCookie> = {}): BrowserCookie => ({
  name: 'sid',
  value: 'abc',
  domain: 'app.example.com',
  path: '/',
  expires: -1,
  httpOnly: true,
  secure: true,
  sameSite: 'Lax',
  ...given,
});

describe('after the page the scenario has', () => {
  it('what the browser has now of that host: new, changed, and not what was deleted', () => {
    const jar = [cookie({ name: 'gone' }), cookie({ value: 'old' })];
    const after = jarAfterPage(jar, [seen({ value: 'new' }), seen({ name: 'more', expires: NOW / 1000 + 60 })], HOME);
    expect(after).toMatchObject([
      { name: 'sid', value: 'new', hostOnly: true, secure: true, expiresMs: null },
      { name: 'more', expiresMs: NOW + 60_000 },
    ]);
    expect(cookiesFor(after, HOME, NOW)).toEqual([
      ['sid', 'new'],
      ['more', 'abc'],
    ]);
  });

  it('nothing of other hosts that the page led to, and what it had of them untouched', () => {
    const other = cookie({ name: 'other', domain: 'other.example.com' });
    const after = jarAfterPage(
      [other],
      [seen({ domain: 'tracker.example' }), seen({ domain: '.tracker.example' })],
      HOME,
    );
    expect(after).toEqual([other]);
  });

  it('at most 64 cookies', () => {
    const many = Array.from({ length: 100 }, (_, at) => seen({ name: `c${at}` }));
    expect(jarAfterPage([], many, HOME)).toHaveLength(64);
  });

  it('the same cookies as before when the page changed nothing, in every jar', () => {
    const any = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      domain: fc.constantFrom('app.example.com', 'example.com', 'other.example'),
      hostOnly: fc.boolean(),
      port: fc.constantFrom('', '8443'),
      path: fc.constantFrom('/', '/orders'),
      secure: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), (given) => {
        const jar = given.map((one, at) => cookie({ ...one, value: String(at) }));
        const after = jarAfterPage(jar, cookiesForPage(jar, HOME, NOW), HOME);
        for (const url of [HOME, new URL('https://other.example/'), new URL('https://app.example.com:8443/orders')]) {
          const sorted = (cookies: CookieJar) => cookiesFor(cookies, url, NOW).map(String).toSorted();
          expect(sorted(after)).toEqual(sorted(jar));
        }
      }),
    );
  });
});

it('a cookie keeps its way through http, the page and http again', () => {
  const url = new URL('https://app.example.com/sign-in');
  const jar = storeCookies(
    [],
    url,
    ['sid=abc; Path=/; Secure; HttpOnly; Max-Age=60', '__Host-x=1; Path=/; Secure'],
    NOW,
  );
  expect(parseSetCookie('sid=abc; Secure', url, NOW)?.secure).toBe(true);
  const after = jarAfterPage(jar, cookiesForPage(jar, url, NOW), url);
  expect(cookiesFor(after, HOME, NOW)).toEqual([
    ['sid', 'abc'],
    ['__Host-x', '1'],
  ]);
  expect(cookiesFor(after, HOME, NOW + 61_000)).toEqual([['__Host-x', '1']]);
});

it.each([
  null,
  3,
  'x',
  [null, 3, {}, { name: 'a' }, { ...seen(), value: 1 }, { ...seen(), partitionKey: 'https://x' }],
])('what is no cookie is none: %j', (value) => {
  expect(readCookies(value)).toEqual([]);
});

it('what is told of a cookie is read', () => {
  const { sameSite: _, ...plain } = seen();
  expect(readCookies([seen(), { ...plain, sameSite: 'Sometimes' }])).toEqual([seen(), plain]);
});
