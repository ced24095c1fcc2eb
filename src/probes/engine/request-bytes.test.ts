import { expect, it } from 'vitest';
import { getRequest } from '../../../tests/stack/requests.ts';
import { requestBytes } from './request-bytes.ts';
import type { HttpRequest } from './request.ts';

const agent = { name: 'gonogo', version: '1.0' };
const direct = { form: 'origin', proxyAuthorization: null } as const;

const written = (
  changes: Partial<HttpRequest>,
  travel: Parameters<typeof requestBytes>[2] = direct,
): readonly string[] =>
  Buffer.from(requestBytes(getRequest('http://a.test:81/p?q#f', changes), agent, travel))
    .toString('latin1')
    .split('\r\n');

it('adds what is absent, after what the check says', () => {
  expect(
    written({
      headers: [
        ['X-A', '1'],
        ['user-agent', 'me'],
      ],
    }),
  ).toEqual([
    'GET /p?q HTTP/1.1',
    'Host: a.test:81',
    'X-A: 1',
    'user-agent: me',
    'Accept-Encoding: gzip, deflate, br, zstd',
    'Connection: close',
    '',
    '',
  ]);
});

it('keeps the Host that the check gives', () => {
  expect(written({ headers: [['host', 'other.test']] }).filter((line) => /^host:/i.test(line))).toEqual([
    'host: other.test',
  ]);
});

it('says itself how long the body is, also when a POST has none', () => {
  const lying = {
    headers: [
      ['Content-Length', '99'],
      ['Transfer-Encoding', 'chunked'],
    ],
  } as const;
  const lines = written({ ...lying, method: 'POST', body: Buffer.from('abc') });
  expect(lines.filter((line) => /^(content-length|transfer)/i.test(line))).toEqual(['Content-Length: 3']);
  expect(lines.at(-1)).toBe('abc');
  expect(written({ method: 'POST' })).toContain('Content-Length: 0');
});

it('tells a proxy where to go and who asks, and an origin neither', () => {
  const secret = { headers: [['Proxy-Authorization', 'Basic x']] } as const;
  const lines = written(secret, { form: 'absolute', proxyAuthorization: 'Basic y' });
  expect(lines[0]).toBe('GET http://a.test:81/p?q HTTP/1.1');
  expect(lines).toContain('Proxy-Authorization: Basic y');
  expect(written(secret).join()).not.toContain('Proxy');
});

it.each([
  [{ headers: [['X-A', 'secret\r\nX-B: 2']] }],
  [{ headers: [['X-A', 'secret\0']] }],
  [{ headers: [['X-A', 'secret…']] }],
  [{ headers: [['X A', 'secret']] }],
  [{ method: 'GET / HTTP/1.1\r\nsecret' }],
] as const)('sends nothing for %j, and does not repeat it', (changes) => {
  expect(() => written(changes)).toThrow(/^the request cannot be sent: (?!.*secret)/);
});
