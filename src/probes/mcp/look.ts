import type { Facts } from '../../model/observation.ts';
import { openExchange } from '../engine/exchange.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { cut } from './bounds.ts';
import type { Connected, Library } from './client.ts';
import { converse, type Progress } from './converse.ts';
import { lastWord, untilAborted } from './deadline.ts';
import { failureOf } from './failure.ts';
import { openWire, type Wire } from './fetch.ts';
import { requestBase } from './request.ts';
import type { Spec } from './schema.ts';
import { Stopped, type Failure } from './stop.ts';
import { wireFacts } from './wire-facts.ts';

const STEPS = { connect: 'the MCP handshake', list: 'tools/list', call: 'tools/call' } as const;

/** How long the end of a session may take; a server that minds more has had its chance. */
const GOODBYE_MS = 500;

/** Connects, lists the tools and calls the one that the spec names, on connections and a client of its own. */
export const look: Look<Spec> = async (spec, context) => {
  const library = await import('@modelcontextprotocol/client');
  const wire = openWire(await requestBase(spec), context, openExchange);
  const inner = { ...context, signal: wire.signal };
  const progress: Progress = { step: 'connect', facts: {}, timings: {}, connected: null };
  try {
    await untilAborted(converse(library, wire, spec, inner, progress), wire.signal);
    return factsSoFar(progress, wire);
  } catch (error) {
    if (wire.signal.aborted) await lastWord();
    const failure = failureIn(error, library, progress, wire, context);
    return {
      ...factsSoFar(progress, wire),
      failure: failure.code,
      'failure-step': progress.step,
      'failure-message': cut(failure.message, 1000),
    };
  } finally {
    await leave(progress.connected, wire, context.signal);
  }
};

const factsSoFar = ({ connected, facts, timings }: Progress, wire: Wire): Facts => ({
  connected: connected !== null,
  ...wireFacts(wire.last()),
  ...facts,
  timings,
  duration: Object.values(timings).reduce((sum, ms) => sum + ms, 0),
});

/** What the server did wrong. Throws when there was no answer to speak of, and what is our own fault. */
const failureIn = (
  error: unknown,
  library: Library,
  progress: Progress,
  wire: Wire,
  context: ProbeContext,
): Failure => {
  const stopped = wire.stopped();
  const cause = stopped ?? error;
  const facts = factsSoFar(progress, wire);
  const doing = STEPS[progress.step];
  if (cause instanceof Stopped) return cause;
  if (cause instanceof CouldNotLook) {
    const named = progress.step !== 'connect' || cause.code === 'timeout';
    const message = named ? `${cause.message} (${doing})` : cause.message;
    throw new CouldNotLook(cause.code, message, { ...cause.facts, ...facts }, { cause });
  }
  if (context.signal.aborted) {
    throw new CouldNotLook('timeout', `${doing} did not end within ${context.timeoutMs} ms`, facts, { cause });
  }
  if (stopped !== null) throw stopped;
  return failureOf(error, progress.step, library);
};

const leave = async (connected: Connected | null, wire: Wire, signal: AbortSignal): Promise<void> => {
  if (connected !== null) {
    const brief = AbortSignal.any([signal, AbortSignal.timeout(GOODBYE_MS)]);
    await untilAborted(connected.end(), brief).catch(() => {});
    wire.close();
    await connected.client.close().catch(() => {});
  }
  wire.close();
};
