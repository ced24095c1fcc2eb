import { describe, expect, it } from 'vitest';
import { chooseProxy, isExempt, proxyAuthorization, proxyName } from './proxy.ts';

const chosen = (url: string, environment: { readonly [name: string]: string }): string | null =>
  chooseProxy({ url: new URL(url), proxy: 'environment', connectTo: null }, environment)?.href ?? null;

describe('chooseProxy', () => {
  it('takes the proxy of the scheme, lower case first', () => {
    const environment = { http_proxy: 'http://low:1', HTTP_PROXY: 'http://up:1', HTTPS_PROXY: 'secure:2' };
    expect(chosen('http://a.test/', environment)).toBe('http://low:1/');
    expect(chosen('https://a.test/', environment)).toBe('http://secure:2/');
    expect(chosen('https://a.test/', { http_proxy: 'http://low:1' })).toBeNull();
  });

  it('takes an empty variable for none, also over one in upper case', () => {
    expect(chosen('http://a.test/', { http_proxy: '', HTTP_PROXY: 'http://up:1' })).toBeNull();
  });

  it('goes directly where NO_PROXY, the check or `connect-to` say so', () => {
    const environment = { HTTP_PROXY: 'http://p:1', NO_PROXY: 'x.test, a.test' };
    expect(chosen('http://sub.a.test/', environment)).toBeNull();
    const url = new URL('http://b.test/');
    expect(chooseProxy({ url, proxy: 'none', connectTo: null }, environment)).toBeNull();
    const connectTo = { host: '127.0.0.1', port: 80 };
    expect(chooseProxy({ url, proxy: 'environment', connectTo }, environment)).toBeNull();
    expect(chooseProxy({ url, proxy: new URL('http://own:9'), connectTo }, environment)?.host).toBe('own:9');
  });

  it('refuses what it cannot use, without repeating it', () => {
    expect(() => chosen('http://a.test/', { HTTP_PROXY: 'socks5://me:hush@p:1' })).toThrow(
      /^HTTP_PROXY names a proxy over socks5; only http is supported$/,
    );
    expect(() => chosen('http://a.test/', { http_proxy: 'http://me:hush@:x' })).toThrow(
      /^http_proxy is not the URL of a proxy$/,
    );
  });
});

describe('isExempt', () => {
  it.each([
    ['a.test', 'http://a.test/', true],
    ['a.test', 'http://www.a.test/', true],
    ['a.test', 'http://aa.test/', false],
    ['.a.test', 'http://a.test/', true],
    ['*.a.test', 'http://www.a.test/', true],
    ['A.Test.', 'http://a.test./', true],
    ['a.test:8080', 'http://a.test:8080/', true],
    ['a.test:8080', 'http://a.test/', false],
    ['a.test:443', 'https://a.test/', true],
    ['*', 'http://anything.test/', true],
    ['', 'http://a.test/', false],
    ['.', 'http://a.test/', false],
    ['10.0.0.0/8', 'http://10.9.8.7/', true],
    ['10.0.0.0/8', 'http://11.9.8.7/', false],
    ['10.0.0.0/99', 'http://10.9.8.7/', false],
    ['10.0.0.0/8', 'http://10.test/', false],
    ['127.0.0.1', 'http://127.0.0.1:99/', true],
    ['0.0.1', 'http://127.0.0.1/', false],
    ['::1', 'http://[::1]:99/', true],
    ['[::1]:99', 'http://[::1]:99/', true],
    ['fd00::/8', 'http://[fd12::1]/', true],
  ])('`%s` covers %s: %s', (noProxy, url, exempt) => {
    expect(isExempt(noProxy, new URL(url))).toBe(exempt);
  });
});

it('names a proxy without its credentials, and keeps these for the proxy', () => {
  const proxy = new URL('http://me:p%40ss@proxy.test');
  expect(proxyName(proxy)).toBe('http://proxy.test:80');
  expect(proxyAuthorization(proxy)).toBe(`Basic ${btoa('me:p@ss')}`);
  expect(proxyAuthorization(new URL('http://proxy.test'))).toBeNull();
});
