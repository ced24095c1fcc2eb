import type { Verdict } from '../model/outcome.ts';
import type { CheckResult, GateResult } from '../model/run.ts';
import type { RecordedCheck } from '../plan/plan.ts';
import { criterionEffect, verdictOf } from './criterion.ts';
import type { Roots } from './roots.ts';
import { isOfTheHost } from './of-the-host.ts';
import { isWorse, worst } from './verdict.ts';

/** A root cause: checks that broke alike at one place, what they hold up, and how far down. */
export type Cause = {
  /** The first of the checks in plan order stands for all of them. */
  readonly check: CheckResult;
  /** All that broke alike, `check` first, and then all that waits for it: a cause is as urgent as any of them. */
  readonly held: readonly RecordedCheck[];
  /** Other checks with the same host, layer and reason code. */
  readonly same: readonly string[];
  /** Checks that could not be looked at because of it. */
  readonly blocked: readonly string[];
  /** Gates that this cause keeps at HOLD or NO-GO, those that need them included. */
  readonly gates: readonly GateResult[];
  /** The verdict that this cause alone leads to. */
  readonly verdict: Verdict;
};

/**
 * Every root cause that keeps a gate from GO, in plan order. A check is a cause when it is not good by itself;
 * what a blocked criterion does to its gate is charged to each cause that blocks it.
 */
export const findCauses = (
  planned: readonly RecordedCheck[],
  checks: ReadonlyMap<string, CheckResult>,
  gates: readonly GateResult[],
  roots: Roots,
): readonly Cause[] => {
  const groups = new Map<string, [RecordedCheck, ...RecordedCheck[]]>();
  for (const check of planned) {
    const result = checks.get(check.id);
    // What passed costs no gate anything; most checks of a large run did.
    if (result === undefined || (result.outcome === 'pass' && !result.flaky)) continue;
    const key = groupKey(check, result, roots);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [check]);
    else group.push(check);
  }
  const byId = new Map(planned.map((check) => [check.id, check]));
  const readings = gates.map(({ id, criteria }) => ({ id, criteria: Map.groupBy(criteria, (one) => one.id) }));
  const waiting = waitingFor(roots);
  return [...groups.values()].flatMap((group) => {
    const cause = causeOf(group, { planned: byId, checks, gates, roots, readings, waiting });
    return cause === null ? [] : [cause];
  });
};

/** What a cause is judged by; made once, for a bad night has thousands of causes. */
type Ground = {
  readonly planned: ReadonlyMap<string, RecordedCheck>;
  readonly checks: ReadonlyMap<string, CheckResult>;
  readonly gates: readonly GateResult[];
  readonly roots: Roots;
  readonly readings: readonly Reading[];
  /** Those that wait for a check, by its id, each with its place in plan order. */
  readonly waiting: ReadonlyMap<string, readonly Waiter[]>;
};

/** A gate with its criteria by what they name. */
type Reading = { readonly id: string; readonly criteria: ReadonlyMap<string, GateResult['criteria']> };

type Waiter = { readonly id: string; readonly place: number };

const waitingFor = (roots: Roots): Ground['waiting'] => {
  const waiting = new Map<string, Waiter[]>();
  for (const [place, [id, causes]] of [...roots].entries()) {
    for (const cause of causes) {
      const known = waiting.get(cause.id);
      if (known === undefined) waiting.set(cause.id, [{ id, place }]);
      else known.push({ id, place });
    }
  }
  return waiting;
};

/** The same host, layer and reason code are one cause where the code tells of the host; null for a check that is none. */
const groupKey = (planned: RecordedCheck, check: CheckResult | undefined, roots: Roots): string | null => {
  if (check === undefined || (roots.get(planned.id) ?? []).length > 0) return null;
  const { host } = planned;
  if (host === null || !isOfTheHost(check.reasonCode, check.layer)) return planned.id;
  return JSON.stringify([host, check.layer, check.reasonCode, check.outcome]);
};

const causeOf = (
  [first, ...others]: readonly [RecordedCheck, ...RecordedCheck[]],
  { planned, checks, gates, roots, readings, waiting }: Ground,
): Cause | null => {
  const check = checks.get(first.id);
  if (check === undefined) return null;
  const ids = new Set([first, ...others].map(({ id }) => id));
  const waiters = [...ids].flatMap((id) => waiting.get(id) ?? []).toSorted((a, b) => a.place - b.place);
  const blocked = [...new Set(waiters.map(({ id }) => id))];
  const touched = new Set([...ids, ...blocked]);
  const charges = readings.map((gate) => ({ id: gate.id, verdict: chargeOf(gate, touched, ids, roots, check) }));
  const verdict = worst(charges.map((charge) => charge.verdict));
  if (verdict === 'GO') return null;
  const held = charges.filter((charge) => isWorse(charge.verdict, 'CONDITIONAL')).map(({ id }) => id);
  return {
    check,
    held: [first, ...others, ...blocked.flatMap((id) => planned.get(id) ?? [])],
    same: others.map(({ id }) => id),
    blocked,
    gates: withDependents(gates, held),
    verdict,
  };
};

/** What a cause alone makes of a gate, through its own checks and through those that it blocks: `touched` is both. */
const chargeOf = (
  { criteria }: Reading,
  touched: ReadonlySet<string>,
  causes: ReadonlySet<string>,
  roots: Roots,
  { outcome: rootOutcome }: CheckResult,
): Verdict =>
  worst(
    [...touched]
      .flatMap((touchedId) => criteria.get(touchedId) ?? [])
      .map(({ id, tier, effect }) => {
        if (causes.has(id)) return verdictOf(effect);
        const own = (roots.get(id) ?? []).filter((root) => causes.has(root.id));
        const waived = own.every(({ waiver }) => waiver !== null);
        const state = { tier, outcome: 'blocked', waived, flaky: false, rootOutcome, flakyRule: 'ignore' } as const;
        return verdictOf(criterionEffect(state));
      }),
  );

/** The gates of these ids and all that need them, in plan order. */
const withDependents = (gates: readonly GateResult[], ids: readonly string[]): readonly GateResult[] => {
  const found = new Set(ids);
  // The set grows while it is walked: each gate once, whatever the shape of the graph.
  for (const id of found) for (const gate of gates) if (gate.needs.includes(id)) found.add(gate.id);
  return gates.filter(({ id }) => found.has(id));
};
