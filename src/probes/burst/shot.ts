import type { Connection, Head } from '../engine/answer.ts';
import { openExchange } from '../engine/exchange.ts';
import type { HttpRequest } from '../engine/request.ts';
import { localLimit } from '../local-limit.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';

/** One request of a burst, by its number in the order of sending, and what came of it. */
export type Answered = {
  readonly number: number;
  readonly status: number;
  readonly headers: Head['headers'];
  readonly connection: Connection;
  readonly latencyMs: number;
  /** Monotonic instant of the end of the answer, and the same by the clock on the wall. */
  readonly endedMs: number;
  readonly endedAt: Date;
};
export type Failed = { readonly number: number; readonly failure: CouldNotLook; readonly endedMs: number };
export type Shot = Answered | Failed;

export const isAnswered = (shot: Shot): shot is Answered => 'status' in shot;

/** So much of a body is read before the connection is closed: what is in it does not matter here. */
const ENOUGH_BODY = 64 * 1024;

const send = async (request: HttpRequest, number: number, context: ProbeContext): Promise<Answered> => {
  const opened = await openExchange(request, context);
  try {
    let bytes = 0;
    for await (const piece of opened.body) {
      bytes += piece.length;
      if (bytes >= ENOUGH_BODY) break;
    }
    const { status, headers } = opened.head;
    const latencyMs = opened.timings().total;
    const ended = { endedMs: context.monotonicMs(), endedAt: context.now() };
    return { number, status, headers, connection: opened.connection, latencyMs, ...ended };
  } finally {
    opened.close();
  }
};

/**
 * Sends one request on a connection of its own. That the target did not answer is a result as any other; that we were
 * stopped, or cannot look from here, is thrown.
 */
export const shoot = async (request: HttpRequest, number: number, context: ProbeContext): Promise<Shot> => {
  try {
    return await send(request, number, context);
  } catch (error) {
    const ofTheTarget = error instanceof CouldNotLook && localLimit(error) === null;
    if (context.signal.aborted || !ofTheTarget) throw error;
    return { number, failure: error, endedMs: context.monotonicMs() };
  }
};
