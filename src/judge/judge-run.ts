import type { RunRecord } from '../execute/event.ts';
import type { Verdict } from '../model/outcome.ts';
import { allChecks } from '../execute/record.ts';
import type { CheckResult, GateResult, ManualResult, Run, ScenarioResult } from '../model/run.ts';
import type { RecordedCheck } from '../plan/plan.ts';
import { findBanners, incompleteText } from './banners.ts';
import { findBlockers } from './blockers.ts';
import { findCauses } from './causes.ts';
import { applyControls } from './controls.ts';
import { findContradictions } from './contradictions.ts';
import { judgeGates } from './gates.ts';
import { lapse } from './lapsed.ts';
import { judgeManual, manualAsCheck } from './manual.ts';
import { judgeCheck } from './outcome.ts';
import { allReasonCodes } from './reason-codes.ts';
import { findReasons } from './reasons.ts';
import { findRepair } from './repair.ts';
import { repetitionTexts } from './repetitions.ts';
import { findRoots } from './roots.ts';
import { asCheck, judgeScenario } from './scenarios.ts';
import { sentenceOf } from './sentence.ts';
import { findValidUntil } from './valid-until.ts';
import { isWorse, worst } from './verdict.ts';
import { judgeWaivers, waivedChecks } from './waivers.ts';
import { falseClaims, judgeRisks, judgeWork, launchDeadline, openWork } from './work.ts';

/** Judges what a run left behind: outcomes, gates, blockers and the verdict. Pure: the same record gives the same run. */
export const judgeRun = (record: RunRecord, now: Date): Run => {
  const { plan } = record;
  const { checks: all, scenarios, manual, waivers, roots } = judgeEntries(record, now);
  const results = [...all.values()];
  const own = new Set(plan.checks.map(({ id }) => id));
  const complete = isComplete(record);
  const gates = judgeGates(plan.gates, all, roots, now);
  const unproven = unprovenText(record, complete);
  const verdict = runVerdict(gates, unproven);
  const causes = findCauses(plannedOf(record), all, gates, roots);
  const best = runVerdict(judgeGates(plan.gates, allRepaired(all), new Map(), now), unproven);
  const work = judgeWork(plan.items, all, { deadline: launchDeadline(gates), now });
  const shown = <Entry extends CheckResult>(entry: Entry): Entry => ({ ...entry, ...settledLater(all.get(entry.id)) });
  return {
    schemaVersion: 1,
    run: headOf(record, complete),
    verdict,
    reasons: findReasons(gates, all, unproven),
    validUntil: isWorse(verdict, 'CONDITIONAL')
      ? null
      : findValidUntil({ checks: criteriaOf(gates, all, scenarios), manual, waivers }, now),
    gates,
    checks: results.filter(({ id }) => own.has(id)),
    scenarios: scenarios.map(shown),
    manual: manual.map(shown),
    waivers,
    work,
    risks: judgeRisks(plan.risks, all),
    blockers: findBlockers(causes, {
      since: (check) => sinceOf(record, check),
      serviceLevels: plan.serviceLevels,
      now,
    }),
    repair: findRepair(causes, best),
    contradictions: [...findContradictions(results), ...falseClaims(work).map((item) => claimText(item, all))],
    banners: [...findBanners(record, complete), ...openWork(work, verdict), ...repetitionTexts(results)],
    notChecked: [...plan.notSelected.map(({ id, why }) => ({ id, why })), ...unseen(results)],
    totals: totalsOf(results),
  };
};

const sinceOf = ({ since }: RunRecord, check: string): string | null =>
  Object.hasOwn(since, check) ? (since[check] ?? null) : null;

/** What is only known of an entry after all of them were judged. */
const settledLater = (check: CheckResult | undefined) => {
  if (check === undefined) return {};
  const { outcome, reasonCode, layer, message, causedBy, waiver } = check;
  return { outcome, reasonCode, layer, message, causedBy, waiver };
};

