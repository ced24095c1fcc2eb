import type { Outcome } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { PlannedCheck } from '../plan/plan.ts';
import { stopCodeOf } from '../probes/bounded-look.ts';
import { makeAttempt, type StepPart } from './attempt.ts';
import type { Assessment, Ports } from './ports.ts';
import { pollDelayMs, retryDelayMs } from './retry.ts';

/** What a check came to, as far as those that need it are concerned; null when it was not settled. */
export type CheckEnd = Outcome | null;

/**
 * Runs one check to its end: looks as often as its retry or polling rule asks, and tells every step. A defect of our
 * own in it costs this check alone.
 */
export const runCheck = async (
  check: PlannedCheck,
  ports: Ports,
  signal: AbortSignal,
  part: StepPart | null = null,
): Promise<CheckEnd> => {
  try {
    if (signal.aborted)
      return notRun(check, stopCodeOf(signal.reason), 'the run was stopped before this check began', ports);
    ports.emit({ type: 'check-started', at: ports.now().toISOString(), id: check.id });
    const looks = await lookUntilSettled(check, ports, signal, part);
    const last = looks.settled ? looks.assessments.at(-1) : undefined;
    if (last === undefined) {
      const made = looks.assessments.length;
      const message = `the run was stopped before this check was settled, after ${made} ${made === 1 ? 'attempt' : 'attempts'}`;
      return notRun(check, stopCodeOf(signal.reason), message, ports);
    }
    ports.emit({ type: 'check-finished', at: ports.now().toISOString(), id: check.id });
    return last.outcome;
  } catch (error) {
    return notRun(check, 'probe-crashed', crashMessage(error, ports), ports);
  }
};

/** Says that a check is not settled, and why. */
export const notRun = (check: PlannedCheck, code: ReasonCode, message: string, ports: Ports): null => {
  ports.emit({ type: 'check-not-run', at: ports.now().toISOString(), id: check.id, code, message });
  return null;
};

type Series = { readonly settled: boolean; readonly assessments: readonly Assessment[] };

const lookUntilSettled = async (
  check: PlannedCheck,
  ports: Ports,
  signal: AbortSignal,
  part: StepPart | null,
): Promise<Series> => {
  const assessments: Assessment[] = [];
  const firstMs = ports.monotonicMs();
  for (;;) {
    const lastMs = ports.monotonicMs();
    const attempt = await makeAttempt(check, assessments.length + 1, ports, signal, part);
    ports.emit({ type: 'attempt', at: ports.now().toISOString(), id: check.id, attempt });
    const assessment = ports.assess(attempt);
    assessments.push(assessment);
    const delayMs =
      attempt.final === true
        ? null
        : check.eventually === null
          ? retryDelayMs(assessments, check.retry, ports.random())
          : pollDelayMs(assessment.outcome, check.eventually, { firstMs, lastMs, nowMs: ports.monotonicMs() });
    if (delayMs === null) return { settled: true, assessments };
    if (!signal.aborted) await ports.sleep(delayMs, signal);
    if (signal.aborted) return { settled: false, assessments };
  }
};

/** The error's own words where they can be redacted: a defect must not become a leak. */
const crashMessage = (error: unknown, ports: Ports): string => {
  const fixed = 'gonogo itself failed on this check';
  try {
    return error instanceof Error ? `${fixed}: ${ports.redact(error.message)}` : fixed;
  } catch {
    return fixed;
  }
};
