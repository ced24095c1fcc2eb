import type { Gate } from '../config/config.ts';
import { TIERS, type Tier } from '../model/outcome.ts';

/** What a gate asks of one criterion, through itself and through the gates that it needs. */
type Asked = { readonly tier: Tier; readonly flaky: Gate['flaky'] };

const FLAKY: readonly Gate['flaky'][] = ['fail', 'warn', 'ignore'];

/**
 * What a gate asked for when a run was made and does not ask for today, one sentence each; nothing for a gate that the
 * run did not have. A GO under a gate that was made easier after the run is none that the run gave.
 */
export const relaxations = (id: string, then: readonly Gate[], today: readonly Gate[]): readonly string[] => {
  const now = askedBy(id, today);
  return [...askedBy(id, then)].flatMap(([criterion, before]) => {
    const after = now.get(criterion);
    if (after === undefined) return [`${criterion} is not asked for any more: it was a ${before.tier}`];
    if (TIERS.indexOf(after.tier) > TIERS.indexOf(before.tier)) {
      return [`${criterion} is a ${after.tier}: it was a ${before.tier}`];
    }
    return FLAKY.indexOf(after.flaky) > FLAKY.indexOf(before.flaky)
      ? [`a flaky pass of ${criterion} counts as ${after.flaky}: it was ${before.flaky}`]
      : [];
  });
};

/** The strictest that is asked of each criterion; the tiers come strictest first. */
const askedBy = (id: string, gates: readonly Gate[]): ReadonlyMap<string, Asked> => {
  const byId = new Map(gates.map((gate) => [gate.id, gate]));
  const ids = new Set([id]);
  // The set grows while it is walked: each gate once, whatever the shape of the graph.
  for (const one of ids) for (const need of byId.get(one)?.needs ?? []) ids.add(need);
  const asked = new Map<string, Asked>();
  for (const { criteria, flaky } of [...ids].flatMap((one) => byId.get(one) ?? [])) {
    for (const { id: criterion, tier } of criteria) {
      const known = asked.get(criterion) ?? { tier, flaky };
      asked.set(criterion, { tier: stricter(TIERS, known.tier, tier), flaky: stricter(FLAKY, known.flaky, flaky) });
    }
  }
  return asked;
};

const stricter = <T>(order: readonly T[], a: T, b: T): T => (order.indexOf(a) <= order.indexOf(b) ? a : b);
