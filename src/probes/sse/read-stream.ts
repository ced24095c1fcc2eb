import type { ReasonCode } from '../../model/reason-code.ts';
import type { OpenExchange } from '../engine/exchange.ts';
import { takeTurn } from '../engine/turn.ts';
import { CouldNotLook } from '../probe.ts';

/** How a stream stood when we stopped looking, and when that was. `why` says how the server ended it. */
export type StreamEnd =
  | { readonly state: 'open'; readonly at: number }
  | { readonly state: 'closed'; readonly at: number; readonly why: string };

export type StreamWatch = {
  readonly signal: AbortSignal;
  /** Monotonic instant at which the look ends. */
  readonly until: number;
  readonly monotonicMs: () => number;
  readonly push: (bytes: Uint8Array, at: number) => void;
};

/** So much is read in one go: a burst, or a few bytes that inflate to many, may not hold up the looks at others. */
const TURN_BYTES = 64 * 1024;

/** The server or the network ended the stream: that is what a look is for. Everything else is a fault of what came. */
const DISCONNECTS: ReadonlySet<ReasonCode> = new Set([
  'closed-early',
  'connect-reset',
  'connect-unreachable',
  'timeout',
]);

const isDisconnect = (error: unknown): error is CouldNotLook =>
  error instanceof CouldNotLook && DISCONNECTS.has(error.code);

/**
 * Reads the body of an open exchange until an instant, or until the server ends it, and closes the exchange. Throws
 * `CouldNotLook` for what cannot be read, and whatever the signal brings.
 */
export const readStream = async (exchange: OpenExchange, watch: StreamWatch): Promise<StreamEnd> => {
  const { until, signal, monotonicMs, push } = watch;
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    exchange.close();
  };
  const timer = setTimeout(stop, Math.max(0, until - monotonicMs()));
  const open: StreamEnd = { state: 'open', at: until };
  const closed = (at: number, why: string): StreamEnd => (at >= until ? open : { state: 'closed', at, why });
  const arrivedAt = (): number => exchange.arrivedAt() ?? monotonicMs();
  let inTurn = 0;
  try {
    for await (const piece of exchange.body) {
      const at = arrivedAt();
      if (at >= until) return open;
      push(piece, at);
      inTurn += piece.length;
      if (inTurn < TURN_BYTES) continue;
      inTurn = 0;
      await takeTurn('read');
      signal.throwIfAborted();
      if (isOver) return open;
    }
    return closed(arrivedAt(), 'the server ended the stream');
  } catch (error) {
    // What had come before the end of our time has been read by now, and the rest is our own closing.
    if (isOver && (!(error instanceof CouldNotLook) || isDisconnect(error))) return open;
    if (isDisconnect(error)) return closed(monotonicMs(), `the stream broke off (${error.message})`);
    throw error;
  } finally {
    clearTimeout(timer);
    exchange.close();
  }
};
