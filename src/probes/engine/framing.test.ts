import { describe, expect, it } from 'vitest';
import { CouldNotLook } from '../probe.ts';
import type { Head } from './answer.ts';
import { bodyFraming } from './framing.ts';
import { DEFAULT_LIMITS } from './request.ts';

type Headers = Head['headers'];

const head = (headers: Headers, status = 200, httpVersion = '1.1'): Head => ({
  status,
  statusText: '',
  httpVersion,
  headers,
});

const lengths = (...values: readonly string[]): Headers => values.map((value) => ['content-length', value]);
const codings = (...values: readonly string[]): Headers => values.map((value) => ['transfer-encoding', value]);

const refusal = (given: Head, method = 'GET'): string => {
  try {
    return JSON.stringify(bodyFraming(method, given, DEFAULT_LIMITS));
  } catch (error) {
    if (error instanceof CouldNotLook) return `${error.code}: ${error.message.replace('invalid response: ', '')}`;
    throw error;
  }
};

describe('the end of a body', () => {
  it.each<[string, Head, string, ReturnType<typeof bodyFraming>]>([
    ['is told by its length', head(lengths('17')), 'GET', { kind: 'length', length: 17 }],
    ['by the same length twice', head(lengths('17', '17')), 'GET', { kind: 'length', length: 17 }],
    ['by the same length twice in one header', head(lengths('17, 17')), 'GET', { kind: 'length', length: 17 }],
    ['by the last chunk', head(codings('Chunked')), 'GET', { kind: 'chunked' }],
    ['by the end of the connection', head([]), 'GET', { kind: 'until-close' }],
    ['is there at once for HEAD', head(lengths('17')), 'HEAD', { kind: 'none', because: 'the answer to HEAD' }],
    ['and for 204', head([], 204), 'GET', { kind: 'none', because: 'a 204 response' }],
    ['and for 204 with a length of 0', head(lengths('0'), 204), 'GET', { kind: 'none', because: 'a 204 response' }],
    ['and for 304 with a length', head(lengths('17'), 304), 'GET', { kind: 'none', because: 'a 304 response' }],
  ])('%s', (_, given, method, framing) => {
    expect(bodyFraming(method, given, DEFAULT_LIMITS)).toEqual(framing);
  });

  it.each([
    [head(lengths('5', '4')), 'invalid-response: two different Content-Lengths: `5` and `4`'],
    [head(lengths('5, 4')), 'invalid-response: two different Content-Lengths: `5` and `4`'],
    [head(lengths('05', '6')), 'invalid-response: two different Content-Lengths: `05` and `6`'],
    [head(lengths('')), 'invalid-response: Content-Length `` is not a number'],
    [head(lengths('0x11')), 'invalid-response: Content-Length `0x11` is not a number'],
    [head(lengths('+5')), 'invalid-response: Content-Length `+5` is not a number'],
    [head(lengths('5 5')), 'invalid-response: Content-Length `5 5` is not a number'],
    [head(lengths('5,')), 'invalid-response: Content-Length `` is not a number'],
    [head(lengths('\u0665')), 'invalid-response: Content-Length `\u0665` is not a number'],
    [head(lengths('10485761')), 'body-limit: the body is over 10 MiB: Content-Length is 10485761'],
    [head(lengths('9'.repeat(99))), `body-limit: the body is over 10 MiB: Content-Length is ${'9'.repeat(40)}\u2026`],
    [head([...lengths('5'), ...codings('chunked')]), 'invalid-response: both Content-Length and Transfer-Encoding'],
    [head(codings('chunked, chunked')), 'invalid-response: Transfer-Encoding `chunked, chunked` was not asked for'],
    [
      head(codings('chunked', 'identity')),
      'invalid-response: chunked is not the last Transfer-Encoding: `chunked, identity`',
    ],
    [head(codings('gzip', 'chunked')), 'invalid-response: Transfer-Encoding `gzip, chunked` was not asked for'],
    [head(codings('')), 'invalid-response: Transfer-Encoding `` was not asked for'],
    [head(codings('chunked'), 200, '1.0'), 'invalid-response: Transfer-Encoding in an HTTP/1.0 response'],
    [head(codings('chunked'), 204), 'invalid-response: a 204 response announces a body (chunked)'],
    [head(lengths('5'), 204), 'invalid-response: a 204 response announces a body (Content-Length 5)'],
  ])('is refused when two readers could see two: %j', (given, sentence) => {
    expect(refusal(given)).toBe(sentence);
  });
});
