import { CouldNotLook } from '../probe.ts';
import type { Head } from './answer.ts';
import type { Incoming } from './incoming.ts';
import { invalidResponse } from './parse-head.ts';
import { readHead } from './read-head.ts';
import type { HttpRequest, Limits } from './request.ts';
import { givenHeader } from './request-bytes.ts';
import type { PhaseClock } from './timings.ts';
import type { Trace } from './trace.ts';

/** Waits for the final head; what follows it stays in `incoming`. Enters `transfer` with the first byte. */
export const awaitHead = async (incoming: Incoming, limits: Limits, clock: PhaseClock, trace: Trace): Promise<Head> => {
  const reader = readHead(limits);
  trace.progress = reader.progress;
  for (;;) {
    const bytes = await incoming.next();
    if (bytes === null) throw new CouldNotLook('closed-early', `closed early: got ${reader.progress()}`);
    if (clock.phase() !== 'transfer') clock.enter('transfer', incoming.arrivedAt() ?? undefined);
    const done = reader.push(bytes);
    if (done === null) continue;
    incoming.unread(done.rest);
    trace.status = done.head.status;
    return done.head;
  }
};

/** A status that is the answer to a question which the request did not ask. */
export const refuseUnasked = (request: Pick<HttpRequest, 'headers'>, { status }: Pick<Head, 'status'>): void => {
  if (status === 206 && givenHeader(request, 'range') === null) {
    throw invalidResponse('206 Partial Content, and no range was asked for');
  }
  const conditional = ['if-none-match', 'if-modified-since'].some((name) => givenHeader(request, name) !== null);
  if (status === 304 && !conditional) throw invalidResponse('304 Not Modified, and the request was not conditional');
};
