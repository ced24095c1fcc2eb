import type { Outcome } from '../model/outcome.ts';
import type { CheckResult } from '../model/run.ts';
import { isGood } from '../execute/retry.ts';

/** The checks at the root of each blocked one, worst first, by the id of the blocked one. */
export type Roots = ReadonlyMap<string, readonly CheckResult[]>;

type Needs = { readonly id: string; readonly needs: readonly string[] };

/** Follows the needs of every blocked check to the checks that are bad by themselves. */
export const findRoots = (planned: readonly Needs[], checks: ReadonlyMap<string, CheckResult>): Roots => {
  const needs = new Map(planned.map((check) => [check.id, check.needs]));
  const roots = new Map<string, readonly CheckResult[]>();
  for (const [id, check] of checks) {
    if (check.outcome === 'blocked') roots.set(id, worstFirst(badRoots(id, needs, checks)));
  }
  return roots;
};

const badRoots = (
  blocked: string,
  needs: ReadonlyMap<string, readonly string[]>,
  checks: ReadonlyMap<string, CheckResult>,
): readonly CheckResult[] => {
  const seen = new Set([blocked]);
  const found: CheckResult[] = [];
  // A set grows while it is walked: each check once, whatever the shape of the graph.
  for (const id of seen) {
    for (const need of needs.get(id) ?? []) {
      const check = checks.get(need);
      if (check === undefined || isGood(check.outcome) || seen.has(need)) continue;
      if (check.outcome === 'blocked') seen.add(need);
      else if (!found.includes(check)) found.push(check);
    }
  }
  return found;
};

const SEVERITY: readonly Outcome[] = ['fail', 'unknown', 'skipped'];

const worstFirst = (checks: readonly CheckResult[]): readonly CheckResult[] =>
  checks.toSorted((a, b) => SEVERITY.indexOf(a.outcome) - SEVERITY.indexOf(b.outcome));
