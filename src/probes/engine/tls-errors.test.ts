import { expect, it } from 'vitest';
import { handshakeFault } from './tls-errors.ts';

it.each([
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-protocol'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'tls-protocol'],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls-protocol'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-protocol'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-handshake'],
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'tls-handshake'],
  ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'tls-handshake'],
  ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'tls-handshake'],
  ['ERR_SSL_EXCESSIVE_MESSAGE_SIZE', 'tls-handshake'],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-client-certificate'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'tls-client-certificate'],
  ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'tls-client-certificate'],
  ['ERR_SSL_SOMETHING_NEW', 'tls-handshake'],
])('%s is %s, in words', (code, reason) => {
  const fault = handshakeFault(code, false);
  expect(fault?.code).toBe(reason);
  expect(fault?.message).toMatch(/^(the server|the certificates|the handshake) [a-z]/);
  expect(fault?.message).not.toMatch(/_|ERR|SSL/);
});

it('tells a server that wants a client certificate from one with other ciphers', () => {
  const code = 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE';
  expect(handshakeFault(code, true)?.code).toBe('tls-client-certificate');
  expect(handshakeFault(code, false)?.message).toBe('the server found no cipher in common with us');
});

it.each(['ECONNRESET', 'ERR_TLS_CERT_ALTNAME_INVALID', ''])('leaves %j to others', (code) => {
  expect(handshakeFault(code, true)).toBeNull();
});
