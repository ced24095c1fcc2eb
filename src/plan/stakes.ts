import type { Check, Config, Gate } from '../config/config.ts';

/** What hangs on a check, whatever a run looks at. */
export type Stake = {
  /** Gates that cannot be GO without it, those that need them included; in the order of the file. */
  readonly gates: readonly string[];
  /** Checks and scenarios that need it, directly or not. */
  readonly neededBy: readonly string[];
  /** Checks that it needs, directly or not. */
  readonly needs: readonly string[];
};

type Needing = Pick<Check, 'id' | 'needs'>;

/** Answers what hangs on a check of this configuration. Pure. */
export const findStakes = ({
  checks,
  scenarios,
  gates,
}: Pick<Config, 'checks' | 'scenarios' | 'gates'>): ((check: string) => Stake) => {
  const all: readonly Needing[] = [...checks, ...scenarios];
  const needs = new Map(all.map((one) => [one.id, one.needs]));
  const neededBy = new Map<string, string[]>();
  for (const { id, needs: own } of all) {
    for (const need of own) {
      const known = neededBy.get(need);
      if (known === undefined) neededBy.set(need, [id]);
      else known.push(id);
    }
  }
  return (check) => {
    const dependents = reach(check, (id) => neededBy.get(id) ?? []);
    return {
      gates: insisting(gates, new Set([check, ...dependents])),
      neededBy: dependents,
      needs: reach(check, (id) => needs.get(id) ?? []),
    };
  };
};

/** Everything that can be reached from an id, without itself. */
const reach = (start: string, next: (id: string) => readonly string[]): readonly string[] => {
  const seen = new Set([start]);
  // The set grows while it is walked: each id once, whatever the shape of the graph.
  for (const id of seen) for (const other of next(id)) seen.add(other);
  return [...seen].slice(1);
};

const insisting = (gates: readonly Gate[], checks: ReadonlySet<string>): readonly string[] => {
  const held = new Set(
    gates
      .filter(({ criteria }) => criteria.some(({ id, tier }) => tier === 'must' && checks.has(id)))
      .map(({ id }) => id),
  );
  for (const id of held) for (const gate of gates) if (gate.needs.includes(id)) held.add(gate.id);
  return gates.filter(({ id }) => held.has(id)).map(({ id }) => id);
};
