import type { Client } from '@modelcontextprotocol/client';
import type { ProbeContext } from '../probe.ts';
import type { Channel } from './channel.ts';
import { connect, type Library } from './client.ts';
import { untilAborted } from './deadline.ts';
import { forgetWay, recallWay, rememberWay, type Way } from './era-memory.ts';
import { hasNoEndpoint } from './failure.ts';
import { openHttp } from './http/channel.ts';
import { requestBase } from './http/request.ts';
import type { Spec } from './schema.ts';
import { openSse } from './sse/channel.ts';
import { openStdio } from './stdio/channel.ts';
import type { Trace } from './trace.ts';
import type { Traffic } from './traffic.ts';

/** What all attempts of one look share. */
export type Journey = {
  readonly library: Library;
  readonly spec: Spec;
  readonly context: ProbeContext;
  readonly trace: Trace;
  readonly traffic: Traffic;
  /** How long one step may take: the questions of a golden set have their time on top of that. */
  readonly stepMs: number;
  /** Told of the channel that is used from now on: its facts are the look's. Whoever is told leaves it. */
  readonly use: (channel: Channel) => void;
};

const NOW = AbortSignal.abort();

const open = async ({ library, spec, context, trace, traffic }: Journey, way: Way): Promise<Channel> => {
  const { url } = spec;
  if (url === undefined) return openStdio(library, spec, context, traffic);
  const base = await requestBase({ ...spec, url }, context.folder, { traceparent: trace.span() });
  const endpoint = new URL(url);
  return way.transport === 'sse'
    ? openSse(library, endpoint, base, context, traffic)
    : openHttp(library, endpoint, base, context, { traffic, eraIsOpen: way.era !== 'modern' });
};

const firstWay = ({ command, transport = 'auto', era = 'auto' }: Spec): Way => {
  if (command !== undefined) return { transport: 'stdio', era };
  return transport === 'sse' ? { transport, era: 'legacy' } : { transport: 'http', era };
};

/** Another way that a failure leaves open; null when there is none. */
const nextWay = (way: Way, error: unknown, channel: Channel, { library, spec }: Journey): Way | null => {
  if (way.transport === 'stdio') {
    return way.era === 'auto' && channel.diedOfProbe() ? { transport: 'stdio', era: 'legacy' } : null;
  }
  const mayBeSse = (spec.transport ?? 'auto') === 'auto' && way.transport === 'http' && way.era !== 'modern';
  return mayBeSse && hasNoEndpoint(error, library) ? { transport: 'sse', era: 'legacy' } : null;
};

const attempt = async (journey: Journey, way: Way, channel: Channel): Promise<Client> => {
  const { library, spec, context, stepMs } = journey;
  const client = await untilAborted(connect(library, channel, way.era, context, stepMs), channel.signal);
  rememberWay(spec, context, { transport: channel.transport, era: client.getProtocolEra() ?? 'auto' });
  return client;
};

const ask = async (journey: Journey, way: Way): Promise<Client> => {
  const channel = await open(journey, way);
  journey.use(channel);
  try {
    return await attempt(journey, way, channel);
  } catch (error) {
    const next = journey.context.signal.aborted ? null : nextWay(way, error, channel, journey);
    if (next === null) throw error;
    return next.transport === 'sse' ? askSse(journey, next, error, channel) : ask(journey, next);
  }
};

/** What is no server of the older transport either has failed as what it was taken for first. */
const askSse = async (journey: Journey, way: Way, error: unknown, before: Channel): Promise<Client> => {
  const channel = await open(journey, way);
  journey.use(channel);
  try {
    return await attempt(journey, way, channel);
  } catch (later) {
    if (channel.answered() || journey.context.signal.aborted) throw later;
    journey.use(before);
    throw error;
  }
};

/**
 * Finds the way to a server and connects: the one of before in this run, else by what the spec says and the server
 * answers. A way from memory that fails is forgotten, and the server is asked.
 */
export const reach = async (journey: Journey): Promise<Client> => {
  const { spec, context } = journey;
  const known = recallWay(spec, context);
  if (known !== null) {
    const channel = await open(journey, known);
    journey.use(channel);
    try {
      return await attempt(journey, known, channel);
    } catch (error) {
      forgetWay(spec, context);
      if (context.signal.aborted) throw error;
      await channel.leave(NOW);
    }
  }
  return ask(journey, firstWay(spec));
};
