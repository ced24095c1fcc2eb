import type { Blocker, CheckResult, Run } from '../../model/run.ts';

/** A blocker with the check that causes it; null when the cause is no check of this run. */
export type Cause = { readonly blocker: Blocker; readonly check: CheckResult | null };

/** The checks of a run by how much a reader must care. Every check is in exactly one part, or under a blocker. */
export type Findings = {
  /** What keeps the verdict at NO-GO or HOLD, in the run's order. */
  readonly blockers: readonly Cause[];
  /** Everything else that is not a clean pass: warnings, flaky passes, failures that no gate insists on. */
  readonly lesser: readonly CheckResult[];
  readonly passing: readonly CheckResult[];
};

/** Everything that a gate can ask for, in plan order: checks, scenarios, manual items. */
export const entriesOf = (run: Run): readonly CheckResult[] => [...run.checks, ...run.scenarios, ...run.manual];

/** Sorts the checks of a run for reading; nothing that is not a clean pass is left out. */
export const findingsOf = (run: Run): Findings => {
  const entries = entriesOf(run);
  const checks = new Map(entries.map((check) => [check.id, check]));
  const blockers = run.blockers
    .filter((blocker) => blocker.verdict === 'NO-GO' || blocker.verdict === 'HOLD')
    .map((blocker) => ({ blocker, check: checks.get(blocker.cause.check) ?? null }));
  const covered = new Set(blockers.flatMap(({ blocker }) => coveredBy(blocker, checks)));
  const clean = (check: CheckResult): boolean => check.outcome === 'pass' && !check.flaky;
  return {
    blockers,
    lesser: entries.filter((check) => !clean(check) && !covered.has(check.id)),
    passing: entries.filter((check) => clean(check) && !covered.has(check.id)),
  };
};

const coveredBy = (blocker: Blocker, checks: ReadonlyMap<string, CheckResult>): readonly string[] => [
  blocker.cause.check,
  ...blocker.same,
  ...blocker.affects.checks.filter((id) => checks.get(id)?.outcome === 'blocked'),
];

/** `attempt 3/3, 4.2 s` needs these; the word for a check's state: its outcome, or `flaky` for a pass that is. */
export const stateOf = (check: CheckResult): CheckResult['outcome'] | 'flaky' =>
  check.outcome === 'pass' && check.flaky ? 'flaky' : check.outcome;
