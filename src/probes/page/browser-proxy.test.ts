import { expect, test } from 'vitest';
import { browserProxy, bypassList } from './browser-proxy.ts';

const url = 'http://shop.example/';

test('the proxy variables choose the proxy as for http, with what they exempt', () => {
  const environment = {
    http_proxy: 'http://ann:p%40ss@proxy.example:3128',
    NO_PROXY: 'internal.example, .a.example,10.0.0.0/8',
  };
  expect(browserProxy({ url }, environment)).toEqual({
    server: 'http://proxy.example:3128',
    bypass: 'internal.example,.internal.example,a.example,.a.example,10.0.0.0/8',
    username: 'ann',
    password: 'p@ss',
  });
  expect(browserProxy({ url: 'http://internal.example/' }, environment)).toBeNull();
  expect(browserProxy({ url, proxy: false }, environment)).toBeNull();
  expect(browserProxy({ url, proxy: 'http://other.example:1' }, environment)).toEqual({
    server: 'http://other.example:1',
    bypass: '',
  });
  expect(browserProxy({ url }, {})).toBeNull();
});

test('names are exempt with all names under them, addresses and networks as they are', () => {
  expect(bypassList('a.example *.b.example,192.0.2.1,[::1],*')).toBe(
    'a.example,.a.example,b.example,.b.example,192.0.2.1,[::1],*',
  );
});
