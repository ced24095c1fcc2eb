import type { RunRecord } from '../execute/event.ts';
import type { Outcome } from '../model/outcome.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { ScenarioResult } from '../model/run.ts';
import type { RecordedCheck, RecordedScenario } from '../plan/plan.ts';
import { reasonCodesOf } from './outcome.ts';

/** By id of a check or scenario: every reason for which it is not a pass. A waiver has to cover them all. */
export type ReasonCodes = ReadonlyMap<string, readonly ReasonCode[]>;

export const allReasonCodes = (record: RunRecord, scenarios: readonly ScenarioResult[]): ReasonCodes => {
  const codesOf = (check: RecordedCheck) => reasonCodesOf(check, record.checks.get(check.id), record.interruptedBy);
  const byId = new Map(scenarios.map((one) => [one.id, one]));
  return new Map([
    ...record.plan.checks.map((check) => [check.id, codesOf(check)] as const),
    ...record.plan.scenarios.map((one) => [one.id, stepCodes(one, byId.get(one.id), codesOf)] as const),
  ]);
};

/**
 * Why the steps of a scenario failed. None where a step is not known to have failed or passed: nobody can accept what
 * nobody saw. A blocked step only repeats the one that blocks it, and a warning needs no waiver.
 */
const stepCodes = (
  { steps, cleanup }: RecordedScenario,
  judged: ScenarioResult | undefined,
  codesOf: (check: RecordedCheck) => readonly ReasonCode[],
): readonly ReasonCode[] => {
  const results = [...(judged?.steps ?? []), ...(judged?.cleanup ?? [])].filter(({ leftOut }) => !leftOut);
  if (results.some(({ outcome }) => UNSEEN.has(outcome))) return [];
  const failed = new Set(results.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id));
  const codes = [...steps, ...cleanup]
    .filter(({ check }) => failed.has(check.id))
    .flatMap(({ check }) => codesOf(check));
  return [...new Set(codes)];
};

const UNSEEN: ReadonlySet<Outcome> = new Set<Outcome>(['unknown', 'skipped']);
