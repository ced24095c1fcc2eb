import type { Gate } from '../config/config.ts';
import { TIERS, type Tier, type Verdict } from '../model/outcome.ts';
import type { CheckResult, GateResult } from '../model/run.ts';
import { deadlineState } from './deadline.ts';
import { criterionEffect, verdictOf, type Effect } from './criterion.ts';
import type { Roots } from './roots.ts';
import { sentenceOf } from './sentence.ts';
import { worst } from './verdict.ts';

/** Judges every gate by its criteria and by the gates that it needs, in the order of the plan. */
export const judgeGates = (
  gates: readonly Gate[],
  checks: ReadonlyMap<string, CheckResult>,
  roots: Roots,
  now: Date,
): readonly GateResult[] => {
  const alone = new Map(gates.map((gate) => [gate.id, judgeAlone(gate, checks, roots)]));
  return [...alone.values()].map((gate) => withTime(withNeeds(gate, alone), now));
};

/** A gate that may open has nothing left to do until its deadline. */
const withTime = (gate: GateResult, now: Date): GateResult =>
  holdsDown(gate.verdict) ? { ...gate, deadlineState: deadlineState(gate.deadline, gate.estimateMs ?? 0, now) } : gate;

/** The state of a criterion that the run left out: nothing was looked at. */
const LEFT_OUT: Pick<CheckResult, 'outcome' | 'flaky'> = { outcome: 'skipped', flaky: false };

type Criterion = GateResult['criteria'][number];

const judgeAlone = (gate: Gate, checks: ReadonlyMap<string, CheckResult>, roots: Roots): GateResult => {
  const criteria = gate.criteria.map(({ id, tier }): Criterion => {
    const { outcome, flaky } = checks.get(id) ?? LEFT_OUT;
    const rootOutcome = roots.get(id)?.[0]?.outcome ?? null;
    const waived = isWaived(id, checks, roots);
    const state = { tier, outcome, waived, flaky, rootOutcome, flakyRule: gate.flaky };
    return { id, tier, outcome, waived, effect: criterionEffect(state) };
  });
  const coverage = TIERS.map((tier) => coverageOf(criteria, tier));
  const proved = criteria.some((criterion) => criterion.tier === 'must' && isEvaluated(criterion));
  const verdicts = criteria.map(({ effect }) => verdictOf(effect));
  const sentences = (wanted: Effect) =>
    criteria.filter(({ effect }) => effect === wanted).map(({ id }) => sentenceOf(id, checks.get(id)));
  return {
    id: gate.id,
    title: gate.title,
    owner: gate.owner,
    deadline: gate.deadline,
    deadlineState: null,
    estimateMs: gate.estimateMs,
    verdict: worst([...verdicts, proved ? 'GO' : 'HOLD']),
    criteria,
    needs: gate.needs,
    blockedBy: criteria.filter(({ effect }) => holdsDown(verdictOf(effect))).map(({ id }) => id),
    conditions: sentences('condition'),
    notes: sentences('note'),
    coverage,
  };
};

/** A waiver covers a check, or every failure that blocks one. */
const isWaived = (id: string, checks: ReadonlyMap<string, CheckResult>, roots: Roots): boolean => {
  const check = checks.get(id);
  if (check === undefined) return false;
  if (check.outcome !== 'blocked') return check.waiver !== null;
  const failed = (roots.get(id) ?? []).filter(({ outcome }) => outcome === 'fail');
  return failed.length > 0 && failed.every(({ waiver }) => waiver !== null);
};

/** A gate is never better than those it needs; one that was not judged proves nothing. */
const withNeeds = (gate: GateResult, alone: ReadonlyMap<string, GateResult>): GateResult => {
  const needed = neededBy(gate, alone);
  const verdict = worst([gate.verdict, ...needed.map(({ verdict }) => verdict)]);
  return {
    ...gate,
    verdict,
    blockedBy: [...gate.blockedBy, ...needed.filter(({ verdict }) => holdsDown(verdict)).map(({ id }) => id)],
    conditions: [
      ...gate.conditions,
      ...needed.filter((need) => need.verdict === 'CONDITIONAL').map(({ id }) => `the gate ${id} is CONDITIONAL`),
    ],
  };
};

type NeededGate = { readonly id: string; readonly verdict: Verdict };

/** Every gate that a gate needs, directly or through others, by its own criteria. */
const neededBy = (gate: GateResult, alone: ReadonlyMap<string, GateResult>): readonly NeededGate[] => {
  const ids = new Set(gate.needs);
  // The set grows while it is walked: each gate once, whatever the shape of the graph.
  for (const id of ids) for (const further of alone.get(id)?.needs ?? []) ids.add(further);
  ids.delete(gate.id);
  return [...ids].map((id) => ({ id, verdict: alone.get(id)?.verdict ?? 'HOLD' }));
};

const holdsDown = (verdict: Verdict): boolean => verdict === 'HOLD' || verdict === 'NO-GO';

const isEvaluated = ({ outcome }: Criterion): boolean => outcome === 'pass' || outcome === 'warn' || outcome === 'fail';

const coverageOf = (criteria: readonly Criterion[], tier: Tier): GateResult['coverage'][number] => {
  const of = criteria.filter((criterion) => criterion.tier === tier);
  return {
    tier,
    total: of.length,
    evaluated: of.filter(isEvaluated).length,
    passed: of.filter(({ outcome }) => outcome === 'pass').length,
    waived: of.filter(({ waived }) => waived).length,
  };
};
