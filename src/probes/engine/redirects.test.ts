import { describe, expect, test } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import { chainText } from './redirect-chain.ts';
import { imaginedNet, requestFor, stillContext, to, type Reply } from './redirect-test-site.ts';
import { followRedirects, type RedirectPolicy } from './redirects.ts';
import type { HttpRequest } from './request.ts';

const POLICY: RedirectPolicy = { follow: true, max: 10, allowDowngrade: false, allowPrivate: false };

const OK: Reply = { status: 200 };

const walk = async (
  start: string | HttpRequest,
  pages: Readonly<Record<string, Reply | ((request: HttpRequest) => Reply)>>,
  policy: Partial<RedirectPolicy> = {},
) => {
  const net = imaginedNet((request) => {
    const page = pages[request.url.href] ?? { status: 404 };
    return typeof page === 'function' ? page(request) : page;
  });
  const request = typeof start === 'string' ? requestFor(start) : start;
  const chain = await followRedirects(request, { ...POLICY, ...policy }, stillContext, net.exchange);
  return { chain, sent: net.sent };
};

describe('following redirects', () => {
  test('reports a redirect as the answer when redirects are not followed', async () => {
    const { chain } = await walk('https://a.test/', { 'https://a.test/': to('/login') }, { follow: false });
    expect(chain.answer?.status).toBe(302);
    expect(chain.problem).toBeNull();
    expect(chain.hops).toHaveLength(1);
  });

  test('walks to the last answer, sums the timings and names every hop', async () => {
    const { chain } = await walk('https://a.test/', {
      'https://a.test/': to('https://b.test/x#part', 301),
      'https://b.test/x': to('y', 308),
      'https://b.test/y': OK,
    });
    expect(chain.answer?.status).toBe(200);
    expect(chain.timings).toEqual({ dns: 3, connect: 6, wait: 12, total: 30 });
    expect(chainText(chain)).toBe('https://a.test/ --301--> https://b.test/x --308--> https://b.test/y  (200)');
  });

  test('gives up after the allowed number of redirects and shows the last URLs', async () => {
    const net = imaginedNet((request) => to(`/?n=${request.url.search}1`));
    const policy = { ...POLICY, max: 4 };
    const chain = await followRedirects(requestFor('https://a.test/'), policy, stillContext, net.exchange);
    expect(chain.problem?.code).toBe('redirect-limit');
    expect(chain.problem?.message).toContain('more than 4 redirects; the last: https://a.test/?n=?n=?n=1');
    expect(net.sent).toHaveLength(5);
  });

  test('keeps what was seen when a later hop fails', async () => {
    const failing = (request: HttpRequest) =>
      request.url.hostname === 'b.test'
        ? Promise.reject(new CouldNotLook('connect-refused', 'refused', { timings: { dns: 5, total: 6 } }))
        : imaginedNet(() => to('https://b.test/')).exchange(request);
    const chain = await followRedirects(requestFor('https://a.test/'), POLICY, stillContext, failing);
    expect(chain.failure?.code).toBe('connect-refused');
    expect(chain.answer).toBeNull();
    expect(chain.hops.map(({ status }) => status)).toEqual([302, null]);
    expect(chain.timings).toEqual({ dns: 6, connect: 2, wait: 4, total: 16 });
  });

  test('lets a fault of ours through', async () => {
    const broken = () => Promise.reject(new TypeError('ours'));
    await expect(followRedirects(requestFor('https://a.test/'), POLICY, stillContext, broken)).rejects.toThrow('ours');
  });
});

