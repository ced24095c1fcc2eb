import type { Check, Config, Step } from '../config/config.ts';
import type { RunbookSection } from '../model/run.ts';
import type { Plan, PlannedCheck, PlannedScenario, PlannedStep, SectionChoice } from './plan.ts';
import type { Selection } from './select.ts';
import { inOrderOfNeeds, selectChecks } from './select.ts';

/**
 * The plan of a run: the selected checks with all that they need, in an order in which needs come first. Gates stay
 * whole, so that what was left out still counts as not proved. `sections` are the runbook sections by reference, and
 * `choose` says which of them a check may show. With `noExec` nothing that starts
 * a program is looked at. Throws `UsageError` for a selection that names nothing.
 */
export const makePlan = (
  config: Config,
  selection: Selection,
  sections: { readonly [reference: string]: RunbookSection },
  choose: (check: Pick<Check, 'runbook' | 'component'>) => SectionChoice,
  noExec = false,
): Plan => {
  const selected = selectChecks(config, selection);
  const byId = new Map(config.checks.map((check) => [check.id, check]));
  const planned = (check: Check): PlannedCheck => ({
    ...check,
    sections: choose(check),
    forbidden: forbiddenBy(check, noExec),
  });
  const order = inOrderOfNeeds(selected.checks, config);
  const checks = order.flatMap((id): PlannedCheck[] => {
    const check = byId.get(id);
    return check === undefined ? [] : [planned(check)];
  });
  const planStep = (step: Step): PlannedStep => ({
    ...step,
    check: planned(step.check),
    bind: (captured) => {
      const bound = step.bind(captured);
      return bound.ok ? { ok: true, check: planned(bound.check) } : bound;
    },
  });
  const scenarios = config.scenarios
    .filter(({ id }) => selected.checks.has(id))
    .map((scenario): PlannedScenario => {
      const steps = scenario.steps.map(planStep);
      const cleanup = scenario.cleanup.map(planStep);
      const forbidden = [...steps, ...cleanup].find(({ check }) => check.forbidden !== null)?.check.forbidden ?? null;
      return { ...scenario, sections: choose(scenario), forbidden, steps, cleanup };
    });
  const components = [...config.components.values()].map(({ id, title, owner }) => [id, { title, owner }] as const);
  return {
    name: config.name,
    environment: config.environment,
    configDigest: config.digest,
    order,
    checks,
    scenarios,
    gates: selected.gates,
    owners: Object.fromEntries(config.owners),
    components: Object.fromEntries(components),
    sections,
    notSelected: [
      ...config.leftOut,
      ...[...config.checks, ...config.scenarios]
        .filter(({ id }) => !selected.checks.has(id))
        .map(({ id }) => ({ id, why: selected.why })),
    ],
    controls: config.controls,
    // What people attest is known without looking: it is part of every run.
    manual: config.manual.map((item) => ({ ...item, sections: choose(item), configFile: config.file })),
    waivers: config.waivers,
    items: config.items,
    risks: config.risks,
    waiverHorizonMs: config.waiverHorizonMs,
    serviceLevels: config.serviceLevels,
    concurrency: config.concurrency,
    perHost: config.perHost,
    deadlineMs: config.deadlineMs,
  };
};

const forbiddenBy = ({ kind, executes }: Check, noExec: boolean): string | null =>
  executes && noExec ? `${kind} starts a program on this machine, and --no-exec forbids that` : null;
