import { describe, expect, test } from 'vitest';
import { evaluate } from '../../matchers/evaluate.ts';
import type { Facts } from '../../model/observation.ts';
import { CouldNotLook } from '../probe.ts';
import type { Answer, TlsFacts } from '../engine/answer.ts';
import { answerOf, stillContext, to, type Reply } from '../engine/redirect-test-site.ts';
import type { HttpRequest } from '../engine/request.ts';
import { domain } from './kind.ts';
import { domainFacts } from './facts.ts';
import type { Spec } from './schema.ts';
import { variantsOf } from './variants.ts';
import { walkVariants } from './walk.ts';

const TLS: TlsFacts = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  verified: true,
  cause: null,
  code: null,
  subject: 'CN=shop.test',
  issuer: 'CN=Test CA',
  sans: ['shop.test'],
  validFrom: '2026-01-01T00:00:00Z',
  validTo: '2027-01-31T00:00:00Z',
  daysLeft: 61,
  fingerprint: '00',
  chain: ['CN=shop.test'],
};

type Page = Reply & { readonly text?: string; readonly tls?: Partial<TlsFacts> };
type Pages = Readonly<Record<string, Page | CouldNotLook>>;

const OK: Page = { status: 200, headers: [['content-type', 'text/html']], text: '<title>Shop</title>' };

/** A healthy shop: everything leads to https://shop.test/. */
const HEALTHY: Pages = {
  'http://shop.test/': to('https://shop.test/', 301),
  'http://www.shop.test/': to('https://www.shop.test/', 301),
  'https://www.shop.test/': to('https://shop.test/', 301),
  'https://shop.test/': OK,
};

const noName = new CouldNotLook('dns-nxdomain', 'there is no such name');

const netOf =
  (pages: Pages) =>
  (request: HttpRequest): Promise<Answer> => {
    const page = pages[request.url.href] ?? noName;
    if (page instanceof CouldNotLook) return Promise.reject(page);
    const answer = answerOf(page);
    const tls = request.url.protocol === 'https:' ? { ...TLS, ...page.tls } : null;
    return Promise.resolve({
      ...answer,
      connection: { ...answer.connection, tls },
      body: new TextEncoder().encode(page.text ?? ''),
    });
  };

/** What a check of this domain would say: broken expectations with the signs that explain them. */
const check = async (pages: Pages, spec: Partial<Spec> = {}) => {
  const whole: Spec = { name: 'shop.test', ...spec };
  const facts: Facts = domainFacts(await walkVariants(whole, variantsOf(whole), stillContext, netOf(pages)), whole);
  const broken = domain
    .defaults(whole)
    .map((ask) => evaluate({ ...ask, source: null }, facts, stillContext.now()))
    .filter(({ held }) => !held)
    .map(({ fact }) => fact);
  const signs = domain.explain(facts, whole);
  const told = signs.filter(({ fact }) => broken.includes(fact)).map(({ code, message }) => `${code}: ${message}`);
  return { facts, broken, told };
};

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

  test('that serves another site with 200 is found by its identity alone', async () => {
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

describe('the variants of a domain', () => {
  const urls = (spec: Spec) => variantsOf(spec).map(({ url, optional }) => `${url.href}${optional ? ' optional' : ''}`);

  test('are all four, www only if it exists', () => {
    expect(urls({ name: 'shop.test' })).toEqual([
      'http://shop.test/',
      'https://shop.test/',
      'http://www.shop.test/ optional',
      'https://www.shop.test/ optional',
    ]);
  });

  test('are all asked for when the name has a www', () => {
    expect(urls({ name: 'www.shop.test' }).at(-1)).toBe('https://www.shop.test/');
  });

  test('are those that are listed, on the ports that are given', () => {
    const spec: Spec = { name: 'shop.test', variants: ['https-www', 'http-apex'], 'http-port': 81, 'https-port': 444 };
    expect(urls(spec)).toEqual(['https://www.shop.test:444/', 'http://shop.test:81/']);
  });

  test('have no www when the name is an address', () => {
    expect(urls({ name: '127.0.0.1' })).toEqual(['http://127.0.0.1/', 'https://127.0.0.1/']);
  });
});

describe('problems that are known before looking', () => {
  test.each<[Spec, string]>([
    [{ name: 'https://shop.test/' }, 'name'],
    [{ name: 'shop.test:8080' }, 'name'],
    [{ name: 'shop..test' }, 'name'],
    [{ name: 'www.' }, 'name'],
    [{ name: 'shop.test', 'lands-on': 'shop.test' }, 'lands-on'],
    [{ name: 'shop.test', 'lands-on': 'http://shop.test/' }, 'lands-on'],
    [{ name: 'shop.test', 'connect-to': '127.0.0.1:80' }, 'connect-to'],
    [{ name: 'shop.test', resolver: '127.0.0.1' }, 'resolver'],
    [{ name: 'shop.test', variants: ['http-apex'], hsts: true }, 'hsts'],
  ])('%j', (spec, path) => expect(domain.problems(spec).map((problem) => problem.path.join('.'))).toEqual([path]));

  test('are none for a plain name', () => expect(domain.problems({ name: 'shop.test' })).toEqual([]));
});

test('connect-to holds for the domain and its www, and for no other host', async () => {
  const asked: string[] = [];
  const spec: Spec = {
    name: 'shop.test',
    'connect-to': '127.0.0.1',
    'https-port': 8443,
    variants: ['https-apex', 'https-www'],
  };
  await walkVariants(spec, variantsOf(spec), stillContext, (request) => {
    asked.push(`${request.url.hostname} -> ${JSON.stringify(request.connectTo)}`);
    return Promise.resolve(
      answerOf(request.url.hostname === 'other.test' ? { status: 200 } : to('https://other.test/')),
    );
  });
  expect(asked.toSorted()).toEqual([
    'other.test -> null',
    'other.test -> null',
    'shop.test -> {"host":"127.0.0.1","port":8443}',
    'www.shop.test -> {"host":"127.0.0.1","port":8443}',
  ]);
});
