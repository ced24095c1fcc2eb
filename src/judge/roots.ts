import type { Outcome } from '../model/outcome.ts';
import type { CheckResult } from '../model/run.ts';
import { isGood } from '../execute/retry.ts';

/** The checks at the root of each blocked one, worst first, by the id of the blocked one; in plan order. */
export type Roots = ReadonlyMap<string, readonly CheckResult[]>;

type Needs = { readonly id: string; readonly needs: readonly string[] };

/** Follows the needs of every blocked check to the checks that are bad by themselves; each check is followed once. */
export const findRoots = (planned: readonly Needs[], checks: ReadonlyMap<string, CheckResult>): Roots => {
  const badNeeds = new Map(planned.map(({ id, needs }) => [id, needs.flatMap((need) => badOf(checks.get(need)))]));
  const found = new Map<string, readonly CheckResult[]>();
  const blocked = [...checks].flatMap(([id, { outcome }]) => (outcome === 'blocked' ? [id] : []));
  for (const id of blocked) follow(id, badNeeds, found);
  return new Map(blocked.map((id) => [id, worstFirst(found.get(id) ?? [])]));
};

const badOf = (check: CheckResult | undefined): readonly CheckResult[] =>
  check === undefined || isGood(check.outcome) ? [] : [check];

/** Finds the roots of a check after those of the blocked ones that it needs; on a stack of its own, for a chain is long. */
const follow = (
  start: string,
  badNeeds: ReadonlyMap<string, readonly CheckResult[]>,
  found: Map<string, readonly CheckResult[]>,
): void => {
  const opened = new Set<string>();
  const stack = [start];
  for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
    const needs = badNeeds.get(id) ?? [];
    const first = found.has(id)
      ? []
      : needs.filter((need) => need.outcome === 'blocked' && !found.has(need.id) && !opened.has(need.id));
    opened.add(id);
    if (first.length > 0) {
      stack.push(...first.map((need) => need.id));
      continue;
    }
    stack.pop();
    if (!found.has(id)) found.set(id, rootsOf(needs, found));
  }
};

/** A blocked need stands for its roots, any other bad one for itself. */
const rootsOf = (
  needs: readonly CheckResult[],
  found: ReadonlyMap<string, readonly CheckResult[]>,
): readonly CheckResult[] => [
  ...new Set(needs.flatMap((need) => (need.outcome === 'blocked' ? (found.get(need.id) ?? []) : [need]))),
];

const SEVERITY: readonly Outcome[] = ['fail', 'unknown', 'skipped'];

const worstFirst = (checks: readonly CheckResult[]): readonly CheckResult[] =>
  checks.toSorted((a, b) => SEVERITY.indexOf(a.outcome) - SEVERITY.indexOf(b.outcome));
