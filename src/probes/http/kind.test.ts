import { describe, expect, test } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { http } from './kind.ts';
import type { Spec } from './schema.ts';

const signs = (facts: Facts) => http.explain(facts, { url: 'https://a.test/' });

describe('problems that are known before looking', () => {
  test.each<[Spec, string]>([
    [{ url: 'a.test' }, 'url is not a URL: expected something like https://example.com/health'],
    [{ url: 'ftp://a.test/' }, 'url has the scheme "ftp": only http and https can be probed'],
    [{ url: 'https://a.test:0/' }, 'url has port 0: expected 1 to 65535'],
    [
      { url: 'https://a.test/', json: 1, form: {} },
      'form is a second body: a request has one of json, form, body and multipart',
    ],
    [{ url: 'https://a.test/', headers: { 'a b': 'x' } }, 'headers.a b is not a name that a header can have'],
    [
      { url: 'https://a.test/', headers: { a: 'x\r\nb: y' } },
      'headers.a has a line break or another control character, which a header cannot have',
    ],
    [{ url: 'https://a.test/', 'connect-to': 'a.test' }, 'connect-to is not host:port with a port from 1 to 65535'],
    [{ url: 'https://a.test/', resolver: '1.1.1.1:0' }, 'resolver is not host:port with a port from 1 to 65535'],
    [{ url: 'https://a.test/', tls: { cert: 'x' } }, 'tls.cert needs key beside it: a client certificate is both'],
    [{ url: 'https://a.test/', limits: { body: '0B' } }, 'limits.body is not a size of at least 1 byte'],
    ...[
      '*',
      'https://*.b.test',
      'https://b.test/',
      'https://u@b.test',
      'https://b.test?x',
      'b.test',
      'ftp://b.test',
    ].map((origin): [Spec, string] => [
      { url: 'https://a.test/', follow: { trust: ['https://c.test:8443', origin] } },
      'follow.trust.1 is not one origin: expected https://host or https://host:port',
    ]),
    [
      { url: 'https://a.test/', follow: { trust: ['http://b.test'] } },
      'follow.trust.0 is http: what a check sends over https never goes on to http',
    ],
  ])('%j', (spec, problem) => {
    expect(http.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([problem]);
  });

  test('plain http may be trusted by a check that speaks it itself', () => {
    expect(http.problems({ url: 'http://a.test/', follow: { trust: ['http://b.test', 'https://b.test'] } })).toEqual(
      [],
    );
  });

  test('userinfo in the URL is none', () => {
    expect(http.problems({ url: 'https://me:pw@a.test/' })).toEqual([]);
  });
});

describe('what reports may show', () => {
  const spec: Spec = {
    url: 'https://me:hush@a.test/x?token=hush',
    query: { api_key: 'hush', page: 1 },
    headers: { 'X-Api-Key': 'hush', Accept: 'text/plain' },
    json: { user: 'me', password: 'hush', nested: [{ secret: 'hush' }] },
    auth: { bearer: 'hush' },
    proxy: 'http://u:hush@proxy.test:3128/',
    follow: { max: 3 },
  };

  test('the target and the command to try hold no secret', () => {
    expect(http.target(spec)).toBe('https://***@a.test/x?token=***&api_key=***&page=1');
    expect(http.tryCommand(spec)).toEqual([
      ...['curl', '-sS', '-i', '-X', 'POST', '-H', 'X-Api-Key: ***', '-H', 'Accept: text/plain'],
      ...['-H', 'Authorization: ***', '-H', 'content-type: application/json'],
      ...['--data-raw', '{"user":"me","password":"***","nested":[{"secret":"***"}]}'],
      ...['-L', '--max-redirs', '3', '--proxy', 'http://***@proxy.test:3128/'],
      'https://***@a.test/x?token=***&api_key=***&page=1',
    ]);
  });

  test('host and layers follow from the URL', () => {
    expect(http.host(spec)).toBe('a.test:443');
    expect(http.layers(spec)).toEqual(['dns', 'tcp', 'tls', 'redirect', 'http', 'content']);
    expect(http.layers({ url: 'http://127.0.0.1:80/' })).toEqual(['tcp', 'http', 'content']);
    expect(http.host({ url: 'nonsense' })).toBeNull();
  });
});

describe('signs', () => {
  test.each<[number, Facts, string, string]>([
    [401, { 'www-authenticate': 'Bearer realm="x", Basic realm="y"' }, 'auth-required', 'Bearer, Basic'],
    [401, {}, 'auth-required', 'names no scheme'],
    [403, {}, 'auth-forbidden', '403'],
    [429, { 'retry-after': '30' }, 'rate-limited', 'Retry-After: 30'],
    [429, {}, 'rate-limited', 'no Retry-After'],
    [404, {}, 'http-4xx', 'the server answers 404'],
    [503, {}, 'http-5xx', 'the server answers 503'],
    [304, {}, 'http-status', 'the server answers 304'],
    [
      302,
      { location: 'https://a.test/login' },
      'redirect-unexpected',
      'to https://a.test/login, and redirects are not',
    ],
  ])('a status %i with %j is %s', (status, headers, code, message) => {
    const [sign] = signs({ status, headers });
    expect(sign).toMatchObject({ code, fact: 'status' });
    expect(sign?.message).toContain(message);
  });

  test('a body that is no JSON says why, and an HTML page says that it is one', () => {
    expect(signs({ headers: { 'content-type': 'application/json' }, body: '{"a":1,"a":2}' })).toEqual([
      { code: 'not-json', fact: 'json', message: 'the body is not JSON: the name "a" occurs twice in one object' },
    ]);
    expect(signs({ body: '<!DOCTYPE html><p>' })).toMatchObject([{ code: 'wrong-content-type', fact: 'json' }]);
    expect(signs({ body: '{"a":1}', json: { a: 1 } })).toEqual([]);
    expect(signs({ 'body-problem': 'bad byte' })).toEqual([
      { code: 'invalid-utf8', fact: 'body', message: 'bad byte' },
    ]);
  });

  test('an unverified certificate and bytes after the end are told', () => {
    expect(signs({ tls: { verified: false, code: 'tls-expired', cause: 'it expired' }, 'extra-bytes': 3 })).toEqual([
      { code: 'tls-expired', fact: 'tls.verified', message: 'it expired' },
      {
        code: 'invalid-response',
        fact: 'extra-bytes',
        message: '3 unexpected bytes came after the response had ended',
      },
    ]);
  });
});
