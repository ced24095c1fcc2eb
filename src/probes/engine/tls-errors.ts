import type { ReasonCode } from '../../model/reason-code.ts';

/** Why a handshake failed, in words; `certificateSeen` when the server had shown its certificate before. */
export type HandshakeFault = { readonly code: ReasonCode; readonly message: string };

const CLIENT_CERTIFICATE = 'tls-client-certificate';

const REFUSED_OURS = 'the server refuses our client certificate, or the lack of one';

const KNOWN: ReadonlyMap<string, HandshakeFault> = new Map([
  [
    'WRONG_VERSION_NUMBER',
    { code: 'tls-protocol', message: 'the server does not speak TLS on this port (plain HTTP, or something else)' },
  ],
  ['PACKET_LENGTH_TOO_LONG', { code: 'tls-protocol', message: 'the server does not speak TLS on this port' }],
  ['HTTP_REQUEST', { code: 'tls-protocol', message: 'the server speaks plain HTTP on this port' }],
  ['UNSUPPORTED_PROTOCOL', { code: 'tls-protocol', message: 'the server offers only versions older than TLS 1.2' }],
  ['VERSION_TOO_LOW', { code: 'tls-protocol', message: 'the server offers only versions older than TLS 1.2' }],
  ['ALERT_PROTOCOL_VERSION', { code: 'tls-protocol', message: 'the server accepts neither TLS 1.2 nor TLS 1.3' }],
  ['ALERT_HANDSHAKE_FAILURE', { code: 'tls-handshake', message: 'the server found no cipher in common with us' }],
  ['NO_CIPHERS_AVAILABLE', { code: 'tls-handshake', message: 'there is no cipher in common' }],
  ['ALERT_INSUFFICIENT_SECURITY', { code: 'tls-handshake', message: 'the server wants stronger ciphers than ours' }],
  ['ALERT_UNRECOGNIZED_NAME', { code: 'tls-handshake', message: 'the server knows no site of this name (SNI)' }],
  [
    'ALERT_NO_APPLICATION_PROTOCOL',
    { code: 'tls-handshake', message: 'the server does not offer HTTP/1.1 over TLS (ALPN)' },
  ],
  ['ALERT_CERTIFICATE_REQUIRED', { code: CLIENT_CERTIFICATE, message: 'the server asks for a client certificate' }],
  ['ALERT_BAD_CERTIFICATE', { code: CLIENT_CERTIFICATE, message: REFUSED_OURS }],
  ['ALERT_UNSUPPORTED_CERTIFICATE', { code: CLIENT_CERTIFICATE, message: REFUSED_OURS }],
  ['ALERT_CERTIFICATE_REVOKED', { code: CLIENT_CERTIFICATE, message: `${REFUSED_OURS}: it is revoked` }],
  ['ALERT_CERTIFICATE_EXPIRED', { code: CLIENT_CERTIFICATE, message: `${REFUSED_OURS}: it is expired` }],
  ['ALERT_CERTIFICATE_UNKNOWN', { code: CLIENT_CERTIFICATE, message: REFUSED_OURS }],
  ['ALERT_UNKNOWN_CA', { code: CLIENT_CERTIFICATE, message: `${REFUSED_OURS}: it does not know its issuer` }],
  ['ALERT_ACCESS_DENIED', { code: CLIENT_CERTIFICATE, message: `${REFUSED_OURS}: access denied` }],
  ['EXCESSIVE_MESSAGE_SIZE', { code: 'tls-handshake', message: 'the certificates of the server are over 100 KiB' }],
  ['DH_KEY_TOO_SMALL', { code: 'tls-handshake', message: 'the key exchange of the server is too weak' }],
  ['EE_KEY_TOO_SMALL', { code: 'tls-untrusted', message: 'the key of the certificate is too weak' }],
  ['CA_MD_TOO_WEAK', { code: 'tls-untrusted', message: 'a signature in the chain is too weak' }],
]);

/** `ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE` (newer: `SSL/TLS_`) -> `ALERT_HANDSHAKE_FAILURE`; null for no TLS code. */
const reasonOf = (code: string): string | null => {
  const [, reason] = /^ERR_SSL_(?:(?:SSLV3|SSL\/TLS|TLSV1|TLSV13)_(?=ALERT_|UNRECOGNIZED))?(.+)$/.exec(code) ?? [];
  return reason?.replace(/^UNRECOGNIZED_NAME$/, 'ALERT_UNRECOGNIZED_NAME') ?? null;
};

/** A TLS error of Node by its code; null when the trouble is not one of TLS. */
export const handshakeFault = (code: string, certificateSeen: boolean): HandshakeFault | null => {
  const reason = reasonOf(code);
  if (reason === null) return null;
  if (reason === 'ALERT_HANDSHAKE_FAILURE' && certificateSeen) {
    return {
      code: CLIENT_CERTIFICATE,
      message: 'the server ended the handshake after its certificate: it probably asks for a client certificate',
    };
  }
  const message = `the handshake failed: ${reason
    .replace(/^ALERT_/, '')
    .toLowerCase()
    .replaceAll('_', ' ')}`;
  return KNOWN.get(reason) ?? { code: 'tls-handshake', message };
};
