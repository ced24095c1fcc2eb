import type { Window } from '../config/config.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import { activeWindow } from '../plan/maintenance.ts';
import type { Plan, PlannedCheck, PlannedScenario } from '../plan/plan.ts';
import { elapsedMs } from './attempt.ts';
import type { RunEvent } from './event.ts';
import { makeLimits, type Limits } from './limits.ts';
import type { Ports } from './ports.ts';
import { toRecordedPlan } from './record.ts';
import { redactPlan } from './redact.ts';
import { isGood } from './retry.ts';
import { notRun, runCheck, type CheckEnd } from './run-check.ts';
import { runScenario } from './run-scenario.ts';
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
  const work = new Map<string, () => Promise<CheckEnd>>([
    ...plan.checks.map((check) => [check.id, () => startCheck(check, ends, limits, ports, signal)] as const),
    ...plan.scenarios.map((one) => [one.id, () => startScenario(one, ends, limits, ports, signal)] as const),
  ]);
  // Needs come before what needs them, so that each finds the ends that it waits for.
  for (const id of plan.order) {
    const begin = work.get(id);
    if (begin !== undefined) ends.set(id, begin());
  }
  await Promise.all(ends.values());
};

const startCheck = async (
  check: PlannedCheck,
  ends: Ends,
  limits: Limits,
  ports: Ports,
  signal: AbortSignal,
): Promise<CheckEnd> => {
  const obstacle = await obstacleTo(check, ends, signal);
  if (obstacle !== null) return notRun(check, obstacle.code, obstacle.message, ports);
  return limits(check, async () => {
    const window = activeWindow(check.maintenance, ports.now());
    if (window !== null) return notRun(check, 'not-run', maintenanceText(window), ports);
    return runCheck(check, ports, signal);
  });
};

const startScenario = async (
  scenario: PlannedScenario,
  ends: Ends,
  limits: Limits,
  ports: Ports,
  signal: AbortSignal,
): Promise<CheckEnd> => {
  const leaveAll = ({ code, message }: Obstacle): null => {
    for (const { check } of [...scenario.steps, ...scenario.cleanup]) notRun(check, code, message, ports);
    return null;
  };
  const obstacle = await obstacleTo(scenario, ends, signal);
  if (obstacle !== null) return leaveAll(obstacle);
  return limits({ mutex: scenario.mutex, host: null, heavy: false, unlimited: true }, async () => {
    const window = activeWindow(scenario.maintenance, ports.now());
    if (window !== null) return leaveAll({ code: 'not-run', message: maintenanceText(window) });
    return runScenario(scenario, limits, ports, signal);
  });
};

const maintenanceText = ({ title }: Window): string => `it is under maintenance now: ${title}`;

/** Why something cannot begin; null when it can. */
type Obstacle = { readonly code: ReasonCode; readonly message: string };

const obstacleTo = async (
  { missing, forbidden, needs }: Pick<PlannedCheck, 'missing' | 'forbidden' | 'needs'>,
  ends: Ends,
  signal: AbortSignal,
): Promise<Obstacle | null> => {
  if (missing.length > 0) return { code: 'missing-credential', message: `not set: ${missing.join(', ')}` };
  if (forbidden !== null) return { code: 'not-run', message: forbidden };
  // One that is not there yet is no part of this run, and proves nothing.
  for (const [need, end] of needs.map((id) => [id, ends.get(id)] as const)) {
    const outcome = end === undefined ? null : await end;
    if (signal.aborted) return null;
    if (!isGood(outcome)) return { code: 'needs-failed', message: needMessage(need, end, outcome) };
  }
  return null;
};

const needMessage = (need: string, end: Promise<CheckEnd> | undefined, outcome: CheckEnd): string => {
  if (end === undefined) return `needs "${need}", which is not part of this run`;
  return outcome === null ? `needs "${need}", which was not settled` : `needs "${need}", which ended as ${outcome}`;
};
