import type { RunRecord } from '../execute/event.ts';
import type { Verdict } from '../model/outcome.ts';
import { allChecks } from '../execute/record.ts';
import type { CheckResult, GateResult, Run, ScenarioResult } from '../model/run.ts';
import type { RecordedCheck } from '../plan/plan.ts';
import { findBanners, incompleteText } from './banners.ts';
import { findBlockers } from './blockers.ts';
import { findCauses } from './causes.ts';
import { applyControls } from './controls.ts';
import { findContradictions } from './contradictions.ts';
import { judgeGates } from './gates.ts';
import { judgeCheck } from './outcome.ts';
import { findReasons } from './reasons.ts';
import { findRepair } from './repair.ts';
import { findRoots } from './roots.ts';
import { asCheck, judgeScenario } from './scenarios.ts';
import { findValidUntil } from './valid-until.ts';
import { isWorse, worst } from './verdict.ts';

/** Judges what a run left behind: outcomes, gates, blockers and the verdict. Pure: the same record gives the same run. */
export const judgeRun = (record: RunRecord, now: Date): Run => {
  const { plan } = record;
  const { checks, scenarios, roots } = judgeChecks(record);
  const results = [...checks.values()];
  const flows = new Map(scenarios.map((one) => [one.id, one]));
  const planned = plannedOf(record);
  const complete = isComplete(record);
  const gates = judgeGates(plan.gates, checks, roots);
  const verdict = runVerdict(gates, complete);
  const causes = findCauses(planned, checks, gates, roots);
  const best = runVerdict(judgeGates(plan.gates, allRepaired(checks), new Map()), complete);
  return {
    schemaVersion: 1,
    run: headOf(record, complete),
    verdict,
    reasons: findReasons(gates, checks, complete ? null : incompleteText(record.interruptedBy)),
    validUntil: isWorse(verdict, 'CONDITIONAL') ? null : findValidUntil(criteriaOf(gates, checks), now),
    gates,
    checks: results.filter(({ id }) => !flows.has(id)),
    scenarios: scenarios.map((one) => ({ ...one, causedBy: checks.get(one.id)?.causedBy ?? null })),
    blockers: findBlockers(causes),
    repair: findRepair(causes, best),
    contradictions: findContradictions(results),
    banners: findBanners(record, complete),
    notChecked: [...plan.notSelected.map(({ id, why }) => ({ id, why })), ...unseen(results)],
    totals: totalsOf(results),
  };
};

/** The worst gate; nothing is proved without one, nor by a run that did not come to its end. */
const runVerdict = (gates: readonly GateResult[], complete: boolean): Verdict =>
  worst([...gates.map(({ verdict }) => verdict), gates.length > 0 && complete ? 'GO' : 'HOLD']);

const judgeChecks = (record: RunRecord) => {
  const planned = plannedOf(record);
  const scenarios = record.plan.scenarios.map((one) => judgeScenario(one, record));
  const judged = [
    ...record.plan.checks.map((check) => judgeCheck(check, record.checks.get(check.id), record)),
    ...scenarios.map(withoutSteps),
  ];
  const alone = new Map(applyControls(judged, record.plan.controls).map((check) => [check.id, check]));
  const roots = findRoots(planned, alone);
  const checks = new Map<string, CheckResult>();
  for (const [id, check] of alone) checks.set(id, { ...check, causedBy: roots.get(id)?.[0]?.id ?? null });
  return { checks, scenarios, roots };
};

/** Everything that can be a criterion, in plan order. */
const plannedOf = ({ plan }: RunRecord): readonly RecordedCheck[] => [...plan.checks, ...plan.scenarios.map(asCheck)];

const withoutSteps = ({ steps: _, cleanup: __, ...scenario }: ScenarioResult): CheckResult => scenario;

const isComplete = ({ plan, checks, finishedAt, interruptedBy }: RunRecord): boolean =>
  finishedAt !== null &&
  interruptedBy === null &&
  allChecks(plan).every(({ id }) => {
    const check = checks.get(id);
    return check !== undefined && (check.finished || check.notRun !== null || check.leftOut !== null);
  });

const allRepaired = (checks: ReadonlyMap<string, CheckResult>): ReadonlyMap<string, CheckResult> =>
  new Map([...checks].map(([id, check]) => [id, { ...check, outcome: 'pass', flaky: false }]));

const criteriaOf = (gates: readonly GateResult[], checks: ReadonlyMap<string, CheckResult>): readonly CheckResult[] =>
  gates.flatMap(({ criteria }) => criteria.flatMap(({ id }) => checks.get(id) ?? []));

const headOf = (record: RunRecord, complete: boolean): Run['run'] => ({
  id: record.runId,
  name: record.plan.name,
  environment: record.plan.environment,
  startedAt: record.startedAt,
  finishedAt: record.finishedAt,
  durationMs: record.durationMs,
  complete,
  interruptedBy: record.interruptedBy,
  tool: record.tool,
  configDigest: record.plan.configDigest,
});

/** What this run says nothing about although it was asked. */
const unseen = (checks: readonly CheckResult[]): Run['notChecked'] =>
  checks
    .filter(({ outcome }) => outcome === 'unknown' || outcome === 'skipped' || outcome === 'blocked')
    .map(({ id, message, causedBy }) => ({ id, why: causedBy === null ? message : `blocked by ${causedBy}` }));

const totalsOf = (checks: readonly CheckResult[]): Run['totals'] => {
  const count = (outcome: CheckResult['outcome']): number => checks.filter((check) => check.outcome === outcome).length;
  return {
    checks: checks.length,
    pass: count('pass'),
    warn: count('warn'),
    fail: count('fail'),
    unknown: count('unknown'),
    blocked: count('blocked'),
    skipped: count('skipped'),
    flaky: checks.filter(({ flaky }) => flaky).length,
  };
};
