import type { Duplex } from 'node:stream';
import type { JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { connectionFacts } from '../engine/facts.ts';
import { lookAtEachFamily } from '../engine/family-each.ts';
import { listen } from '../engine/incoming.ts';
import { byteSize } from '../engine/printable.ts';
import { type Destination, reach, type Watch } from '../engine/reach.ts';
import { connectionOf } from '../engine/trace.ts';
import { unreachableFacts } from '../http/unreachable.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { aftermath, aftermathMs } from './aftermath.ts';
import { lookClosed } from './closed.ts';
import { readEndpoint } from './endpoint.ts';
import { encrypt, tlsOf } from './over-tls.ts';
import { readAnswer } from './read-answer.ts';
import type { Spec } from './schema.ts';
import { visibleText } from './visible-text.ts';
import { watched } from './watched.ts';

/** What came of the connection, filled in as it goes, so that a failure can tell it. */
type Seen = { connected: boolean; bytes: Buffer | null; found: boolean | null };

const destinationOf = (spec: Spec, family: Destination['family']): Destination => {
  const reading = readEndpoint(spec.host, spec.port, null);
  if (!reading.ok) throw new Error(`${reading.key} ${reading.message}`);
  return { ...reading.endpoint, family, server: spec.resolver ?? null };
};

const seenFacts = ({ connected, bytes, found }: Seen): Facts => ({
  connected,
  ...(bytes === null ? {} : { banner: visibleText(bytes), size: bytes.length }),
  ...(found === null ? {} : { found }),
});

/** Says what the spec says and reads what it asks for; without either, makes sure that the connection stays. */
const converse = async (spec: Spec, socket: Duplex, watch: Watch, context: ProbeContext, seen: Seen): Promise<void> => {
  const { clock, trace } = watch;
  const incoming = listen(socket, context.monotonicMs);
  if (spec.send !== undefined) {
    clock.enter('request');
    socket.write(spec.send);
  }
  if (spec.read === undefined) {
    clock.stop();
    const { connect = 0 } = clock.timings();
    const after = await aftermath(incoming, aftermathMs(connect));
    if (after.state === 'ended') {
      throw new CouldNotLook('closed-early', 'the connection was accepted and closed at once, without a byte');
    }
    if (after.state === 'broken') {
      const message = 'the connection was accepted and broken at once';
      throw new CouldNotLook('connect-reset', message, {}, { cause: after.error });
    }
    return;
  }
  clock.enter('wait');
  trace.progress = () => (seen.bytes === null ? 'nothing' : byteSize(seen.bytes.length));
  const received = await readAnswer(incoming, spec.read, (bytes) => {
    if (clock.phase() === 'wait') clock.enter('transfer', incoming.arrivedAt() ?? undefined);
    seen.bytes = bytes;
  });
  clock.stop(incoming.arrivedAt() ?? undefined);
  if (received.ended && received.bytes.length === 0) {
    throw new CouldNotLook('closed-early', 'the connection was closed before a byte of an answer came');
  }
  seen.bytes = received.bytes;
  seen.found = received.found;
};

const lookOpen = async (spec: Spec, destination: Destination, context: ProbeContext): Promise<Facts> => {
  const tls = await tlsOf(spec, context.folder);
  const seen: Seen = { connected: false, bytes: null, found: null };
  return watched(context, async (watch) => {
    const { socket } = await reach(destination, watch);
    seen.connected = true;
    const stream = tls === null ? socket : await encrypt(socket, destination.host, tls, watch, context.now);
    await converse(spec, stream, watch, context, seen);
    const facts = connectionFacts(connectionOf(watch.trace), watch.clock.timings());
    return { ...seenFacts(seen), ...facts, ...unreachableFacts([facts]) };
  }).catch((error: unknown) => {
    if (!(error instanceof CouldNotLook)) throw error;
    throw new CouldNotLook(error.code, error.message, { ...seenFacts(seen), ...error.facts }, { cause: error });
  });
};

/** The facts under the names of this kind: one peer, one duration. */
const named = ({ 'remote-address': address, timings, ...facts }: Facts): Facts => ({
  ...facts,
  ...(address === undefined ? {} : { address }),
  ...(timings === undefined ? {} : { timings }),
  ...(typeof timings === 'object' && timings !== null && 'total' in timings ? { duration: timings.total } : {}),
});

const lookOver = (spec: Spec, family: Destination['family'], context: ProbeContext): Promise<Facts> => {
  const destination = destinationOf(spec, family);
  return spec.closed === true ? lookClosed(destination, context) : lookOpen(spec, destination, context);
};

const essence = ({ connected = false, found }: Facts): JsonObject => ({
  connected,
  ...(found === undefined ? {} : { found }),
});

/** Where nothing may answer, the family that does is the worse one; anywhere else the one that lacks the text. */
const badness = ({ connected, found }: Facts): number => (connected === true ? 1 : 0) + (found === false ? 2 : 0);

/** Connects, or makes sure that nobody can; over each family by itself when that is asked. */
export const look: Look<Spec> = async (spec, context) => {
  const { family = 'any' } = spec;
  try {
    return named(
      await (family === 'each'
        ? lookAtEachFamily((one) => lookOver(spec, one, context), essence, { badness })
        : lookOver(spec, family, context)),
    );
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error;
    throw new CouldNotLook(error.code, error.message, named(error.facts), { cause: error });
  }
};
