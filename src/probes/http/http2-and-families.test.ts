import { createServer } from 'node:http2';
import { describe, expect, test } from 'vitest';
import { listen } from '../../../tests/stack/listen.ts';
import type { Facts } from '../../model/observation.ts';
import { testContext } from '../test-context.ts';
import { curlCommand } from './curl.ts';
import { http } from './kind.ts';
import { look } from './look.ts';
import { toRequest } from './request-from-spec.ts';
import type { Spec } from './schema.ts';

const url = 'https://a.test/';
const problems = (spec: Spec) => http.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`);

describe('http2', () => {
  test('is off unless the spec says so', () => {
    expect([toRequest({ url }).http2, toRequest({ url, http2: true }).http2]).toEqual([false, true]);
  });

  test('is told as the version of the answer', async () => {
    const server = createServer((_request, response) => response.end('ok'));
    const port = await listen(server);
    const facts = await look({ url: `http://127.0.0.1:${port}/`, http2: true }, testContext());
    server.close();
    expect(facts).toMatchObject({ status: 200, 'http-version': '2', 'status-text': '', body: 'ok', 'extra-bytes': 0 });
  });

  test('is shown to curl as it is spoken', () => {
    expect(curlCommand({ url, http2: true })).toContain('--http2');
    expect(curlCommand({ url: 'http://a.test/', http2: true })).toContain('--http2-prior-knowledge');
    expect(curlCommand({ url, http2: false }).join(' ')).not.toContain('http2');
  });

  test('takes no header that only a connection of HTTP/1 has', () => {
    const headers = { Connection: 'close', 'Transfer-Encoding': 'chunked', 'X-Own': 'v' };
    expect(problems({ url, headers, http2: true })).toEqual([
      'headers.Connection does not exist in HTTP/2, which http2 asks for',
      'headers.Transfer-Encoding does not exist in HTTP/2, which http2 asks for',
    ]);
    expect(problems({ url, headers })).toEqual([]);
  });
});

describe('families', () => {
  const signs = (facts: Facts) =>
    http.explain({ status: 200, ...facts }, { url, family: 'each' }).filter(({ fact }) => fact !== 'status');

  test('agreement is asked for where each one was', () => {
    const facts = (spec: Spec) => http.defaults(spec).map(({ fact, level }) => `${level} ${fact}`);
    expect(facts({ url })).not.toContain('expect families-agree');
    expect(facts({ url, family: 'each' }).at(-1)).toBe('expect families-agree');
  });

  test('cannot each be asked through a proxy', () => {
    expect(problems({ url, family: 'each', proxy: 'http://proxy.test:3128' })).toEqual([
      'family cannot be each through a proxy, which chooses the family itself',
    ]);
    expect(problems({ url, family: 'each', proxy: false })).toEqual([]);
  });

  test.each([
    ['status', 200, 503, 'http-5xx', '200', '503'],
    [
      'final-url',
      'https://a.test/',
      'https://b.test/',
      'redirect-unexpected-target',
      'https://a.test/',
      'https://b.test/',
    ],
    ['health', { status: 'pass' }, { status: 'fail' }, 'health-fail', '{"status":"pass"}', '{"status":"fail"}'],
    ['title', 'Shop', undefined, 'wrong-site', 'Shop', 'nothing'],
  ])('that differ in %s are told with both', (name, four, six, code, shownFour, shownSix) => {
    const families = {
      4: { [name]: four, address: '192.0.2.1' },
      6: { ...(six === undefined ? {} : { [name]: six }), address: '2001:db8::1' },
    };
    expect(signs({ families, 'families-agree': false })).toEqual([
      {
        code,
        fact: 'families-agree',
        message: `the families differ in ${name}: IPv4 (192.0.2.1) has ${shownFour}, IPv6 (2001:db8::1) has ${shownSix}`,
      },
    ]);
    expect(signs({ families, 'families-agree': true })).toEqual([]);
  });
});
