import type { Captured } from '../config/config.ts';
import { evaluate } from '../matchers/evaluate.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PlannedScenario, PlannedStep } from '../plan/plan.ts';
import { newSession, type Session } from '../probes/session.ts';
import type { Limits } from './limits.ts';
import type { Ports } from './ports.ts';
import { isGood } from './retry.ts';
import { notRun, runCheck, type CheckEnd } from './run-check.ts';
import { watchStop } from './stop.ts';

/** Cleaning up may take this long after everything else has stopped. */
const CLEANUP_MS = 60_000;

/** What a scenario has so far: its session and what its steps captured. Shared with nobody else. */
type Flow = { readonly session: Session; captured: Captured };

/**
 * Does the steps of a scenario in order, and its cleanup whatever came before: also when the run is stopped. A step
 * that is not good leaves the rest blocked. Answers what the scenario came to; null when it was not settled.
 */
export const runScenario = async (
  scenario: PlannedScenario,
  limits: Limits,
  ports: Ports,
  signal: AbortSignal,
): Promise<CheckEnd> => {
  const flow: Flow = { session: newSession(), captured: {} };
  const stop = watchStop(scenario.withinMs, ports.sleep, signal);
  const steps = await runSteps(scenario.steps, flow, limits, ports, stop.signal).finally(stop.release);
  const cleaning = watchStop(CLEANUP_MS, ports.sleep, new AbortController().signal);
  const cleanup = await runCleanup(scenario.cleanup, flow, limits, ports, cleaning.signal).finally(cleaning.release);
  return worstEnd([...steps, ...cleanup]);
};

const runSteps = async (
  steps: readonly PlannedStep[],
  flow: Flow,
  limits: Limits,
  ports: Ports,
  signal: AbortSignal,
): Promise<readonly CheckEnd[]> => {
  const ends: CheckEnd[] = [];
  let broken: { readonly name: string; readonly end: CheckEnd } | null = null;
  for (const step of steps) {
    if (broken !== null) {
      const why = broken.end === null ? 'was not settled' : `ended as ${broken.end}`;
      ends.push(notRun(step.check, 'needs-failed', `the step "${broken.name}" ${why}`, ports));
      continue;
    }
    const end = await runStep(step, flow, limits, ports, signal);
    if (end === 'left out') continue;
    ends.push(end);
    if (!isGood(end) && !step.keepGoing) broken = { name: step.name, end };
  }
  return ends;
};

/** A cleanup step is done whatever became of the others; one for which nothing was captured has nothing to clean up. */
const runCleanup = async (
  steps: readonly PlannedStep[],
  flow: Flow,
  limits: Limits,
  ports: Ports,
  signal: AbortSignal,
): Promise<readonly CheckEnd[]> => {
  const ends: CheckEnd[] = [];
  for (const step of steps) {
    const absent = step.uses.find((name) => !Object.hasOwn(flow.captured, name));
    if (absent !== undefined) {
      leaveOut(step, `there is nothing to clean up: "${absent}" was never captured`, ports);
      continue;
    }
    const end = await runStep(step, flow, limits, ports, signal);
    if (end !== 'left out') ends.push(end);
  }
  return ends;
};

const leaveOut = ({ check }: PlannedStep, message: string, ports: Ports): void =>
  ports.emit({ type: 'step-left-out', at: ports.now().toISOString(), id: check.id, message });

const runStep = async (
  step: PlannedStep,
  flow: Flow,
  limits: Limits,
  ports: Ports,
  signal: AbortSignal,
): Promise<CheckEnd | 'left out'> => {
  const unmet = unmetCondition(step, flow.captured, ports.now());
  if (unmet !== null) {
    leaveOut(step, unmet, ports);
    return 'left out';
  }
  const bound = step.bind(flow.captured);
  if (!bound.ok) return notRun(step.check, 'not-run', bound.problem, ports);
  const { check } = bound;
  if (step.uses.length > 0) {
    const { target, tryCommand } = check;
    ports.emit({
      type: 'step-bound',
      at: ports.now().toISOString(),
      id: check.id,
      ...ports.redact({ target, tryCommand }),
    });
  }
  const part = {
    session: flow.session,
    captures: step.captures,
    take: (captured: Captured): void => {
      flow.captured = { ...flow.captured, ...captured };
    },
  };
  return limits(check, () => runCheck(check, ports, signal, part));
};

/** Why a step is left out: a condition that does not hold; null when it is to be done. */
const unmetCondition = ({ condition }: PlannedStep, captured: Captured, now: Date): string | null => {
  for (const expectation of condition ?? []) {
    const value = Object.hasOwn(captured, expectation.fact) ? captured[expectation.fact] : undefined;
    const facts = value === undefined ? {} : { value };
    const { held, explanation } = evaluate({ ...expectation, fact: 'value' }, facts, now);
    if (!held) return `its condition does not hold: ${expectation.fact}: ${explanation}`;
  }
  return null;
};

const SEVERITY: readonly (Outcome | null)[] = ['pass', 'warn', 'skipped', 'blocked', 'unknown', null, 'fail'];

/** Nothing that was done proves nothing. */
const worstEnd = (ends: readonly CheckEnd[]): CheckEnd =>
  ends.reduce<CheckEnd>(
    (worst, end) => (SEVERITY.indexOf(end) > SEVERITY.indexOf(worst) ? end : worst),
    ends.length === 0 ? null : 'pass',
  );