describe('loops', () => {
  test.each([
    ['self', 'https://a.test/', { 'https://a.test/': 'https://a.test/' }],
    ['self', 'https://a.test/', { 'https://a.test/': 'HTTPS://A.test:443/./#again' }],
    [
      'scheme ping-pong',
      'http://a.test/',
      { 'http://a.test/': 'https://a.test/', 'https://a.test/': 'http://a.test/' },
    ],
    [
      'www ping-pong',
      'https://a.test/',
      { 'https://a.test/': 'https://www.a.test/', 'https://www.a.test/': '//a.test/' },
    ],
    ['slash ping-pong', 'https://a.test/x', { 'https://a.test/x': '/x/', 'https://a.test/x/': '/x' }],
    ['cross-host', 'https://a.test/', { 'https://a.test/': 'https://b.test/', 'https://b.test/': 'https://a.test/' }],
    [
      'cross-host',
      'http://a.test:1/',
      { 'http://a.test:1/': 'http://a.test:2/', 'http://a.test:2/': 'http://a.test:1/' },
    ],
    ['cycle of 3', 'https://a.test/', { 'https://a.test/': '/1', 'https://a.test/1': '/2', 'https://a.test/2': '/' }],
  ])('are named: %s from %s', async (kind, start, pages) => {
    const replies = Object.fromEntries(Object.entries(pages).map(([url, location]) => [url, to(location, 308)]));
    const { chain, sent } = await walk(start, replies);
    expect(chain.loop?.kind).toBe(kind);
    expect(sent).toHaveLength(chain.loop?.length ?? 0);
  });

  test('are printed with the tail that leads in', async () => {
    const { chain } = await walk('http://a.test/', {
      'http://a.test/': to('https://a.test/', 301),
      'https://a.test/': to('https://b.test/', 308),
      'https://b.test/': to('https://a.test/', 308),
    });
    expect(chain.loop?.tail).toEqual(['http://a.test/']);
    expect(chain.loop?.text).toBe(
      'http://a.test/ --301--> https://a.test/ --308--> https://b.test/ --308--> https://a.test/  (loop of 2: cross-host)',
    );
  });

  test('weigh more than the downgrade that is half of them', async () => {
    const { chain } = await walk('https://a.test/', {
      'https://a.test/': to('http://a.test/', 301),
      'http://a.test/': to('https://a.test/', 308),
    });
    expect(chain.loop?.text).toBe(
      'https://a.test/ --301--> http://a.test/ --308--> https://a.test/  (loop of 2: scheme ping-pong)',
    );
  });

  test('need the same cookies: coming back with a new one is a login, not a loop', async () => {
    const { chain } = await walk('https://a.test/', {
      'https://a.test/': (request) =>
        request.headers.some(([name, value]) => name === 'cookie' && value === 'sid=1') ? OK : to('/login'),
      'https://a.test/login': to('/', 302, ['set-cookie', 'sid=1; Path=/; HttpOnly']),
    });
    expect(chain.loop).toBeNull();
    expect(chain.answer?.status).toBe(200);
  });

  test('are found when a cookie is refused for ever', async () => {
    const { chain, sent } = await walk('https://a.test/', {
      'https://a.test/': to('/login'),
      'https://a.test/login': to('/', 302, ['set-cookie', 'sid=1; Path=/']),
    });
    expect(chain.loop?.kind).toBe('cycle of 2');
    expect(chain.loop?.tail).toHaveLength(2);
    expect(sent).toHaveLength(4);
  });

  test('that set another cookie each time end at the limit, which says so', async () => {
    let count = 0;
    const { chain } = await walk('https://a.test/', {
      'https://a.test/': () => to('/', 302, ['set-cookie', `sid=${(count += 1)}`]),
    });
    expect(chain.problem?.code).toBe('redirect-limit');
    expect(chain.problem?.message).toContain('each time with other cookies');
    expect(chainText(chain)).toBe('https://a.test/  (302; the last 1 repeat 11 times)');
  });

  test('are told apart by method: a POST that comes back as GET has one more round', async () => {
    const { chain } = await walk(requestFor('https://a.test/', { method: 'POST' }), {
      'https://a.test/': to('/', 302),
    });
    expect(chain.hops.map(({ method }) => method)).toEqual(['POST', 'GET']);
    expect(chain.loop?.kind).toBe('self');
  });
});

