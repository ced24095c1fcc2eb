import { expect, it } from 'vitest';
import { ACCEPTED, contentCodings, isAccepted } from './codings.ts';

const headers = (...values: readonly string[]) => values.map((value) => ['content-encoding', value] as const);

it.each([
  [headers(), []],
  [headers('identity'), []],
  [headers('GZip'), ['gzip']],
  [headers('x-gzip'), ['gzip']],
  [headers('gzip, br'), ['gzip', 'br']],
  [headers('zstd', 'deflate'), ['zstd', 'deflate']],
  [headers(' , gzip'), ['gzip']],
])('reads the codings %j as %j', (given, codings) => {
  expect(contentCodings(given, ACCEPTED)).toEqual(codings);
});

it.each([
  [headers('gzip', 'gzip', 'gzip'), ACCEPTED, 'too many content-codings: 3, and 2 are allowed'],
  [
    headers(Array.from({ length: 1000 }, () => 'br').join()),
    ACCEPTED,
    'too many content-codings: 1000, and 2 are allowed',
  ],
  [headers('compress'), ACCEPTED, 'unknown content-coding `compress`'],
  [headers('__proto__'), ACCEPTED, 'unknown content-coding `__proto__`'],
  [headers('gzip'), 'br', 'the content-coding gzip was not asked for'],
  [headers('gzip'), 'gzip;q=0, *', 'the content-coding gzip was not asked for'],
])('refuses %j after `%s`', (given, accepted, message) => {
  expect(() => contentCodings(given, accepted)).toThrow(message);
});

it.each([
  ['*', true],
  ['identity', false],
  ['', false],
  ['br;q=1.0, gzip;q=0.001', true],
  ['*;q=0', false],
  ['x-gzip', true],
])('an Accept-Encoding of `%s` allows gzip: %s', (accepted, allowed) => {
  expect(isAccepted(accepted, 'gzip')).toBe(allowed);
});
