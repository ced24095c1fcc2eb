import { expect, test } from 'vitest';
import { hostOf, siteOf } from './site.ts';

test.each([
  ['www.shop.example', 'shop.example', true],
  ['www.shop.example', 'cdn.shop.example', true],
  ['shop.example', 'www.shop.example', true],
  ['app.shop.example', 'static.app.shop.example', true],
  ['app.shop.example', 'shop.example', false],
  ['app.shop.example', 'static.shop.example', false],
  ['shop.example', 'evilshop.example', false],
  ['ann.pages.example', 'bob.pages.example', false],
  ['127.0.0.1', '127.0.0.1', true],
  ['127.0.0.1', '1.127.0.0.1', false],
  ['[::1]', '[::1]', true],
])('of the site of %s, %s is a part: %s', (own, other, isOwn) => {
  expect(siteOf(own)(other)).toBe(isOwn);
});

test('patterns add hosts, and names under a host', () => {
  const isOwn = siteOf('shop.example', ['Static.example', '*.cdn.example']);
  expect(['static.example', 'a.cdn.example', 'cdn.example', 'a.static.example'].map(isOwn)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([hostOf('https://A.example:8443/x'), hostOf('nothing')]).toEqual(['a.example', '']);
});