describe('redirects that are not followed', () => {
  test.each([
    ['redirect-missing-location', { status: 302 }],
    ['redirect-bad-location', to('')],
    ['redirect-bad-location', to('  ')],
    ['redirect-bad-location', to('/x', 302, ['location', '/x'])],
    ['redirect-bad-location', to('https://[nope/')],
    ['redirect-bad-location', to('https://a.test:99999/')],
    ['redirect-bad-location', to('https://b.test:0/')],
    ['redirect-bad-location', to(`/${'x'.repeat(9000)}`)],
    ['redirect-bad-location', to('/a\u0000b')],
    ['redirect-bad-location', to('\\\\b.test\\x')],
    ['redirect-bad-location', to('https:////b.test/')],
    ['redirect-bad-location', to('///b.test/')],
    ['redirect-bad-location', to('https:b.test')],
    ['redirect-bad-scheme', to('javascript:alert(1)')],
    ['redirect-bad-scheme', to('file:///etc/passwd')],
    ['redirect-bad-scheme', to('data:text/html,ok')],
    ['redirect-bad-scheme', to('ftp://b.test/')],
    ['redirect-bad-scheme', to('about:blank')],
    ['redirect-private', to('https://10.1.2.3/')],
    ['redirect-private', to('https://2130706433/')],
    ['redirect-private', to('https://0x7f.1/')],
    ['redirect-private', to('https://[::ffff:10.0.0.1]/')],
    ['redirect-private', to('https://[64:ff9b::a00:1]/')],
    ['redirect-private', to('https://[fe80::1]/')],
    ['redirect-private', to('https://169.254.169.254/latest/meta-data/')],
    ['redirect-private', to('https://localhost/')],
  ])('%s: %j', async (code, reply) => {
    const { chain, sent } = await walk('https://a.test/', { 'https://a.test/': reply });
    expect(chain.problem?.code).toBe(code);
    expect(sent).toHaveLength(1);
  });

  test('a name that turns out to be a private address is a problem although it answered', async () => {
    const { chain } = await walk('https://a.test/', {
      'https://a.test/': to('https://b.test/'),
      'https://b.test/': { ...OK, address: '::ffff:192.168.1.1' },
    });
    expect(chain.problem?.code).toBe('redirect-private');
  });

  test('a private start may redirect to a private address, and to a public one', async () => {
    const { chain } = await walk('http://10.0.0.1/', {
      'http://10.0.0.1/': { ...to('http://192.168.0.1/'), address: '10.0.0.1' },
      'http://192.168.0.1/': { ...to('http://b.test/'), address: '192.168.0.1' },
      'http://b.test/': OK,
    });
    expect(chain.problem).toBeNull();
    expect(chain.answer?.status).toBe(200);
  });

  test('the target of a downgrade is looked at, and the downgrade is still the problem', async () => {
    const { chain } = await walk('https://a.test/', { 'https://a.test/': to('http://a.test/'), 'http://a.test/': OK });
    expect(chain.problem?.code).toBe('redirect-downgrade');
    expect(chain.hops).toHaveLength(2);
  });

  test('a POST is never sent along a downgrade', async () => {
    const { chain, sent } = await walk(requestFor('https://a.test/', { method: 'POST' }), {
      'https://a.test/': to('http://a.test/', 307),
    });
    expect(chain.problem?.code).toBe('redirect-downgrade');
    expect(sent).toHaveLength(1);
  });

  test.each([300, 304, 305, 306])('%i with a Location is an answer, not a redirect', async (status) => {
    const { chain } = await walk('https://a.test/', { 'https://a.test/': to('/x', status) });
    expect(chain.answer?.status).toBe(status);
    expect(chain.problem).toBeNull();
  });
});

