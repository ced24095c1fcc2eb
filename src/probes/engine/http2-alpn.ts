import type { TLSSocket } from 'node:tls';
import { CouldNotLook } from '../probe.ts';

/** All that is offered when a request asks for HTTP/2: a server may not fall back to what was not asked for. */
export const HTTP2_ONLY = ['h2'];

/**
 * The handshake is where the two sides fail to agree, and no byte of a response exists: hence a reason of TLS and not
 * `invalid-response`.
 */
const refused = (how: string, cause?: unknown): CouldNotLook =>
  new CouldNotLook('tls-protocol', `the server does not offer HTTP/2 over TLS (ALPN): ${how}`, {}, { cause });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What a handshake for HTTP/2 alone failed with, in words of HTTP/2. */
export const http2Trouble = (error: unknown): unknown =>
  error instanceof CouldNotLook && codeOf(error.cause).endsWith('ALERT_NO_APPLICATION_PROTOCOL')
    ? refused('it refuses the handshake', error.cause)
    : error;

/** Refuses a session in which HTTP/2 was offered and not taken. */
export const requireHttp2 = ({ alpnProtocol }: TLSSocket): void => {
  if (alpnProtocol === 'h2') return;
  throw refused(typeof alpnProtocol === 'string' ? `it chose ${alpnProtocol}` : 'it agrees on no protocol');
};