/** Why a run proves nothing, however good its gates look; null when it may. */
const unprovenText = ({ plan: { shard }, interruptedBy }: RunRecord, complete: boolean): string | null => {
  if (!complete) return incompleteText(interruptedBy);
  if (shard === undefined || shard.count === 1) return null;
  return `this is part ${shard.index} of ${shard.count}; gonogo merge gives the verdict of the whole run`;
};

/** The worst gate; nothing is proved without one, nor by a run that is not whole. */
const runVerdict = (gates: readonly GateResult[], unproven: string | null): Verdict =>
  worst([...gates.map(({ verdict }) => verdict), gates.length > 0 && unproven === null ? 'GO' : 'HOLD']);

const judgeEntries = (record: RunRecord, now: Date) => {
  const { plan } = record;
  const scenarios = plan.scenarios.map((one) => lapse(judgeScenario(one, record), now));
  const manual = plan.manual.map((one) => judgeManual(one, plan, now));
  const judged = [
    ...plan.checks.map((check) => lapse(judgeCheck(check, record.checks.get(check.id), record), now)),
    ...scenarios.map(withoutSteps),
    ...manual.map(withoutSignOffs),
  ];
  const alone = new Map(applyControls(judged, plan.controls).map((check) => [check.id, check]));
  const codes = allReasonCodes(record, scenarios);
  const waivers = judgeWaivers(plan, alone, codes, now);
  const waived = waivedChecks(waivers, alone, codes);
  const accepted = new Map([...alone].map(([id, check]) => [id, { ...check, waiver: waived.get(id) ?? null }]));
  const roots = findRoots(plannedOf(record), accepted);
  const checks = new Map<string, CheckResult>(
    [...accepted].map(([id, check]) => [id, { ...check, causedBy: roots.get(id)?.[0]?.id ?? null }]),
  );
  return { checks, scenarios, manual, waivers, roots };
};

/** Everything that can be a criterion, in plan order. */
const plannedOf = ({ plan }: RunRecord): readonly RecordedCheck[] => [
  ...plan.checks,
  ...plan.scenarios.map(asCheck),
  ...plan.manual.map(manualAsCheck),
];

const claimText = (
  { id, group, missing }: ReturnType<typeof falseClaims>[number],
  checks: ReadonlyMap<string, CheckResult>,
): Run['contradictions'][number] => {
  const [first = ''] = missing;
  const evidence = checks.get(first);
  const says = sentenceOf(first, evidence === undefined ? evidence : { ...evidence, waiver: null });
  return {
    component: group ?? id,
    claim: { check: id, says: 'it is done' },
    evidence: { check: first, says: evidence?.message ?? 'nothing' },
    message: `${id} is claimed to be done, and its acceptance says otherwise: ${says}`,
  };
};

const withoutSignOffs = (item: ManualResult): CheckResult => {
  const { signOffs: _, choice: __, due: ___, ...check } = item;
  return check;
};

const withoutSteps = (scenario: ScenarioResult): CheckResult => {
  const { steps: _, cleanup: __, ...check } = scenario;
  return check;
};

const isComplete = ({ plan, checks, finishedAt, interruptedBy }: RunRecord): boolean =>
  finishedAt !== null &&
  interruptedBy === null &&
  allChecks(plan).every(({ id }) => {
    const check = checks.get(id);
    return check !== undefined && (check.finished || check.notRun !== null || check.leftOut !== null);
  });

const allRepaired = (checks: ReadonlyMap<string, CheckResult>): ReadonlyMap<string, CheckResult> =>
  new Map([...checks].map(([id, check]) => [id, { ...check, outcome: 'pass', flaky: false }]));

/** The criteria of all gates, a scenario with its steps. */
const criteriaOf = (
  gates: readonly GateResult[],
  checks: ReadonlyMap<string, CheckResult>,
  scenarios: readonly ScenarioResult[],
): readonly (CheckResult | ScenarioResult)[] => {
  const entries = new Map<string, CheckResult | ScenarioResult>([
    ...checks,
    ...scenarios.map((one) => [one.id, one] as const),
  ]);
  return gates.flatMap(({ criteria }) => criteria.flatMap(({ id }) => entries.get(id) ?? []));
};

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
