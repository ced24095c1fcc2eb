import type { Capture } from '../../src/config/config.ts';
import { runScenario } from '../../src/execute/run-scenario.ts';
import { makeLimits } from '../../src/execute/limits.ts';
import type { Ports } from '../../src/execute/ports.ts';
import type { PlannedCheck, PlannedScenario, PlannedStep } from '../../src/plan/plan.ts';
import { literalWorld, never, plannedCheck } from './literals.ts';

/** A capture of `$.NAME`. */
export const capture = (name: string, secret = false): Capture => ({
  name,
  from: { kind: 'fact', fact: `$.${name}`, pattern: null },
  secret,
  source: { file: 'gonogo.yaml', line: 7, column: 9 },
});

/** A step `flow/NAME` that asks for status 200 and is bound as it is. */
export const plannedStep = (
  name: string,
  more: Partial<PlannedStep> = {},
  check: Partial<PlannedCheck> = {},
): PlannedStep => {
  const planned = plannedCheck(`flow/${name}`, check);
  return {
    name,
    check: planned,
    captures: [],
    uses: [],
    condition: null,
    keepGoing: false,
    bind: () => ({ ok: true, check: planned }),
    ...more,
  };
};

/** A scenario `flow` of these steps. */
export const plannedScenario = (
  steps: readonly PlannedStep[],
  cleanup: readonly PlannedStep[] = [],
  more: Partial<PlannedScenario> = {},
): PlannedScenario => ({
  id: 'flow',
  title: 'Flow',
  component: null,
  owner: null,
  tags: [],
  needs: [],
  mutex: null,
  maintenance: [],
  runbook: null,
  priority: null,
  deadline: null,
  missing: [],
  source: { file: 'gonogo.yaml', line: 1, column: 1 },
  withinMs: null,
  sections: { own: null, byCode: {}, default: null },
  forbidden: null,
  steps,
  cleanup,
  ...more,
});

/** Does a scenario in a literal world, in which these limits and this signal hold. */
export const doScenario = async (
  scenario: PlannedScenario,
  observe: Ports['observe'],
  more: Partial<Ports> = {},
  signal: AbortSignal = never,
) => {
  const world = literalWorld(observe, more);
  const limits = makeLimits({ concurrency: 64, perHost: 64 });
  const end = await runScenario(scenario, limits, world.ports, signal);
  const told = world.events.flatMap((event) => {
    if (event.type === 'step-left-out') return [`${event.id} left out: ${event.message}`];
    if (event.type === 'check-not-run') return [`${event.id} ${event.code}: ${event.message}`];
    return event.type === 'check-finished' ? [`${event.id} done`] : [];
  });
  return { ...world, end, told };
};
