import type { Answer, Connection, Head, Timings } from './answer.ts';
import type { EngineContext } from './context.ts';
import type { HttpRequest } from './request.ts';

/** A response whose head has come and whose body has not been read. Whoever opens one closes it. */
export type OpenExchange = {
  readonly head: Head;
  readonly connection: Connection;
  /** Decoded and bounded; iterating throws `CouldNotLook`. Read it once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** As of now. */
  readonly timings: () => Timings;
  /** Body bytes received so far, without chunk framing and before decoding. */
  readonly wireBytes: () => number;
  /** Bytes received so far after the response had ended. */
  readonly extraBytes: () => number;
  /** Ends the connection; may be called again. */
  readonly close: () => void;
};

/** Sends one request on a connection of its own and waits for the head of the response. Throws `CouldNotLook`. */
export const openExchange = (_request: HttpRequest, _context: EngineContext): Promise<OpenExchange> =>
  Promise.reject(new Error('being written'));

/** One request and its whole answer, decoded and within limits. Throws `CouldNotLook`. */
export const exchange = (_request: HttpRequest, _context: EngineContext): Promise<Answer> =>
  Promise.reject(new Error('being written'));
