import type { Facts } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { CouldNotLook } from '../probe.ts';
import { connectionFacts } from './facts.ts';
import { tlsTrouble } from './secure.ts';
import type { Phase, PhaseClock } from './timings.ts';
import { connectionOf, type Trace } from './trace.ts';

const TIMEOUT_CODES: ReadonlyMap<Phase, ReasonCode> = new Map([
  ['dns', 'dns-timeout'],
  ['connect', 'connect-timeout'],
]);

const NETWORK: ReadonlyMap<string, readonly [code: ReasonCode, words: string]> = new Map([
  ['ECONNRESET', ['connect-reset', 'the connection was reset']],
  ['EPIPE', ['connect-reset', 'the connection was reset']],
  ['ECONNABORTED', ['connect-reset', 'the connection was reset']],
  ['ETIMEDOUT', ['timeout', 'the network gave the connection up']],
  ['EHOSTUNREACH', ['connect-unreachable', 'the peer became unreachable']],
  ['ENETUNREACH', ['connect-unreachable', 'the network became unreachable']],
]);

/** Whether an abort is a deadline and not the end of the run. */
const isDeadline = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError';

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** Where an exchange was, as the end of a sentence: ` in transfer: got 5 of 17 body bytes`. */
const placeOf = (phase: Phase | null, { progress, pending }: Trace): string => {
  const got = progress();
  const seen = got === null ? pending() : `got ${got}`;
  return `${phase === null ? '' : ` in ${phase}`}${seen === null ? '' : `: ${seen}`}`;
};

const timedOut = (phase: Phase | null, totalMs: number, place: string): CouldNotLook => {
  const code = (phase === null ? undefined : TIMEOUT_CODES.get(phase)) ?? 'timeout';
  return new CouldNotLook(code, `timed out after ${(totalMs / 1000).toFixed(1)} s${place}`);
};

const networkTrouble = (error: unknown, phase: Phase | null, place: string): CouldNotLook | null => {
  if (!(error instanceof Error)) return null;
  const tls = tlsTrouble(error, true);
  if (tls !== null) return tls;
  const [code, words] = NETWORK.get(codeOf(error)) ?? ['connect-reset', `the connection broke (${codeOf(error)})`];
  if (!NETWORK.has(codeOf(error)) && !('syscall' in error)) return null;
  // Once an answer has begun, whatever ends the connection cuts the answer off.
  const cutOff = phase === 'transfer' && code === 'connect-reset';
  const message = `${cutOff ? 'closed early: ' : ''}${words}${place}`;
  return new CouldNotLook(cutOff ? 'closed-early' : code, message, {}, { cause: error });
};

/**
 * What to throw for an error of an exchange: `CouldNotLook` with everything that is known so far, the signal's reason
 * when the run stops, or the error itself when it is a bug of ours. Stops the clock. `timeoutMs` is the time that was
 * over when the signal tells of a deadline: an exchange may have begun late in it.
 */
export const failureOf = (
  error: unknown,
  trace: Trace,
  clock: PhaseClock,
  signal: AbortSignal,
  timeoutMs: number | null = null,
): unknown => {
  const phase = clock.phase();
  clock.stop();
  const timings = clock.timings();
  const place = placeOf(phase, trace);
  const known: Facts = {
    ...(trace.status === null ? {} : { status: trace.status }),
    ...connectionFacts(connectionOf(trace), timings),
  };
  const withFacts = (found: CouldNotLook): CouldNotLook =>
    new CouldNotLook(found.code, found.message, { ...known, ...found.facts }, { cause: found.cause });
  if (error instanceof CouldNotLook) return withFacts(error);
  if (signal.aborted) {
    return isDeadline(signal.reason) ? withFacts(timedOut(phase, timeoutMs ?? timings.total, place)) : signal.reason;
  }
  const trouble = networkTrouble(error, phase, place);
  return trouble === null ? error : withFacts(trouble);
};
