import { describe, expect, test } from 'vitest';
import { requestFor, to, walk, type Reply } from './redirect-test-site.ts';

const OK: Reply = { status: 200 };

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

describe('what was configured stays with its origin', () => {
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
});

describe('origins that the check trusts', () => {
  const trust = ['https://b.test', 'https://c.test:8443', 'http://plain.test'];
  const secrets = (headers: readonly (readonly [string, string])[]): number => headers.length;
  const walkFrom = async (start: string, way: readonly (readonly [from: string, to: string])[]) => {
    const pages = Object.fromEntries(way.map(([from, location]) => [from, to(location, 307)]));
    const last = way.at(-1)?.[1] ?? start;
    const { chain, sent } = await walk({ ...secretive, url: new URL(start) }, { ...pages, [last]: OK }, { trust });
    return {
      chain,
      carried: sent.map(({ headers, body, tls }) => [secrets(headers), body !== null, tls.key !== null]),
    };
  };
  const ALL = [3, true, true];
  const NOTHING = [0, false, false];

  test.each(['https://b.test/', 'https://b.test:443/x', 'https://c.test:8443/'])(
    'get all of it: %s',
    async (target) => {
      const { chain, carried } = await walkFrom('https://a.test/', [['https://a.test/', target]]);
      expect(carried).toEqual([ALL, ALL]);
      expect(chain.withheld).toEqual([]);
    },
  );

  test.each([
    'https://c.test/',
    'https://b.test:8443/',
    'https://www.b.test/',
    'https://b.test.evil.test/',
    'https://bxtest/',
  ])('are those alone: %s gets nothing', async (target) => {
    const { chain, carried } = await walkFrom('https://a.test/', [['https://a.test/', target]]);
    expect(carried).toEqual([ALL, NOTHING]);
    expect(chain.withheld).toContain('authorization');
  });

  test('get it by way of each other, and so does the first one again', async () => {
    const way = [
      ['https://a.test/', 'https://b.test/'],
      ['https://b.test/', 'https://c.test:8443/'],
      ['https://c.test:8443/', 'https://a.test/end'],
    ] as const;
    expect((await walkFrom('https://a.test/', way)).carried).toEqual([ALL, ALL, ALL, ALL]);
  });

  test('get nothing behind one that is not trusted', async () => {
    const way = [
      ['https://a.test/', 'https://evil.test/'],
      ['https://evil.test/', 'https://b.test/'],
    ] as const;
    expect((await walkFrom('https://a.test/', way)).carried).toEqual([ALL, NOTHING, NOTHING]);
  });

  test('get nothing over plain http when it was sent over https, listed or not', async () => {
    const pages = { 'https://a.test/': to('http://plain.test/'), 'http://plain.test/': OK };
    const start = requestFor('https://a.test/', { headers: [['Authorization', 'canary']] });
    const { sent, chain } = await walk(start, pages, { trust, allowDowngrade: true });
    expect(sent.map(({ headers }) => headers.length)).toEqual([1, 0]);
    expect(chain.withheld).toEqual(['authorization']);
  });

  test('nor does the first origin, over https by way of a trusted one', async () => {
    const pages = {
      'http://a.test/': to('https://b.test/'),
      'https://b.test/': to('http://a.test/end'),
      'http://a.test/end': OK,
    };
    const start = requestFor('http://a.test/', { headers: [['Authorization', 'canary']] });
    const { sent } = await walk(start, pages, { trust, allowDowngrade: true });
    expect(sent.map(({ headers }) => headers.length)).toEqual([1, 1, 0]);
  });

  test('a Host that was configured goes to none of them, and connect-to stands for none of them', async () => {
    const start = requestFor('https://a.test/', {
      headers: [
        ['Host', 'inner.test'],
        ['X-Kept', '1'],
      ],
      connectTo: { host: '127.0.0.1', port: 1 },
    });
    const { sent } = await walk(start, { 'https://a.test/': to('https://b.test/'), 'https://b.test/': OK }, { trust });
    expect(sent[1]).toMatchObject({ headers: [['X-Kept', '1']], connectTo: null });
  });
});
