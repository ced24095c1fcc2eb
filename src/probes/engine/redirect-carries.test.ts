import { describe, expect, test } from 'vitest';
import { requestFor, to, walk, type Reply } from './redirect-test-site.ts';

const OK: Reply = { status: 200 };

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
