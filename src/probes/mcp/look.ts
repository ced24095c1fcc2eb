import type { Facts } from '../../model/observation.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { cut } from './bounds.ts';
import type { Library } from './client.ts';
import { converse, type Progress } from './converse.ts';
import { lastWord } from './deadline.ts';
import { failureOf } from './failure.ts';
import type { Spec } from './schema.ts';
import { Stopped, type Failure } from './stop.ts';
import { newTrace } from './trace.ts';
import { watchTraffic } from './traffic.ts';

const STEPS = { connect: 'the MCP handshake', list: 'tools/list', call: 'tools/call' } as const;

/** How long the end of a session may take; a server that minds more has had its chance. */
const GOODBYE_MS = 500;
/** What must be left of the time of a look when the goodbye is over: a look that is late proves nothing. */
const SPARE_MS = 300;

/** Connects, lists the tools and calls the one that the spec names, on connections and a client of its own. */
export const look: Look<Spec> = async (spec, context) => {
  const startedMs = context.monotonicMs();
  const library = await import('@modelcontextprotocol/client');
  const progress: Progress = { step: 'connect', facts: {}, timings: {}, channels: [], client: null };
  const use = (channel: Progress['channels'][number]): void => {
    progress.channels = [...progress.channels.filter((other) => other !== channel), channel];
  };
  const traffic = watchTraffic();
  const journey = { library, spec, context, trace: newTrace(), traffic, use };
  try {
    await converse(journey, progress);
    // What came beside the last answer, such as the same answer twice.
    const late = progress.channels.at(-1)?.stopped() ?? null;
    if (late !== null) throw late;
  } catch (error) {
    if (context.signal.aborted) await lastWord();
    const failure = failureIn(error, library, progress, context, traffic.refused());
    if (failure instanceof Error) throw withFacts(failure, progress);
    progress.facts = {
      ...progress.facts,
      failure: failure.code,
      'failure-step': progress.step,
      'failure-message': cut(failure.message, 1000),
    };
  } finally {
    await leave(progress, context, startedMs);
  }
  return factsOf(progress);
};

const factsOf = ({ client, facts, timings, channels }: Progress): Facts => ({
  connected: client !== null,
  ...channels.at(-1)?.facts(),
  ...(channels.length > 1 && channels.every(({ transport }) => transport === 'stdio')
    ? { starts: channels.length }
    : {}),
  ...facts,
  timings,
  duration: Object.values(timings).reduce((sum, ms) => sum + ms, 0),
});

const withFacts = (error: Error, progress: Progress): Error =>
  error instanceof CouldNotLook
    ? new CouldNotLook(error.code, error.message, { ...error.facts, ...factsOf(progress) }, { cause: error })
    : error;

/** What the server did wrong; an error when there was no answer to speak of, and for what is our own fault. */
const failureIn = (
  error: unknown,
  library: Library,
  progress: Progress,
  context: ProbeContext,
  refused: readonly string[],
): Failure | Error => {
  const channel = progress.channels.at(-1);
  const stopped = channel?.stopped() ?? null;
  const cause = stopped ?? error;
  const doing = STEPS[progress.step];
  const asked = refused.length === 0 ? '' : `; the server had asked for ${refused.join(', ')}, which was refused`;
  const late = `${channel?.unfinished() ?? ''}${asked}`;
  if (cause instanceof Stopped) return { code: cause.code, message: cause.message };
  if (cause instanceof CouldNotLook) {
    if (cause.code === 'timeout') return renamed(cause, `${cause.message} (${doing})${late}`);
    const named = channel !== undefined && progress.step !== 'connect' && cause.code !== 'not-run';
    return named ? renamed(cause, `${cause.message} (${doing})`) : cause;
  }
  if (context.signal.aborted) {
    return new CouldNotLook('timeout', `${doing} did not end within ${context.timeoutMs} ms${late}`, {}, { cause });
  }
  return stopped ?? failureOf(error, progress.step, library);
};

const renamed = (cause: CouldNotLook, message: string): CouldNotLook =>
  new CouldNotLook(cause.code, message, cause.facts, { cause });

/** Ends everything that was opened; politely, as far as there is time for it. */
const leave = async ({ channels, client }: Progress, context: ProbeContext, startedMs: number): Promise<void> => {
  const leftMs = context.timeoutMs - (context.monotonicMs() - startedMs) - SPARE_MS;
  const goodbyeMs = Math.floor(Math.max(0, Math.min(GOODBYE_MS, leftMs)));
  const brief = AbortSignal.any([context.signal, AbortSignal.timeout(goodbyeMs)]);
  await Promise.all(channels.map((channel) => channel.leave(brief)));
  await client?.close().catch(() => {});
};
