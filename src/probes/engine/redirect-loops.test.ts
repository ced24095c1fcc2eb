import { describe, expect, test } from 'vitest';
import { chainText } from './redirect-chain.ts';
import { requestFor, to, walk, type Reply } from './redirect-test-site.ts';

const OK: Reply = { status: 200 };

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
