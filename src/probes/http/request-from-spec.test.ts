import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../engine/request.ts';
import { redirectPolicy, toRequest } from './request-from-spec.ts';

const text = (body: Uint8Array | null): string | null => (body === null ? null : new TextDecoder().decode(body));

test('a URL alone is a GET with nothing added', () => {
  const request = toRequest({ url: 'https://a.test/x?q=1#part' });
  expect({ ...request, url: request.url.href }).toEqual({
    method: 'GET',
    url: 'https://a.test/x?q=1',
    headers: [],
    body: null,
    tls: { verify: true, ca: null, cert: null, key: null, servername: null },
    connectTo: null,
    proxy: 'environment',
    family: 'any',
    resolver: null,
    http2: false,
    limits: DEFAULT_LIMITS,
  });
});

test('json is sent as JSON by POST, unless the check says otherwise', () => {
  const request = toRequest({ url: 'https://a.test/', json: { a: [1, null] } });
  expect([request.method, request.headers, text(request.body)]).toEqual([
    'POST',
    [['content-type', 'application/json']],
    '{"a":[1,null]}',
  ]);
  const other = toRequest({
    url: 'https://a.test/',
    method: 'put',
    json: null,
    headers: { 'Content-Type': 'application/problem+json' },
  });
  expect([other.method, other.headers, text(other.body)]).toEqual([
    'PUT',
    [['Content-Type', 'application/problem+json']],
    'null',
  ]);
});

test('form and body are sent as they say', () => {
  expect(text(toRequest({ url: 'https://a.test/', form: { a: 'x y', b: true } }).body)).toBe('a=x+y&b=true');
  const raw = toRequest({ url: 'https://a.test/', body: 'é' });
  expect([raw.headers, raw.body?.length]).toEqual([[], 2]);
});

test('query is appended to the query of the URL, which stays verbatim', () => {
  const { url } = toRequest({ url: 'https://a.test/?q=%2f', query: { page: 2, tag: ['a b', 'c'] } });
  expect(url.search).toBe('?q=%2f&page=2&tag=a+b&tag=c');
});

test.each([
  [{ url: 'https://a.test/', auth: { bearer: 't' } }, 'Bearer t'],
  [{ url: 'https://a.test/', auth: { basic: { username: 'me', password: 'pä' } } }, 'Basic bWU6cMOk'],
  [{ url: 'https://me:p%40@a.test/' }, 'Basic bWU6cEA='],
])('credentials become one Authorization header: %j', (spec, value) => {
  const request = toRequest(spec);
  expect(request.headers).toEqual([['authorization', value]]);
  expect(request.url.href).toBe('https://a.test/');
});

test('an Authorization header that is written wins over userinfo', () => {
  const request = toRequest({ url: 'https://me:pw@a.test/', headers: { AUTHORIZATION: 'X' } });
  expect(request.headers).toEqual([['AUTHORIZATION', 'X']]);
});

test('limits take units and bound the body both before and after decoding', () => {
  const { limits } = toRequest({ url: 'https://a.test/', limits: { headers: 1000, body: '1.5KiB' } });
  expect(limits).toEqual({ ...DEFAULT_LIMITS, headerBytes: 1000, wireBodyBytes: 1536, decodedBodyBytes: 1536 });
});

test('connect-to, proxy, family and resolver are taken over', () => {
  const request = toRequest({
    url: 'https://a.test/',
    'connect-to': '[::1]:8443',
    proxy: 'http://proxy.test:3128',
    family: 6,
    resolver: '9.9.9.9:53',
  });
  expect(request).toMatchObject({ connectTo: { host: '::1', port: 8443 }, family: 6, resolver: '9.9.9.9:53' });
  expect(String(request.proxy)).toBe('http://proxy.test:3128/');
  expect(toRequest({ url: 'https://a.test/', proxy: false }).proxy).toBe('none');
});

test('redirects are not followed by default, and downgrades and private addresses never unless allowed', () => {
  const careful = { max: 10, allowDowngrade: false, allowPrivate: false, trust: [] };
  expect(redirectPolicy({ url: 'https://a.test/' })).toEqual({ follow: false, ...careful });
  expect(redirectPolicy({ url: 'https://a.test/', follow: true })).toEqual({ follow: true, ...careful });
  expect(redirectPolicy({ url: 'https://a.test/', follow: { max: 3, 'allow-downgrade': true } })).toEqual({
    follow: true,
    max: 3,
    allowDowngrade: true,
    allowPrivate: false,
    trust: [],
  });
  expect(redirectPolicy({ url: 'https://a.test/', follow: { trust: ['https://B.test:443'] } }).trust).toEqual([
    'https://b.test',
  ]);
});
