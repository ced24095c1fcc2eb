import { describe, expect, test } from 'vitest';
import { cookiesFor, jarFingerprint, storeCookies, type CookieJar } from './cookies.ts';

const NOW = Date.parse('2026-12-01T00:00:00Z');
const HOME = new URL('https://shop.test/account/login');

const jarOf = (...setCookies: readonly string[]): CookieJar => storeCookies([], HOME, setCookies, NOW);
const sent = (jar: CookieJar, url: string): string =>
  cookiesFor(jar, new URL(url), NOW)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

describe('a cookie of a redirect chain', () => {
  test.each([
    ['goes back to its host', 'a=1; Path=/', 'https://shop.test/', 'a=1'],
    ['goes from http to https of the same host', 'a=1; Path=/', 'http://shop.test/', 'a=1'],
    ['without a domain stays on its host', 'a=1; Path=/', 'https://www.shop.test/', ''],
    ['with a domain goes to hosts below it', 'a=1; Path=/; Domain=.shop.test', 'https://www.shop.test/', 'a=1'],
    ['stays on its port', 'a=1; Path=/', 'https://shop.test:8443/', ''],
    ['without a path is for the folder of its URL', 'a=1', 'https://shop.test/account/x', 'a=1'],
    ['of a folder is for nothing beside it', 'a=1', 'https://shop.test/accounting', ''],
    ['that is secure never goes over http', 'a=1; Path=/; Secure', 'http://shop.test/', ''],
    ['keeps equals signs in its value', 'a=b=c; Path=/', 'https://shop.test/', 'a=b=c'],
    ['of a strange domain is refused', 'a=1; Path=/; Domain=evil.test', 'https://evil.test/', ''],
    ['of a whole top-level domain is refused', 'a=1; Path=/; Domain=test', 'https://other.test/', ''],
    ['with a control character is refused', 'a=\u0001; Path=/', 'https://shop.test/', ''],
    ['without a name is refused', '=1; Path=/', 'https://shop.test/', ''],
    ['over 4 KiB is refused', `a=${'x'.repeat(5000)}; Path=/`, 'https://shop.test/', ''],
    ['of the past is refused', 'a=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'https://shop.test/', ''],
    [
      'lives by Max-Age before Expires',
      'a=1; Path=/; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
      'https://shop.test/',
      'a=1',
    ],
    [
      'called __Host- must be secure, for the host and the whole path',
      '__Host-a=1; Path=/x; Secure',
      'https://shop.test/x',
      '',
    ],
    ['called __Secure- must be secure', '__Secure-a=1; Path=/', 'https://shop.test/', ''],
  ])('%s', (_title, setCookie, url, expected) => {
    expect(sent(jarOf(setCookie), url)).toBe(expected);
  });

  test('is replaced and deleted by name, domain and path', () => {
    const jar = storeCookies(jarOf('a=1; Path=/', 'b=1; Path=/'), HOME, ['a=2; Path=/', 'b=; Path=/; Max-Age=0'], NOW);
    expect(sent(jar, 'https://shop.test/')).toBe('a=2');
  });

  test('set with Secure over http is refused', () => {
    expect(storeCookies([], new URL('http://shop.test/'), ['a=1; Secure'], NOW)).toEqual([]);
  });

  test('of a longer path goes first', () => {
    expect(sent(jarOf('a=1; Path=/', 'b=2; Path=/account'), HOME.href)).toBe('b=2; a=1');
  });

  test('beyond 64 pushes out the oldest', () => {
    const jar = jarOf(...Array.from({ length: 100 }, (_, index) => `c${index}=1; Path=/`));
    expect(jar).toHaveLength(64);
    expect(jar[0]?.name).toBe('c36');
  });
});

describe('what a browser has to know of a cookie', () => {
  test.each([
    ['a=1; HttpOnly; SameSite=lax', { httpOnly: true, sameSite: 'Lax' }],
    ['a=1; samesite=STRICT', { httpOnly: false, sameSite: 'Strict' }],
    ['a=1', { httpOnly: false, sameSite: '' }],
  ])('%s', (text, expected) => {
    expect(jarOf(text)).toEqual([expect.objectContaining(expected)]);
  });
});

describe('the fingerprint of a jar', () => {
  test('does not depend on order or expiry', () => {
    const one = jarOf('a=1; Path=/; Max-Age=60', 'b=2; Path=/');
    const two = jarOf('b=2; Path=/', 'a=1; Path=/; Max-Age=90');
    expect(jarFingerprint(one, NOW)).toBe(jarFingerprint(two, NOW));
  });

  test('differs by value, and forgets what has expired meanwhile', () => {
    const jar = jarOf('a=1; Path=/; Max-Age=60');
    expect(jarFingerprint(jar, NOW)).not.toBe(jarFingerprint(jarOf('a=2; Path=/'), NOW));
    expect(jarFingerprint(jar, NOW + 61_000)).toBe(jarFingerprint([], NOW));
  });
});
