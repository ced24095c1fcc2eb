import type { WebSocket } from 'ws';
import type { Facts } from '../../model/observation.ts';
import type { Watch } from '../engine/reach.ts';
import type { HttpRequest } from '../engine/request.ts';
import { readPemFiles } from '../http/pem-files.ts';
import { toRequest } from '../http/request-from-spec.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { cutShort } from '../sse/cut-short.ts';
import { limitOpening } from '../sse/opening.ts';
import { progressText, tellProgress } from '../sse/progress.ts';
import { startPulse } from '../sse/pulse.ts';
import { showTime } from '../sse/show-time.ts';
import { watched } from '../tcp/watched.ts';
import { handshakeUrl } from './address.ts';
import { isAnswerTo } from './answer.ts';
import { connectTo } from './connect.ts';
import { converse, type Open, sayGoodbye } from './converse.ts';
import { endFacts, handshakeFacts, talkFacts } from './facts.ts';
import { shakeHands } from './handshake.ts';
import type { Spec } from './schema.ts';
import { lastsMs, type Settings, settingsOf } from './settings.ts';
import { listenTo, newTalk, type Talk } from './talk.ts';

/** The request of the handshake; PEM files must have been read before. */
const requestOf = ({ limits: _limits, ...spec }: Spec): HttpRequest =>
  toRequest({ ...spec, url: handshakeUrl(spec.url) });

/** Everything that one look holds on to. */
type Looking = {
  readonly spec: Spec;
  readonly settings: Settings;
  readonly context: ProbeContext;
  readonly talk: Talk;
  /** Called once the connection is open: from here on the time of the talk counts. */
  readonly onOpen: () => void;
};

const openSocket = async ({ spec, settings, context, talk, onOpen }: Looking, watch: Watch) => {
  const { monotonicMs } = context;
  const tls = await readPemFiles(spec.tls ?? {});
  const request = requestOf({ ...spec, tls });
  const wire = await connectTo(request, context, watch);
  const listening = {
    settings,
    monotonicMs,
    isAnswer: ({ text }: { readonly text: string | null }) => isAnswerTo(spec, text),
  };
  const opened: { socket: WebSocket | null } = { socket: null };
  const handshake = await shakeHands(wire, {
    request,
    subprotocols: spec.subprotocols ?? [],
    settings,
    context,
    watch,
    onSocket: (socket) => {
      opened.socket = socket;
      listenTo(talk, socket, wire, listening);
    },
    onOpen: () => {
      talk.openedAt = monotonicMs();
      talk.pulse = startPulse(talk.openedAt);
      if (settings.awaitsAnswer && spec.send === undefined) talk.askedAt = talk.openedAt;
      onOpen();
    },
  });
  return { head: handshake.head, socket: handshake.isOpen ? opened.socket : null };
};

const soFar = ({ talk, openedAt, settings: { forMs } }: Open, now: number): string => {
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
  const counts = [count(talk.messages, 'message'), ...(talk.pings === 0 ? [] : [count(talk.pings, 'ping')])].join(', ');
  const passedMs = now - openedAt;
  if (forMs === null) return `${showTime(passedMs)}, ${counts}`;
  return progressText({ passedMs, counts, maxGapMs: talk.pulse.longest(now).ms }, forMs);
};

/** Talks over an open connection. What ends the look before carries everything that was seen. */
const lookAtTalk = async (open: Open, { spec, context }: Looking, { clock }: Watch): Promise<Facts> => {
  const { signal, monotonicMs, tell } = context;
  const isLong = open.settings.forMs !== null;
  const stopTelling = isLong ? tellProgress(tell, () => soFar(open, monotonicMs())) : () => {};
  try {
    const end = await converse(open, spec, clock.timings().connect ?? 0);
    signal.throwIfAborted();
    clock.stop();
    return { ...talkFacts(open, end.until), ...endFacts(end) };
  } catch (error) {
    const now = monotonicMs();
    if (signal.aborted) throw cutShort(signal, soFar(open, now), talkFacts(open, now));
    if (!(error instanceof CouldNotLook)) throw error;
    throw new CouldNotLook(error.code, error.message, talkFacts(open, now), { cause: error });
  } finally {
    stopTelling();
  }
};

const lookOnce = async (looking: Looking, watch: Watch): Promise<Facts> => {
  const { talk, settings, context } = looking;
  const { head, socket } = await openSocket(looking, watch);
  const facts = (): Facts => handshakeFacts(head, watch.trace, watch.clock.timings());
  if (socket === null || talk.openedAt === null) return { opened: false, state: 'refused', ...facts() };
  const { openedAt } = talk;
  const open: Open = { socket, talk, openedAt, settings, monotonicMs: context.monotonicMs };
  const seen = { ...(await lookAtTalk(open, looking, watch)), ...facts() };
  await sayGoodbye(open);
  return seen;
};

/** Opens a WebSocket on a connection of its own and talks over it as the spec says. Redirects are not followed. */
export const look: Look<Spec> = async (spec, context) => {
  const opening = limitOpening(context, lastsMs(spec));
  const looking = { spec, settings: settingsOf(spec), context: opening.context, talk: newTalk(), onOpen: opening.done };
  try {
    return await watched(opening.context, (watch) => lookOnce(looking, watch));
  } finally {
    opening.release();
  }
};
