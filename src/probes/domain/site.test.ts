import { describe, expect, test } from 'vitest';
import { to } from '../engine/redirect-test-site.ts';
import { check, HEALTHY, OK, type Pages } from './test-shop.ts';

describe('the site of a domain', () => {
  test('that is another site with 200 is found by its identity alone', async () => {
    const parked = { ...HEALTHY, 'https://shop.test/': { ...OK, text: '<html><title>\n Buy &amp; park </title>' } };
    expect((await check(parked)).broken).toEqual([]);
    const { told } = await check(parked, {
      serves: { title: 'Shop', header: { 'X-Site': 'shop' }, body: 'Welcome', json: { site: 'shop' } },
    });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(
      /^wrong-site: another site is served: https:\/\/shop\.test\/: its title is "Buy & park", not "Shop"; /,
    );
    expect(told[0]).toContain('it has no header X-Site, expected "shop"');
    expect(told[0]).toContain('its body does not contain "Welcome"');
    expect(told[0]).toContain('its body is not JSON');
  });

  test('with an expired certificate on one hop shows the worst certificate and walks on', async () => {
    const { facts, told } = await check({
      ...HEALTHY,
      'https://www.shop.test/': {
        ...to('https://shop.test/', 301),
        tls: { verified: false, code: 'tls-expired', cause: 'the certificate expired 3 days ago', daysLeft: -3 },
      },
    });
    expect(told).toEqual(['tls-expired: certificate of www.shop.test: the certificate expired 3 days ago']);
    expect(facts).toMatchObject({ tls: { host: 'www.shop.test', 'days-left': -3 }, 'final-url': 'https://shop.test/' });
  });

  test('with an invalid certificate is wrong even when https is optional', async () => {
    const pages = {
      ...HEALTHY,
      'https://shop.test/': { ...OK, tls: { verified: false, code: 'tls-untrusted' as const } },
    };
    expect((await check(pages, { https: 'optional' })).broken).toEqual(['tls.verified']);
    expect((await check(pages, { tls: { verify: false } })).broken).toEqual([]);
  });

  test('that answers 503 is not right', async () => {
    const { told } = await check({ ...HEALTHY, 'https://shop.test/': { ...OK, status: 503 } });
    expect(told[0]).toBe('http-5xx: http-apex ends with 503 at https://shop.test/');
  });

  test('that downgrades to http tells the problem with its chain', async () => {
    const { told } = await check({
      ...HEALTHY,
      'https://www.shop.test/': to('http://old.test/'),
      'http://old.test/': OK,
    });
    expect(told[0]).toBe(
      'redirect-downgrade: http-www: a redirect leads from https to http: https://www.shop.test/ -> http://old.test/ (http://www.shop.test/ --301--> https://www.shop.test/ --302--> http://old.test/  (200))',
    );
  });

  test('asked for HSTS must send it with a max-age over 0', async () => {
    const sends = (value: string): Pages => ({
      ...HEALTHY,
      'https://shop.test/': { ...OK, headers: [['strict-transport-security', value]] },
    });
    expect((await check(HEALTHY, { hsts: true })).broken).toEqual(['hsts']);
    expect((await check(sends('max-age=0'), { hsts: true })).broken).toEqual(['hsts']);
    expect((await check(sends('includeSubDomains; max-age=31536000'), { hsts: true })).broken).toEqual([]);
  });
});
