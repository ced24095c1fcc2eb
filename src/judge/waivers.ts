import type { Waiver } from '../config/readiness/waivers.ts';
import { parseInstant } from '../matchers/instant.ts';
import type { CheckResult, WaiverResult } from '../model/run.ts';
import type { RecordedPlan } from '../plan/plan.ts';
import type { ReasonCodes } from './reason-codes.ts';

/** What a waiver of the file comes to in this run. */
type State = WaiverResult['state'];

/** Every waiver with its state: in force, out of date, or without anything to accept. */
export const judgeWaivers = (
  plan: Pick<RecordedPlan, 'waivers' | 'waiverHorizonMs'>,
  checks: ReadonlyMap<string, CheckResult>,
  codes: ReasonCodes,
  now: Date,
): readonly WaiverResult[] =>
  plan.waivers.map((waiver) => ({ ...waiver, state: stateOf(waiver, plan.waiverHorizonMs, checks, codes, now) }));

const stateOf = (
  waiver: Waiver,
  horizonMs: number,
  checks: ReadonlyMap<string, CheckResult>,
  codes: ReasonCodes,
  now: Date,
): State => {
  const expires = parseInstant(waiver.expires) ?? Number.NEGATIVE_INFINITY;
  if (expires <= now.getTime()) return 'expired';
  if (expires > now.getTime() + horizonMs) return 'beyond-horizon';
  const check = checks.get(waiver.check);
  if (check === undefined) return 'not-evaluated';
  if (check.outcome === 'pass' || check.outcome === 'warn') return 'stale';
  if (check.outcome !== 'fail') return 'not-evaluated';
  return (codes.get(waiver.check) ?? []).includes(waiver.reasonCode) ? 'in-force' : 'other-reason';
};

/** The failed checks whose every reason is accepted by a waiver that is in force, with the first of these waivers. */
export const waivedChecks = (
  waivers: readonly WaiverResult[],
  checks: ReadonlyMap<string, CheckResult>,
  codes: ReasonCodes,
): ReadonlyMap<string, WaiverResult> => {
  const inForce = Map.groupBy(
    waivers.filter(({ state }) => state === 'in-force'),
    ({ check }) => check,
  );
  return new Map(
    [...inForce].flatMap(([id, own]) => {
      const accepted = new Set(own.map(({ reasonCode }) => reasonCode));
      const reasons = codes.get(id) ?? [];
      const [first] = own;
      const whole =
        checks.get(id)?.outcome === 'fail' && reasons.length > 0 && reasons.every((code) => accepted.has(code));
      return whole && first !== undefined ? [[id, first] as const] : [];
    }),
  );
};
