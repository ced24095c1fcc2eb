import { describe, expect, test } from 'vitest';
import { requestFor, to, walk, type Reply } from './redirect-test-site.ts';

const OK: Reply = { status: 200 };

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
