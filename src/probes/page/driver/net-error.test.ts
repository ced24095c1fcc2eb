import { expect, test } from 'vitest';
import { isAnswered, netErrorCode, netErrorIn, netErrorText } from './net-error.ts';

test.each([
  ['NAME_NOT_RESOLVED', 'dns-nxdomain'],
  ['CONNECTION_REFUSED', 'connect-refused'],
  ['CONNECTION_TIMED_OUT', 'connect-timeout'],
  ['CERT_DATE_INVALID', 'tls-expired'],
  ['CERT_COMMON_NAME_INVALID', 'tls-wrong-host'],
  ['CERT_AUTHORITY_INVALID', 'tls-untrusted'],
  ['CERT_REVOKED', 'tls-untrusted'],
  ['SSL_PROTOCOL_ERROR', 'tls-handshake'],
  ['TOO_MANY_REDIRECTS', 'redirect-loop'],
  ['HTTP2_PROTOCOL_ERROR', 'invalid-response'],
  ['INVALID_HTTP_RESPONSE', 'invalid-response'],
  ['CONTENT_DECODING_FAILED', 'decode-error'],
  ['TUNNEL_CONNECTION_FAILED', 'proxy-error'],
  ['UNSAFE_PORT', 'probe-crashed'],
  ['OUT_OF_MEMORY', 'probe-crashed'],
])('%s is %s', (error, code) => {
  expect(netErrorCode(error)).toBe(code);
});

test('an error is found in what Playwright says, and told in words', () => {
  const error = netErrorIn('page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:1/\nCall log:');
  expect(error).toBe('CONNECTION_REFUSED');
  expect(netErrorText('CONNECTION_REFUSED')).toBe('nobody listens there (ERR_CONNECTION_REFUSED)');
  expect(netErrorText('SOMETHING_NEW')).toBe('ERR_SOMETHING_NEW');
  expect(netErrorIn('Timeout 100ms exceeded')).toBeNull();
  expect(isAnswered('net::ERR_HTTP_RESPONSE_CODE_FAILURE at x')).toBe(true);
  expect(isAnswered('net::ERR_FAILED')).toBe(false);
});
