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

const where = (phase: Phase | null, got: string | null): string =>
  `${phase === null ? '' : ` in ${phase}`}${got === null ? '' : `: got ${got}`}`;

const timedOut = (phase: Phase | null, totalMs: number, got: string | null): CouldNotLook => {
  const code = (phase === null ? undefined : TIMEOUT_CODES.get(phase)) ?? 'timeout';
  return new CouldNotLook(code, `timed out after ${(totalMs / 1000).toFixed(1)} s${where(phase, got)}`);
};

const networkTrouble = (error: unknown, phase: Phase | null, got: string | null): CouldNotLook | null => {
  if (!(error instanceof Error)) return null;
  const tls = tlsTrouble(error, true);
  if (tls !== null) return tls;
  const known = NETWORK.get(codeOf(error));
  if (known !== undefined) return new CouldNotLook(known[0], `${known[1]}${where(phase, got)}`, {}, { cause: error });
  if (!('syscall' in error)) return null;
  const message = `the connection broke (${codeOf(error)})${where(phase, got)}`;
  return new CouldNotLook('connect-reset', message, {}, { cause: error });
};

/**
 * What to throw for an error of an exchange: `CouldNotLook` with everything that is known so far, the signal's reason
 * when the run stops, or the error itself when it is a bug of ours. Stops the clock.
 */
export const failureOf = (error: unknown, trace: Trace, clock: PhaseClock, signal: AbortSignal): unknown => {
  const phase = clock.phase();
  clock.stop();
  const timings = clock.timings();
  const got = trace.progress();
  const known: Facts = {
    ...(trace.status === null ? {} : { status: trace.status }),
    ...connectionFacts(connectionOf(trace), timings),
  };
  const withFacts = (found: CouldNotLook): CouldNotLook =>
    new CouldNotLook(found.code, found.message, { ...known, ...found.facts }, { cause: found.cause });
  if (error instanceof CouldNotLook) return withFacts(error);
  if (signal.aborted) {
    return isDeadline(signal.reason) ? withFacts(timedOut(phase, timings.total, got)) : signal.reason;
  }
  const trouble = networkTrouble(error, phase, got);
  return trouble === null ? error : withFacts(trouble);
};
