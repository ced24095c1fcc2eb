import type { Facts } from '../../model/observation.ts';
import { cut } from '../answer/bounds.ts';
import { goldenMs } from '../answer/problems.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { converse, type Progress } from './converse.ts';
import { lastWord } from './deadline.ts';
import type { Journey } from './reach.ts';
import type { Spec } from './schema.ts';
import { newTrace } from './trace.ts';
import { watchTraffic } from './traffic.ts';
import { retold, troubleOf } from './trouble.ts';

/** How long the end of a session may take; a server that minds more has had its chance. */
const GOODBYE_MS = 500;
/** What must be left of the time of a look when the goodbye is over: a look that is late proves nothing. */
const SPARE_MS = 300;

/** Connects, lists the tools and calls the one that the spec names, on connections and a client of its own. */
export const look: Look<Spec> = async (spec, context) => {
  const startedMs = context.monotonicMs();
  const library = await import('@modelcontextprotocol/client');
  const progress: Progress = { step: 'connect', facts: {}, timings: {}, channels: [], client: null };
  const journey: Journey = {
    library,
    spec,
    context,
    trace: newTrace(),
    traffic: watchTraffic(),
    stepMs: Math.max(1, context.timeoutMs - goldenMs(spec.golden)),
    use: (channel) => {
      progress.channels = [...progress.channels.filter((other) => other !== channel), channel];
    },
  };
  try {
    await converse(journey, progress);
  } catch (error) {
    if (context.signal.aborted) await lastWord();
    noteTrouble(error, progress, journey);
  } finally {
    await leave(progress, context, startedMs);
  }
  // What came beside the last answer or after it, such as the same answer twice.
  const late = progress.channels.at(-1)?.stopped() ?? null;
  if (late !== null && progress.facts['failure'] === undefined) noteTrouble(late, progress, journey);
  return factsOf(progress);
};

/** What ended the conversation, as facts. Throws when there was no answer to speak of, with what was seen before. */
const noteTrouble = (error: unknown, progress: Progress, { library, context, traffic }: Journey): void => {
  const trouble = troubleOf(error, progress, library, context, traffic.refused());
  if (trouble instanceof CouldNotLook)
    throw retold(trouble, trouble.message, { ...trouble.facts, ...factsOf(progress) });
  if (trouble instanceof Error) throw trouble;
  progress.facts = {
    ...progress.facts,
    failure: trouble.code,
    'failure-step': progress.step,
    'failure-message': cut(trouble.message, 1000),
  };
};

const factsOf = ({ client, facts, timings, channels }: Progress): Facts => ({
  connected: client !== null,
  ...channels.at(-1)?.facts(),
  ...startFacts(channels),
  ...facts,
  timings,
  duration: Object.values(timings).reduce((sum, ms) => sum + ms, 0),
});

const startFacts = (channels: Progress['channels']): Facts => {
  const starts = channels.filter(({ transport }) => transport === 'stdio').length;
  return starts > 1 ? { starts } : {};
};

/** Ends everything that was opened; politely, as far as there is time for it. */
const leave = async ({ channels, client }: Progress, context: ProbeContext, startedMs: number): Promise<void> => {
  const leftMs = context.timeoutMs - (context.monotonicMs() - startedMs) - SPARE_MS;
  const goodbyeMs = Math.floor(Math.max(0, Math.min(GOODBYE_MS, leftMs)));
  const brief = AbortSignal.any([context.signal, AbortSignal.timeout(goodbyeMs)]);
  await Promise.all(channels.map((channel) => channel.leave(brief)));
  await client?.close().catch(() => {});
};
