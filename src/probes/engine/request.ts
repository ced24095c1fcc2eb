import type { DigestCredentials } from './digest.ts';
import type { AddressClass } from './redirect-address-class.ts';

/** What to send, and within which bounds. Everything is resolved: no option is left to a default. */
export type HttpRequest = {
  /** Upper case. */
  readonly method: string;
  /** http or https, without userinfo and fragment. */
  readonly url: URL;
  /** In the order in which they are sent; `host`, `user-agent`, `accept-encoding` and `connection` are added if absent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | null;
  readonly tls: TlsRequest;
  /** Connect there whatever the URL says; Host and SNI stay the URL's. */
  readonly connectTo: { readonly host: string; readonly port: number } | null;
  /** Speaks HTTP/2 and nothing else: offered alone over TLS, with prior knowledge without. */
  readonly http2: boolean;
  /** `environment` honours HTTP_PROXY, HTTPS_PROXY and NO_PROXY; a URL forces that proxy. */
  readonly proxy: 'environment' | 'none' | URL;
  readonly family: 'any' | 4 | 6;
  /** `address:port` of a DNS server to ask instead of the system's; null for the system's and `/etc/hosts`. */
  readonly resolver: string | null;
  readonly limits: Limits;
  /**
   * Of a request that follows a redirect: the class of the address that the chain began at. A name that leads to an
   * address further inside is not connected to. Absent where nothing is followed, or everything may be.
   */
  readonly redirectedFrom?: AddressClass;
  /** Answers a digest challenge of the first origin with these; a request without them answers none. */
  readonly digest?: DigestCredentials;
};

export type TlsRequest = {
  /** False still reports what was ignored: `verified` and `cause` stay true facts. */
  readonly verify: boolean;
  /** PEM texts; null for the system's roots. */
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
  /** SNI and the name to verify; null for the URL's host. */
  readonly servername: string | null;
};

/** Every bound is a total, in bytes or in counts. */
export type Limits = {
  readonly headerBytes: number;
  readonly headerFields: number;
  readonly interimResponses: number;
  readonly wireBodyBytes: number;
  readonly decodedBodyBytes: number;
};

export const DEFAULT_LIMITS: Limits = {
  headerBytes: 64 * 1024,
  headerFields: 256,
  interimResponses: 8,
  wireBodyBytes: 10 * 1024 * 1024,
  decodedBodyBytes: 10 * 1024 * 1024,
};

export const DEFAULT_TLS: TlsRequest = { verify: true, ca: null, cert: null, key: null, servername: null };
