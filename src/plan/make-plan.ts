import type { Check, Config } from '../config/config.ts';
import type { RunbookSection } from '../model/run.ts';
import type { Plan, PlannedCheck, SectionChoice } from './plan.ts';
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
  choose: (check: Check) => SectionChoice,
  noExec = false,
): Plan => {
  const selected = selectChecks(config, selection);
  const byId = new Map(config.checks.map((check) => [check.id, check]));
  const checks = inOrderOfNeeds(selected.checks, config).flatMap((id): PlannedCheck[] => {
    const check = byId.get(id);
    return check === undefined ? [] : [{ ...check, sections: choose(check), forbidden: forbiddenBy(check, noExec) }];
  });
  const components = [...config.components.values()].map(({ id, title, owner }) => [id, { title, owner }] as const);
  return {
    name: config.name,
    environment: config.environment,
    configDigest: config.digest,
    checks,
    gates: selected.gates,
    owners: Object.fromEntries(config.owners),
    components: Object.fromEntries(components),
    sections,
    notSelected: [
      ...config.leftOut,
      ...config.checks.filter(({ id }) => !selected.checks.has(id)).map(({ id }) => ({ id, why: selected.why })),
    ],
    controls: config.controls,
    concurrency: config.concurrency,
    perHost: config.perHost,
    deadlineMs: config.deadlineMs,
  };
};

const forbiddenBy = ({ kind, executes }: Check, noExec: boolean): string | null =>
  executes && noExec ? `${kind} starts a program on this machine, and --no-exec forbids that` : null;
