/** An order in which each id comes after those that it needs, and every cycle that prevents one. */
export type Sorted = {
  readonly order: readonly string[];
  /** Each cycle as the ids on it, in the order of needing, starting with the first in the given order. */
  readonly cycles: readonly (readonly string[])[];
};

/**
 * Orders ids so that needs come first; otherwise they stay as given. Ids that are needed but not given are left out.
 * Does not recurse: chains of any length are fine.
 */
export const sortByNeeds = (ids: readonly string[], needsOf: (id: string) => readonly string[]): Sorted => {
  const rank = new Map(ids.map((id, at) => [id, at]));
  const done = new Set<string>();
  const order: string[] = [];
  const cycles: string[][] = [];
  for (const start of ids) {
    const path: { readonly id: string; readonly needs: readonly string[]; next: number }[] = [];
    const onPath = new Map<string, number>();
    const enter = (id: string): void => {
      onPath.set(id, path.length);
      path.push({ id, needs: needsOf(id).filter((need) => rank.has(need)), next: 0 });
    };
    if (!done.has(start)) enter(start);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const need = step.needs[step.next];
      step.next += 1;
      if (need === undefined) {
        path.pop();
        onPath.delete(step.id);
        done.add(step.id);
        order.push(step.id);
        continue;
      }
      const seenAt = onPath.get(need);
      if (seenAt !== undefined)
        cycles.push(
          startWithFirst(
            path.slice(seenAt).map(({ id }) => id),
            rank,
          ),
        );
      else if (!done.has(need)) enter(need);
    }
  }
  return { order, cycles };
};

const startWithFirst = (cycle: readonly string[], rank: ReadonlyMap<string, number>): string[] => {
  const ranks = cycle.map((id) => rank.get(id) ?? 0);
  const first = ranks.indexOf(Math.min(...ranks));
  return [...cycle.slice(first), ...cycle.slice(0, first)];
};

const MAX_SHOWN = 20;

/** `a -> b -> a`; a very long cycle is cut in the middle. */
export const showCycle = (cycle: readonly string[]): string => {
  const shown = cycle.length > MAX_SHOWN ? [...cycle.slice(0, MAX_SHOWN), `(${cycle.length - MAX_SHOWN} more)`] : cycle;
  return [...shown, cycle[0] ?? ''].join(' -> ');
};
