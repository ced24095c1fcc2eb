import { describe, expect, test } from 'vitest';
import { to } from '../engine/redirect-test-site.ts';
import { CouldNotLook } from '../probe.ts';
import { check, HEALTHY, OK } from './test-shop.ts';

describe('a domain', () => {
  test('that leads from everywhere to one page over valid TLS is right', async () => {
    const { facts, broken } = await check(HEALTHY, { 'lands-on': 'https://shop.test', serves: { title: 'Shop' } });
    expect(broken).toEqual([]);
    expect(facts).toMatchObject({
      'final-url': 'https://shop.test/',
      'final-status': 200,
      'variants-agree': true,
      page: { title: 'Shop' },
      tls: { verified: true, host: 'shop.test' },
      dns: { addresses: ['203.0.113.7'] },
      failures: [],
      'left-out': [],
    });
  });

  test('in a loop names the loop and which variants are in it', async () => {
    const { facts, broken, told } = await check({
      ...HEALTHY,
      'https://shop.test/': to('https://www.shop.test/', 308),
      'https://www.shop.test/': to('https://shop.test/', 308),
    });
    expect(told).toEqual([
      'redirect-loop: every variant ends in a redirect loop: http://shop.test/ --301--> https://shop.test/ --308--> https://www.shop.test/ --308--> https://shop.test/  (loop of 2: www ping-pong)',
    ]);
    expect(broken).toContain('loop');
    expect(facts['final-url']).toBeUndefined();
  });

  test('whose www alone is in a loop still tells where the site is', async () => {
    const { facts, told } = await check({ ...HEALTHY, 'https://www.shop.test/': to('http://www.shop.test/', 302) });
    expect(told).toEqual([expect.stringContaining('redirect-loop: http-www, https-www end in a redirect loop')]);
    expect(facts['final-url']).toBe('https://shop.test/');
  });

  test('without www is right, and says that www does not count', async () => {
    const { facts, broken } = await check({
      'http://shop.test/': to('https://shop.test/'),
      'https://shop.test/': OK,
    });
    expect(broken).toEqual([]);
    expect(facts['left-out']).toEqual([
      'http-www: www.shop.test does not resolve',
      'https-www: www.shop.test does not resolve',
    ]);
  });

  test('without the www that was asked for is wrong', async () => {
    const { told } = await check(
      { 'https://shop.test/': OK },
      { variants: ['https-apex', 'https-www'], 'lands-on': 'https://shop.test/' },
    );
    expect(told).toEqual(['dns-nxdomain: https-www cannot be asked: there is no such name']);
  });

  test('that does not resolve at all is told so for every variant that counts', async () => {
    const { facts, broken } = await check({});
    expect(facts['failures']).toMatchObject([
      { variant: 'http-apex', code: 'dns-nxdomain' },
      { variant: 'https-apex', code: 'dns-nxdomain' },
    ]);
    expect(broken).toContain('failures');
  });

  test('with a dead port 80 names the variants that cannot be asked', async () => {
    const dead = new CouldNotLook('connect-timeout', 'no answer within 2 s');
    const { told } = await check({ ...HEALTHY, 'http://shop.test/': dead, 'http://www.shop.test/': dead });
    expect(told).toEqual(['connect-timeout: http-apex, http-www cannot be asked: no answer within 2 s']);
  });

  test('that answers on plain http is not right, unless https is optional', async () => {
    const pages = { ...HEALTHY, 'http://shop.test/': OK };
    const { broken, told } = await check(pages);
    expect(broken).toEqual(['variants-agree', 'https']);
    expect(told[1]).toBe('redirect-unexpected-target: http-apex ends without https, on http://shop.test/');
    expect((await check(pages, { https: 'optional' })).broken).toEqual([]);
  });

  test('without any https is right only when https is optional', async () => {
    const refused = new CouldNotLook('connect-refused', 'refused');
    const pages = { 'http://shop.test/': OK, 'https://shop.test/': refused };
    expect((await check(pages)).broken).toEqual(['failures', 'tls.verified', 'https']);
    const { facts, broken } = await check(pages, { https: 'optional' });
    expect(broken).toEqual([]);
    expect(facts['left-out']).toContain('https-apex: https is not served');
  });

  test('whose variants end on different pages names each with its variants', async () => {
    const { told } = await check({ ...HEALTHY, 'https://www.shop.test/': OK });
    expect(told).toEqual([
      'redirect-unexpected-target: the variants end on different URLs: https://shop.test/ (http-apex, https-apex), https://www.shop.test/ (http-www, https-www)',
    ]);
  });

  test('that lands elsewhere says where', async () => {
    const { told } = await check(HEALTHY, { 'lands-on': 'https://shop.test/welcome' });
    expect(told).toEqual([
      'redirect-unexpected-target: the site is at https://shop.test/, not at https://shop.test/welcome',
    ]);
  });
});
