import type { ReasonCode } from '../../../model/reason-code.ts';

/** The errors of Chromium's network layer (net/base/net_error_list.h) that say more than their family does. */
const CODES: ReadonlyMap<string, ReasonCode> = new Map<string, ReasonCode>([
  ['NAME_NOT_RESOLVED', 'dns-nxdomain'],
  ['NAME_RESOLUTION_FAILED', 'dns-servfail'],
  ['DNS_TIMED_OUT', 'dns-timeout'],
  ['CONNECTION_REFUSED', 'connect-refused'],
  ['CONNECTION_TIMED_OUT', 'connect-timeout'],
  ['CONNECTION_RESET', 'connect-reset'],
  ['CONNECTION_ABORTED', 'connect-reset'],
  ['CONNECTION_FAILED', 'connect-unreachable'],
  ['ADDRESS_UNREACHABLE', 'connect-unreachable'],
  ['ADDRESS_INVALID', 'connect-unreachable'],
  ['INTERNET_DISCONNECTED', 'connect-unreachable'],
  ['NETWORK_ACCESS_DENIED', 'connect-unreachable'],
  ['CONNECTION_CLOSED', 'closed-early'],
  ['EMPTY_RESPONSE', 'closed-early'],
  ['CONTENT_LENGTH_MISMATCH', 'closed-early'],
  ['INCOMPLETE_CHUNKED_ENCODING', 'closed-early'],
  ['CERT_DATE_INVALID', 'tls-expired'],
  ['CERT_COMMON_NAME_INVALID', 'tls-wrong-host'],
  ['CERT_AUTHORITY_INVALID', 'tls-untrusted'],
  ['SSL_VERSION_OR_CIPHER_MISMATCH', 'tls-protocol'],
  ['SSL_OBSOLETE_VERSION', 'tls-protocol'],
  ['SSL_CLIENT_AUTH_CERT_NEEDED', 'tls-client-certificate'],
  ['BAD_SSL_CLIENT_AUTH_CERT', 'tls-client-certificate'],
  ['TOO_MANY_REDIRECTS', 'redirect-loop'],
  ['UNSAFE_REDIRECT', 'redirect-bad-scheme'],
  ['INVALID_REDIRECT', 'redirect-bad-location'],
  ['UNKNOWN_URL_SCHEME', 'redirect-bad-scheme'],
  ['DISALLOWED_URL_SCHEME', 'redirect-bad-scheme'],
  ['RESPONSE_HEADERS_TOO_BIG', 'header-limit'],
  ['TIMED_OUT', 'timeout'],
  ['INVALID_AUTH_CREDENTIALS', 'auth-required'],
  ['PROXY_CONNECTION_FAILED', 'proxy-error'],
  ['TUNNEL_CONNECTION_FAILED', 'proxy-error'],
  ['PROXY_AUTH_UNSUPPORTED', 'proxy-error'],
  ['MANDATORY_PROXY_CONFIGURATION_FAILED', 'proxy-error'],
]);

const FAMILIES: readonly (readonly [RegExp, ReasonCode])[] = [
  [/^(CERT_|CERTIFICATE_)/, 'tls-untrusted'],
  [/^SSL_/, 'tls-handshake'],
  [/^CONTENT_DECODING/, 'decode-error'],
  [/^(INVALID_|RESPONSE_HEADERS_|HTTP2_|INVALID_HTTP_|UNEXPECTED_)/, 'invalid-response'],
  [/^DNS_/, 'dns-servfail'],
  [/^(CONNECTION_|SOCKET_)/, 'connect-reset'],
];

/** What those errors mean, where their names do not say it. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['NAME_NOT_RESOLVED', 'the name does not resolve'],
  ['CONNECTION_REFUSED', 'nobody listens there'],
  ['CONNECTION_RESET', 'the connection was reset'],
  ['EMPTY_RESPONSE', 'the connection was closed without an answer'],
  ['CERT_DATE_INVALID', 'the certificate is expired, or not yet valid'],
  ['CERT_COMMON_NAME_INVALID', 'the certificate is for another host'],
  ['CERT_AUTHORITY_INVALID', 'the issuer of the certificate is not trusted, or an intermediate certificate is missing'],
  ['TOO_MANY_REDIRECTS', 'it redirects again and again'],
  ['UNSAFE_REDIRECT', 'it redirects to an address that is neither http nor https'],
  ['UNSAFE_PORT', 'no browser connects to this port'],
  ['TUNNEL_CONNECTION_FAILED', 'the proxy does not open a tunnel'],
  ['PROXY_CONNECTION_FAILED', 'the proxy cannot be reached'],
]);

/** The error of the network layer in a text, without `net::ERR_`; null when there is none. */
export const netErrorIn = (text: string): string | null => /net::ERR_([A-Z0-9_]+)/.exec(text)?.[1] ?? null;

/** Whether an error only says that the answer, which is there, has no page to show: a 500 without a body, a 401. */
export const isAnswered = (text: string): boolean => {
  const error = netErrorIn(text);
  return error === 'HTTP_RESPONSE_CODE_FAILURE' || error === 'INVALID_AUTH_CREDENTIALS';
};

/** The reason code of an error; one that is not the target's (`UNSAFE_PORT`, `OUT_OF_MEMORY`) is a crash of the look. */
export const netErrorCode = (error: string): ReasonCode =>
  CODES.get(error) ?? FAMILIES.find(([family]) => family.test(error))?.[1] ?? 'probe-crashed';

/** The error in words, with Chromium's own name for it. */
export const netErrorText = (error: string): string => {
  const meaning = MEANINGS.get(error);
  return meaning === undefined ? `ERR_${error}` : `${meaning} (ERR_${error})`;
};
