/** The head of a response, as it came. */
export type Head = {
  readonly status: number;
  readonly statusText: string;
  /** `1.0`, `1.1` or `2`. */
  readonly httpVersion: string;
  /** In order of arrival; names in lower case, values as sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
};

/** How the bytes travelled: what a look knows of the connection even when it fails later. */
export type Connection = {
  /** Addresses that DNS gave, in its order. */
  readonly resolved: readonly string[];
  /** Canonical names on the way, in order. */
  readonly cnames: readonly string[];
  /** Every address that was tried, with how it went. */
  readonly tried: readonly { readonly address: string; readonly family: 4 | 6; readonly error: string | null }[];
  /** The peer that answered; null when none did. */
  readonly address: string | null;
  readonly port: number | null;
  /** `http://proxy:3128` without credentials; null for a direct connection. */
  readonly viaProxy: string | null;
  readonly tls: TlsFacts | null;
};

/** A server's certificate and the session, present although verification failed. */
export type TlsFacts = {
  readonly protocol: string;
  readonly cipher: string;
  readonly verified: boolean;
  /** One sentence when not verified: `the certificate expired 3 days ago (2026-11-18)`. */
  readonly cause: string | null;
  readonly code: TlsCode | null;
  readonly subject: string;
  readonly issuer: string;
  readonly sans: readonly string[];
  readonly validFrom: string;
  readonly validTo: string;
  /** Whole days until the earliest expiry in the presented chain; negative when past. */
  readonly daysLeft: number;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
  /** Subjects of the presented chain, leaf first. */
  readonly chain: readonly string[];
};

export type TlsCode =
  | 'tls-expired'
  | 'tls-not-yet-valid'
  | 'tls-wrong-host'
  | 'tls-self-signed'
  | 'tls-untrusted'
  | 'tls-incomplete-chain'
  | 'tls-handshake';

/** Milliseconds per phase. A phase that was not reached is absent, never 0; `other` makes them add up to `total`. */
export type Timings = {
  readonly dns?: number;
  readonly connect?: number;
  readonly tls?: number;
  readonly request?: number;
  readonly wait?: number;
  readonly transfer?: number;
  readonly other?: number;
  readonly total: number;
};

/** A whole response: the body is decoded and inside its limits, or there is no answer at all. */
export type Answer = Head & {
  readonly connection: Connection;
  readonly body: Uint8Array;
  readonly wireBytes: number;
  /** Bytes that came after the response had ended: a fault of the server. */
  readonly extraBytes: number;
  readonly timings: Timings;
};
