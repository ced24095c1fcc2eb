import type { Facts } from '../../model/observation.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import { stopCodeOf } from '../bounded-look.ts';
import { CouldNotLook } from '../probe.ts';

const isTimeout = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError';

const WORDS: ReadonlyMap<ReasonCode, string> = new Map([
  ['timeout', 'the time of the check was over'],
  ['deadline-exceeded', 'the time for the whole run was over'],
]);

/** A look that was told to end while a stream was open, with everything that it had seen. `soFar` is in words. */
export const cutShort = (signal: AbortSignal, soFar: string, facts: Facts): CouldNotLook => {
  const code = isTimeout(signal.reason) ? 'timeout' : stopCodeOf(signal.reason);
  return new CouldNotLook(code, `${WORDS.get(code) ?? 'the run was stopped'} after ${soFar}`, facts);
};
