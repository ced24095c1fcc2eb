import type { Facts } from '../../model/observation.ts';
import { connectionFacts } from '../engine/facts.ts';
import { printable } from '../engine/printable.ts';
import type { Watch } from '../engine/reach.ts';
import { connectionOf } from '../engine/trace.ts';
import { CouldNotLook, type Look, type ProbeContext } from '../probe.ts';
import { watched } from '../tcp/watched.ts';
import { cancel } from './cancel.ts';
import { makeGate } from './gate.ts';
import { logIn } from './login.ts';
import { open } from './open.ts';
import { type Order, orderFrom } from './order.ts';
import type { Spec } from './schema.ts';
import { lookInside, sayGoodbye, type Session } from './session.ts';
import { databaseTrouble } from './trouble.ts';
import { makeWire } from './wire.ts';

/** What came of a look, filled in as it goes. */
type Seen = { facts: Facts; key: Uint8Array | null; over: boolean };

/** The share of the time that a server does not get, so that its own answer comes before our deadline. */
const MARGIN = 0.1;
const MOST_MARGIN_MS = 150;

const enter = async (order: Order, watch: Watch, context: ProbeContext, seen: Seen): Promise<Session> => {
  const { address, door, scrub } = order;
  const { monotonicMs, timeoutMs, agent } = context;
  const startedMs = monotonicMs();
  const opened = await open(door, watch, context);
  watch.clock.enter('request');
  watch.trace.pending = () => 'the login was not finished';
  const encrypted = opened.secured !== null;
  const wire = makeWire(opened, makeGate({ password: address.password, encrypted, bound: address.bound }));
  const broken = wire.pump();
  broken.catch(() => {});
  const doing = { stage: 'login', query: null, scrub, late: () => false } as const;
  const { client, version } = await Promise.race([logIn(wire, address, agent.name, encrypted), broken]).catch(
    (error: unknown) => {
      throw databaseTrouble(error, doing);
    },
  );
  seen.key = wire.key();
  const told = version();
  const learn = (facts: Facts): void => {
    seen.facts = { ...seen.facts, ...facts };
  };
  learn({ connected: true, ...(told === null ? {} : { 'server-version': printable(scrub(told), 64) }) });
  const deadlineMs = startedMs + timeoutMs - Math.min(MOST_MARGIN_MS, timeoutMs * MARGIN);
  return { client, broken, scrub, monotonicMs, deadlineMs, learn };
};

const lookOnce = async (order: Order, watch: Watch, context: ProbeContext, seen: Seen): Promise<Facts> => {
  const session = await enter(order, watch, context, seen);
  watch.clock.enter('wait');
  watch.trace.pending = () => 'the server was still at work';
  try {
    await lookInside(order.spec, session);
    watch.clock.stop();
    seen.over = true;
  } finally {
    // More rows may be on their way than anybody wants to wait for.
    if (seen.facts['cut'] !== true && !context.signal.aborted) await sayGoodbye(session);
  }
  return { ...seen.facts, ...connectionFacts(connectionOf(watch.trace), watch.clock.timings()) };
};

/** The facts under the names of this kind: one peer, one duration. */
const named = ({ 'remote-address': address, timings, ...facts }: Facts): Facts => ({
  ...facts,
  ...(address === undefined ? {} : { address }),
  ...(timings === undefined ? {} : { timings }),
  ...(typeof timings === 'object' && timings !== null && 'total' in timings ? { duration: timings.total } : {}),
});

/** A look that was told to stop leaves no statement running behind it. */
const cleanUp = async ({ door }: Order, { key, over }: Seen, context: ProbeContext): Promise<void> => {
  if (key !== null && !over && context.signal.aborted) await cancel(door, key, context);
};

/** Logs in, looks in one read-only transaction, and leaves nothing behind. */
export const look: Look<Spec> = async (spec, context) => {
  const order = await orderFrom(spec, context.folder);
  const seen: Seen = { facts: {}, key: null, over: false };
  try {
    return named(await watched(context, (watch) => lookOnce(order, watch, context, seen)));
  } catch (error) {
    if (!(error instanceof CouldNotLook)) throw error;
    const facts = named({ ...seen.facts, ...error.facts });
    throw new CouldNotLook(error.code, order.scrub(error.message), facts, { cause: error });
  } finally {
    await cleanUp(order, seen, context);
  }
};
