import type { Stake } from '../../plan/stakes.ts';
import type { Cause } from '../view/findings.ts';

/** A root cause, with what is bad as well and needs it. */
export type Folded = { readonly cause: Cause; readonly also: readonly Cause[] };

/**
 * A triage looks at everything at once, whatever it needs, so what only follows from another cause is bad as well. It
 * is told under the first cause that it needs and that is no better than itself: nothing seen to be wrong may hide under what nobody
 * could see.
 */
export const foldCauses = (causes: readonly Cause[], stakeOf: (check: string) => Stake): readonly Folded[] => {
  const above = new Map(causes.map((one) => [one, causes.find((other) => explains(other, one, stakeOf)) ?? null]));
  const rootOf = (one: Cause): Cause => {
    const next = above.get(one) ?? null;
    return next === null ? one : rootOf(next);
  };
  return causes
    .filter((one) => above.get(one) === null)
    .map((cause) => ({ cause, also: causes.filter((one) => one !== cause && rootOf(one) === cause) }));
};

/** Needs have no cycles, so neither has this. */
const explains = ({ blocker: root }: Cause, { blocker: other }: Cause, stakeOf: (check: string) => Stake): boolean => {
  if (root.verdict !== 'NO-GO' && other.verdict === 'NO-GO') return false;
  const { needs } = stakeOf(other.cause.check);
  return [root.cause.check, ...root.same].some((id) => needs.includes(id));
};