describe('what a redirect carries along', () => {
  test.each([
    [301, 'POST', 'GET', false],
    [302, 'POST', 'GET', false],
    [303, 'POST', 'GET', false],
    [303, 'PUT', 'GET', false],
    [303, 'HEAD', 'HEAD', true],
    [301, 'PUT', 'PUT', true],
    [307, 'POST', 'POST', true],
    [308, 'POST', 'POST', true],
  ])('%i turns %s into %s', async (status, method, then, keepsBody) => {
    const start = requestFor('https://a.test/', {
      method,
      body: new TextEncoder().encode('x'),
      headers: [
        ['Content-Type', 'text/plain'],
        ['X-Kept', '1'],
      ],
    });
    const { sent } = await walk(start, { 'https://a.test/': to('/next', status), 'https://a.test/next': OK });
    expect(sent[1]?.method).toBe(then);
    expect(sent[1]?.body !== null).toBe(keepsBody);
    expect(sent[1]?.headers.map(([name]) => name)).toEqual(keepsBody ? ['Content-Type', 'X-Kept'] : ['X-Kept']);
  });

  const secretive = requestFor('https://a.test/', {
    method: 'POST',
    body: new TextEncoder().encode('canary'),
    headers: [
      ['Authorization', 'Bearer canary'],
      ['Cookie', 'c=canary'],
      ['X-Api-Key', 'canary'],
    ],
    tls: { ...requestFor('https://a.test/').tls, cert: 'canary', key: 'canary', servername: 'sni.test' },
    connectTo: { host: '203.0.113.9', port: 444 },
  });

  test.each(['https://b.test/', 'https://a.test:8443/', 'https://user:canary@b.test/'])(
    'nothing that was configured goes to another origin: %s',
    async (location) => {
      const { chain, sent } = await walk(secretive, {
        'https://a.test/': to(location, 307, ['set-cookie', 'd=canary']),
        [location.replace('user:canary@', '')]: OK,
      });
      expect(sent).toHaveLength(2);
      expect({ ...sent[1], body: Array.from(sent[1]?.body ?? []) }).toMatchObject({ headers: [], body: [] });
      expect(JSON.stringify({ ...sent[1], url: sent[1]?.url.href })).not.toContain('canary');
      expect(chain.withheld.slice(0, 5)).toEqual([
        'authorization',
        'cookies',
        'x-api-key',
        'body',
        'client-certificate',
      ]);
      expect(chain.withheld.includes('userinfo')).toBe(location.includes('user'));
    },
  );

  test('nor back to the first origin once the chain has left it', async () => {
    const start = requestFor('https://a.test/', { headers: [['X-Api-Key', 'canary']] });
    const { sent } = await walk(start, {
      'https://a.test/': to('https://b.test/'),
      'https://b.test/': to('https://a.test/admin'),
      'https://a.test/admin': OK,
    });
    expect(sent.map(({ headers }) => headers.length)).toEqual([1, 0, 0]);
  });

  test('connect-to stands for the first host, whatever the port, and for no other', async () => {
    const start = requestFor('http://a.test/', { connectTo: { host: '127.0.0.1', port: 81 } });
    const { sent } = await walk(start, {
      'http://a.test/': to('https://a.test/'),
      'https://a.test/': to('https://b.test/'),
      'https://b.test/': OK,
    });
    expect(sent.map(({ connectTo }) => connectTo)).toEqual([
      { host: '127.0.0.1', port: 81 },
      { host: '127.0.0.1', port: 443 },
      null,
    ]);
  });

  test('cookies of the chain join those that were configured and win by name', async () => {
    const start = requestFor('https://a.test/', { headers: [['Cookie', 'a=1; b=2']] });
    const { sent } = await walk(start, {
      'https://a.test/': to('/x', 302, ['set-cookie', 'b=3']),
      'https://a.test/x': OK,
    });
    expect(sent[1]?.headers).toEqual([['cookie', 'a=1; b=3']]);
  });
});
