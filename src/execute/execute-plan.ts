import { activeWindow } from '../plan/maintenance.ts';
import type { Plan, PlannedCheck } from '../plan/plan.ts';
import { elapsedMs } from './attempt.ts';
import type { RunEvent } from './event.ts';
import { makeLimits, type Limits } from './limits.ts';
import type { Ports } from './ports.ts';
import { toRecordedPlan } from './record.ts';
import { redactPlan } from './redact.ts';
import { isGood } from './retry.ts';
import { notRun, runCheck, type CheckEnd } from './run-check.ts';
import { interruptedBy, watchStop } from './stop.ts';

/** What identifies a run and who made it. */
export type RunIdentity = Pick<Extract<RunEvent, { type: 'run-started' }>, 'runId' | 'tool'>;

/**
 * Carries a plan out, and tells every step through `ports.emit`: between `run-started` and `run-finished` each check
 * of the plan ends in `check-finished` or `check-not-run`. An abort of the signal, with `SIGINT` or `SIGTERM` as its
 * reason, stops what runs and leaves out the rest. Rejects only when `emit` throws.
 */
export const executePlan = async (plan: Plan, run: RunIdentity, ports: Ports, signal: AbortSignal): Promise<void> => {
  const startedMs = ports.monotonicMs();
  const recorded = redactPlan(toRecordedPlan(plan), ports.redact);
  ports.emit({ type: 'run-started', at: ports.now().toISOString(), schemaVersion: 1, ...run, plan: recorded });
  const stop = watchStop(plan.deadlineMs, ports.sleep, signal);
  try {
    await runChecks(plan, ports, stop.signal);
  } finally {
    stop.release();
  }
  ports.emit({
    type: 'run-finished',
    at: ports.now().toISOString(),
    durationMs: elapsedMs(startedMs, ports),
    interruptedBy: interruptedBy(stop.signal),
  });
};

type Ends = ReadonlyMap<string, Promise<CheckEnd>>;

const runChecks = async (plan: Plan, ports: Ports, signal: AbortSignal): Promise<void> => {
  const limits = makeLimits(plan);
  const ends = new Map<string, Promise<CheckEnd>>();
  for (const check of plan.checks) ends.set(check.id, runWhenReady(check, ends, limits, ports, signal));
  await Promise.all(ends.values());
};

const runWhenReady = async (
  check: PlannedCheck,
  ends: Ends,
  limits: Limits,
  ports: Ports,
  signal: AbortSignal,
): Promise<CheckEnd> => {
  if (check.missing.length > 0) {
    return notRun(check, 'missing-credential', `not set: ${check.missing.join(', ')}`, ports);
  }
  if (check.forbidden !== null) return notRun(check, 'not-run', check.forbidden, ports);
  // Needs come before their check in a plan: one that is not there yet is no part of this run, and proves nothing.
  for (const [need, end] of check.needs.map((id) => [id, ends.get(id)] as const)) {
    const outcome = end === undefined ? null : await end;
    if (signal.aborted) break;
    if (!isGood(outcome)) return notRun(check, 'needs-failed', needMessage(need, end, outcome), ports);
  }
  return limits(check, async () => {
    const window = activeWindow(check.maintenance, ports.now());
    if (window !== null) return notRun(check, 'not-run', `it is under maintenance now: ${window.title}`, ports);
    return runCheck(check, ports, signal);
  });
};

const needMessage = (need: string, end: Promise<CheckEnd> | undefined, outcome: CheckEnd): string => {
  if (end === undefined) return `needs "${need}", which is not part of this run`;
  return outcome === null ? `needs "${need}", which was not settled` : `needs "${need}", which ended as ${outcome}`;
};
