import type { Json } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import type { Attempt } from '../engine/dial.ts';
import { connectionFacts } from '../engine/facts.ts';
import { failureOf } from '../engine/failure.ts';
import { type Destination, reach, type Watch } from '../engine/reach.ts';
import { literalAddress } from '../engine/resolve.ts';
import { connectionOf } from '../engine/trace.ts';
import { CouldNotLook, type ProbeContext } from '../probe.ts';
import { watched } from './watched.ts';

/** Errors by which the other side, or a firewall before it, says that nobody may connect. */
const REFUSALS: ReadonlySet<string> = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ETIMEDOUT']);
/** How long an address must be silent before that counts: a lost packet is sent again after one second. */
const SILENCE_MS = 1500;
/** How much later than the one before it an attempt starts at most. */
const NEXT_AFTER_MS = 250;
const LONGEST_MS = 5000;
/** The part of the time that the attempts may take; the rest is for the result to get home. */
const SHARE = 0.85;

/** What keeps failed attempts from being a proof that a port is closed; null when they are one. */
export const doubtOf = (
  attempts: readonly Pick<Attempt, 'state'>[],
  addresses: number,
  connectMs: number,
): string | null => {
  if (attempts.length === 0 || attempts.length < addresses) {
    return `only ${attempts.length} of ${addresses} addresses could be tried in the time`;
  }
  const silent = attempts.findLastIndex(({ state }) => state === null);
  if (silent !== -1 && connectMs - silent * NEXT_AFTER_MS < SILENCE_MS) {
    return `a silence of less than ${SILENCE_MS / 1000} s does not show that a port is closed: give the check more time`;
  }
  const own = attempts.find(({ state }) => state !== null && !REFUSALS.has(state));
  return own === undefined
    ? null
    : `there is no way from here to an address (${own.state}), which proves nothing: family: 4 or 6 asks for one family`;
};

/** A port that is closed refuses the first packet; a reset comes from one that had accepted it. */
const hasAccepted = ({ state }: Pick<Attempt, 'state'>): boolean => state === 'ECONNRESET';

/** A failure to connect as the observation that nobody can; throws when it does not show that. */
const asClosed = (failure: unknown, { trace, clock }: Watch): Facts => {
  if (!(failure instanceof CouldNotLook) || !failure.code.startsWith('connect-')) throw failure;
  const open = trace.attempts.find(hasAccepted);
  if (open !== undefined) return { ...failure.facts, connected: true, 'remote-address': open.address };
  const { connect = 0 } = clock.timings();
  const doubt = doubtOf(trace.attempts, Math.max(1, trace.resolved.length), connect);
  if (doubt !== null) throw new CouldNotLook(failure.code, `${failure.message}; ${doubt}`, failure.facts);
  return { ...failure.facts, connected: false, error: failure.message };
};

const lookOneFamily = (destination: Destination, context: ProbeContext): Promise<Facts> => {
  const timeoutMs = Math.min(LONGEST_MS, Math.floor(context.timeoutMs * SHARE));
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]);
  return watched({ signal, timeoutMs, monotonicMs: context.monotonicMs }, async (watch) => {
    const { trace, clock } = watch;
    try {
      await reach(destination, watch);
    } catch (error) {
      return asClosed(failureOf(error, trace, clock, signal, timeoutMs), watch);
    }
    clock.stop();
    return { connected: true, ...connectionFacts(connectionOf(trace), clock.timings()) };
  });
};

const hasNoAddress = (error: unknown): boolean =>
  error instanceof CouldNotLook && (error.code === 'dns-no-records' || error.code === 'dns-nxdomain');

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** What both families show: open when one is; a family without addresses adds nothing, one that cannot be told is thrown. */
const bothFamilies = (results: readonly PromiseSettledResult<Facts>[]): Facts => {
  const seen = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  const open = seen.find(({ connected }) => connected === true);
  if (open !== undefined) return open;
  const errors: readonly unknown[] = results
    .filter((result) => result.status === 'rejected')
    .map(({ reason }) => reason);
  const fatal = errors.find((error) => seen.length === 0 || !hasNoAddress(error));
  if (fatal !== undefined) throw fatal;
  return {
    ...seen[0],
    error: seen.map(({ error }) => error).join('; '),
    addresses: seen.flatMap(({ addresses }) => listOf(addresses)),
  };
};

/**
 * Connects where nothing should answer. Refusals and silence of every address are an observation; trouble of DNS or of
 * this machine proves nothing and is thrown. Each family is asked for by itself: what DNS tells late of one counts too.
 */
export const lookClosed = async (destination: Destination, context: ProbeContext): Promise<Facts> => {
  if (destination.family !== 'any' || literalAddress(destination.host) !== null) {
    return lookOneFamily(destination, context);
  }
  const families = ([4, 6] as const).map((family) => lookOneFamily({ ...destination, family }, context));
  return bothFamilies(await Promise.allSettled(families));
};
