import type { Facts } from '../../model/observation.ts';
import { openExchange, type OpenExchange } from '../engine/exchange.ts';
import { connectionFacts } from '../engine/facts.ts';
import { headerValues } from '../engine/parse-head.ts';
import { headerFacts } from '../http/header-facts.ts';
import { readPemFiles } from '../http/pem-files.ts';
import { unreachableFacts } from '../http/unreachable.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { cutShort } from './cut-short.ts';
import { type EventStreamReader, readEventStream } from './event-stream.ts';
import { limitOpening } from './opening.ts';
import { progressText, tellProgress } from './progress.ts';
import { readStream, type StreamEnd } from './read-stream.ts';
import { toStreamRequest } from './request.ts';
import type { Spec } from './schema.ts';
import { type Settings, settingsOf } from './settings.ts';
import { startTally, type Tally } from './tally.ts';

const MEDIA_TYPE = 'text/event-stream';

/** The media type of the answer in lower case, without parameters; null when it has none. */
const mediaTypeOf = ({ head }: OpenExchange): string | null => {
  const [type = ''] = (headerValues(head.headers, 'content-type')[0] ?? '').split(';');
  return type.trim() === '' ? null : type.trim().toLowerCase();
};

const exchangeFacts = (exchange: OpenExchange): Facts => {
  const { status, statusText, httpVersion, headers } = exchange.head;
  const timings = exchange.timings();
  const connection = connectionFacts(exchange.connection, timings);
  const type = mediaTypeOf(exchange);
  return {
    status,
    'status-text': statusText,
    'http-version': httpVersion,
    headers: headerFacts(headers),
    ...(type === null ? {} : { 'content-type': type }),
    ...connection,
    ...unreachableFacts([connection]),
    duration: timings.total,
  };
};

/** An open stream with everything that is noted about it. */
type Watched = {
  readonly exchange: OpenExchange;
  readonly openedAt: number;
  readonly settings: Settings;
  readonly tally: Tally;
  readonly reader: EventStreamReader;
  /** Bytes after decoding. */
  readonly size: () => number;
};

const streamFacts = ({ exchange, tally, reader, size }: Watched, at: number): Facts => ({
  opened: true,
  ...exchangeFacts(exchange),
  ...tally.facts(at, reader),
  size: size(),
  'wire-size': exchange.wireBytes(),
});

const endFacts = (end: StreamEnd): Facts => ({
  state: end.state,
  disconnects: end.state === 'closed' ? 1 : 0,
  ...(end.state === 'closed' ? { ending: end.why } : {}),
});

const countsOf = ({ tally }: Watched): string => {
  const [events, heartbeats] = [tally.events(), tally.heartbeats()];
  const beats = heartbeats === 0 ? '' : `, ${heartbeats} heartbeat${heartbeats === 1 ? '' : 's'}`;
  return `${events} event${events === 1 ? '' : 's'}${beats}`;
};

const watch = (exchange: OpenExchange, settings: Settings, context: ProbeContext) => {
  const openedAt = exchange.arrivedAt() ?? context.monotonicMs();
  const tally = startTally({ openedAt, names: settings.names, asked: context.asked });
  const reader = readEventStream(settings.eventLimit, tally);
  let size = 0;
  const watched: Watched = { exchange, openedAt, settings, tally, reader, size: () => size };
  const push = (bytes: Uint8Array, at: number): void => {
    size += bytes.length;
    reader.push(bytes, at);
  };
  return { watched, push };
};

const soFar = (watched: Watched, now: number): string => {
  const { openedAt, settings, tally } = watched;
  const [passedMs, maxGapMs] = [now - openedAt, tally.maxGapMs(now)];
  return progressText({ passedMs, counts: countsOf(watched), maxGapMs }, settings.forMs);
};

/** Watches an open stream to the end of its time. What ends the look before carries everything that was seen. */
const lookAtStream = async (exchange: OpenExchange, settings: Settings, context: ProbeContext): Promise<Facts> => {
  const { signal, monotonicMs, tell } = context;
  const { watched, push } = watch(exchange, settings, context);
  const until = watched.openedAt + settings.forMs;
  const stopTelling = tellProgress(tell, () => soFar(watched, monotonicMs()));
  try {
    const end = await readStream(exchange, { until, signal, monotonicMs, push });
    signal.throwIfAborted();
    return { ...streamFacts(watched, end.at), ...endFacts(end) };
  } catch (error) {
    const now = Math.min(monotonicMs(), until);
    if (signal.aborted) throw cutShort(signal, soFar(watched, now), streamFacts(watched, now));
    if (!(error instanceof CouldNotLook)) throw error;
    throw new CouldNotLook(error.code, error.message, streamFacts(watched, now), { cause: error });
  } finally {
    stopTelling();
  }
};

/** Opens the stream and watches it for as long as the spec says. Redirects are not followed, and it opens it once. */
export const look: Look<Spec> = async (spec, context) => {
  const settings = settingsOf(spec);
  const opening = limitOpening(context, settings.forMs);
  try {
    const tls = await readPemFiles(spec.tls ?? {}, context.folder);
    const exchange = await openExchange(toStreamRequest({ ...spec, tls }), opening.context);
    opening.done();
    if (exchange.head.status === 200 && mediaTypeOf(exchange) === MEDIA_TYPE) {
      return await lookAtStream(exchange, settings, context);
    }
    exchange.close();
    return { opened: false, state: 'refused', ...exchangeFacts(exchange) };
  } finally {
    opening.release();
  }
};
