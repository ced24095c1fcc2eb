import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { CouldNotLook } from '../probe.ts';
import type { TlsFacts } from './answer.ts';
import type { TlsRequest } from './request.ts';
import { handshakeFault } from './tls-errors.ts';
import { tlsFactsOf } from './tls-facts.ts';
import type { Presented } from './tls-judge.ts';

export type Secured = {
  readonly socket: TLSSocket;
  readonly facts: TlsFacts | null;
  /** The certificates that the server presented, in its order, the leaf first. */
  readonly chain: readonly X509Certificate[];
};

export type SecureOptions = {
  readonly tls: TlsRequest;
  /** The URL's host, without brackets. */
  readonly host: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Parameters that are not those of HTTP/1.1 over TLS 1.2 or newer. */
  readonly session?: Pick<ConnectionOptions, 'ALPNProtocols' | 'minVersion' | 'ciphers'>;
};

const MOST_CERTIFICATES = 20;

/** Node hands the chain out once: a second call finds no certificate. */
const chainOf = (socket: TLSSocket): readonly X509Certificate[] => {
  const chain: X509Certificate[] = [];
  let certificate = socket.getPeerX509Certificate();
  while (certificate !== undefined && chain.length < MOST_CERTIFICATES) {
    chain.push(certificate);
    certificate = certificate.issuerCertificate;
  }
  return chain;
};

const verificationError = (socket: TLSSocket): string | null => {
  if (socket.authorized) return null;
  const { authorizationError: error } = socket;
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : 'UNSPECIFIED';
  return typeof error === 'string' ? error : 'UNSPECIFIED';
};

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** A TLS error as a reason; null when the error is another's, a reset for example. */
export const tlsTrouble = (error: Error, certificateSeen: boolean): CouldNotLook | null => {
  const fault = handshakeFault(codeOf(error), certificateSeen);
  return fault === null ? null : new CouldNotLook(fault.code, fault.message, {}, { cause: error });
};

const handshakeTrouble = (error: Error, certificateSeen: boolean): Error => {
  const known = tlsTrouble(error, certificateSeen);
  if (known !== null) return known;
  const reset = 'syscall' in error;
  if (codeOf(error) !== 'ECONNRESET' || reset) return error;
  return new CouldNotLook('tls-handshake', 'the server closed the connection during the handshake');
};

const optionsFor = (
  socket: Duplex,
  name: string,
  tls: TlsRequest,
  session: SecureOptions['session'],
): ConnectionOptions => ({
  socket,
  rejectUnauthorized: false,
  checkServerIdentity: () => undefined,
  ALPNProtocols: ['http/1.1'],
  minVersion: 'TLSv1.2',
  ...session,
  ...(isIP(name) === 0 ? { servername: name } : {}),
  ...(tls.ca === null ? {} : { ca: tls.ca }),
  ...(tls.cert === null ? {} : { cert: tls.cert }),
  ...(tls.key === null ? {} : { key: tls.key }),
});

const start = (options: ConnectionOptions): TLSSocket => {
  try {
    return connect(options);
  } catch (error) {
    const message = 'the CA, client certificate or key of the check cannot be used';
    throw new CouldNotLook('tls-client-certificate', message, {}, { cause: error });
  }
};

/**
 * The name that SNI carries and that the certificate must be for: without a last dot, which no certificate has.
 */
export const tlsName = (tls: TlsRequest, host: string): string => (tls.servername ?? host).replace(/\.$/, '');

const securedFrom = (socket: TLSSocket, name: string, tls: TlsRequest, now: Date): Secured => {
  const chain = chainOf(socket);
  const presented: Presented = { chain, error: verificationError(socket), host: name, ownRoots: tls.ca !== null };
  const session = { protocol: socket.getProtocol() ?? 'unknown', cipher: socket.getCipher().standardName };
  return { socket, chain, facts: tlsFactsOf(session, presented, now) };
};

/** How a promise is to end, by what `make` comes to now: what it throws must not escape from an event. */
const settlement = <T>(make: () => T, resolve: (value: T) => void, reject: (error: unknown) => void): (() => void) => {
  try {
    const value = make();
    return () => resolve(value);
  } catch (error) {
    return () => reject(error);
  }
};

/**
 * Makes TLS over a connected socket. A certificate that does not hold is a fact, not an error: whoever calls decides
 * by `facts.verified` whether anything is sent. Throws `CouldNotLook` when there is no session, or the socket's error.
 */
export const secure = (socket: Duplex, { tls, host, signal, now, session }: SecureOptions): Promise<Secured> => {
  const name = tlsName(tls, host);
  const secured = start(optionsFor(socket, name, tls, session));
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      secured.destroy();
      reject(signal.reason);
    };
    const onError = (error: Error): void => {
      signal.removeEventListener('abort', abort);
      reject(handshakeTrouble(error, secured.getPeerX509Certificate() !== undefined));
    };
    signal.addEventListener('abort', abort, { once: true });
    secured.once('error', onError);
    secured.once('secureConnect', () => {
      const settle = settlement(() => securedFrom(secured, name, tls, now()), resolve, reject);
      // Node crashes when a socket is destroyed while the callback of its handshake is on the stack: the caller, who
      // may well want to close it, hears of it a turn later.
      setImmediate(() => {
        signal.removeEventListener('abort', abort);
        secured.off('error', onError);
        settle();
      });
    });
  });
};
