import type { Outcome } from '../model/outcome.ts';
import type { PlannedScenario, PlannedStep } from '../plan/plan.ts';
import { cleanUp, watchCleanup } from './clean-up.ts';
import type { Limits } from './limits.ts';
import type { Ports } from './ports.ts';
import { isGood } from './retry.ts';
import { notRun, type CheckEnd } from './run-check.ts';
import { newFlow, runStep, type Flow, type StepWorld } from './run-step.ts';
import { watchStop } from './stop.ts';

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
  const flow = newFlow();
  const stop = watchStop(scenario.withinMs, ports.sleep, signal);
  const steps = await runSteps(scenario.steps, flow, { limits, ports, signal: stop.signal }).finally(stop.release);
  const cleaning = watchCleanup(signal, ports.sleep);
  const world = { limits, ports, signal: cleaning.signal };
  const cleanup = await cleanUp(scenario.cleanup, flow, world).finally(cleaning.release);
  // Nothing that was done proves nothing, however well it was cleaned up.
  return worstEnd(steps.length === 0 ? [null, ...cleanup] : [...steps, ...cleanup]);
};

const runSteps = async (steps: readonly PlannedStep[], flow: Flow, world: StepWorld): Promise<readonly CheckEnd[]> => {
  const ends: CheckEnd[] = [];
  let broken: { readonly name: string; readonly end: CheckEnd } | null = null;
  for (const step of steps) {
    if (broken !== null) {
      const why = broken.end === null ? 'was not settled' : `ended as ${broken.end}`;
      ends.push(notRun(step.check, 'needs-failed', `the step "${broken.name}" ${why}`, world.ports));
      continue;
    }
    const end = await runStep(step, flow, world);
    if (end === 'left out') continue;
    ends.push(end);
    if (!isGood(end) && !step.keepGoing) broken = { name: step.name, end };
  }
  return ends;
};

const SEVERITY: readonly (Outcome | null)[] = ['pass', 'warn', 'skipped', 'blocked', 'unknown', null, 'fail'];

const worstEnd = (ends: readonly CheckEnd[]): CheckEnd =>
  ends.reduce<CheckEnd>((worst, end) => (SEVERITY.indexOf(end) > SEVERITY.indexOf(worst) ? end : worst), 'pass');
