import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckResult, Run } from '../model/run.ts';
import { judgeRun } from './judge-run.ts';
import { isOfTheHost } from './of-the-host.ts';
import { drawn, drawnUpTo, idOf, itemIdOf, recordFrom, type Drawn } from './test-drawn.ts';
import { NOW } from './test-run.ts';
import { isWorse } from './verdict.ts';

const judge = (from: Drawn): Run => judgeRun(recordFrom(from), NOW);
const indexOf = (id: string): number => Number(id.slice(1));

/** Checks pass and manual items are signed by all. */
const repaired = (from: Drawn, ids: readonly string[]): Drawn => ({
  ...from,
  ends: from.ends.map((end, index) => (ids.includes(idOf(index)) ? 'pass' : end)),
  signed: from.signed.map((names, index) => (ids.includes(itemIdOf(index)) ? ['ada', 'grace', 'alan'] : names)),
});

/** What is repaired together: the same host, layer, code and outcome, where the code tells of the host. */
const placeOf = ({ hosts }: Drawn, { id, layer, reasonCode, outcome }: CheckResult): string =>
  !isOfTheHost(reasonCode, layer) ? id : JSON.stringify([hosts[indexOf(id)], layer, reasonCode, outcome]);

const groupsOf = (from: Drawn, run: Run): readonly (readonly string[])[] => {
  const bad = [...run.checks, ...run.manual].filter(
    ({ outcome, flaky }) => (outcome !== 'pass' || flaky) && outcome !== 'blocked',
  );
  return [...Map.groupBy(bad, (check) => placeOf(from, check)).values()].map((group) => group.map(({ id }) => id));
};

/** What is blocked is taken to pass once nothing blocks it. */
const unblocked = (from: Drawn, run: Run): Drawn =>
  repaired(
    from,
    run.checks.filter(({ outcome }) => outcome === 'blocked').map(({ id }) => id),
  );

/** The best verdict over all ways to repair, and the fewest groups that give it, by trying every one. */
const bestByTrying = (from: Drawn, run: Run): { readonly verdict: Run['verdict']; readonly size: number } => {
  const groups = groupsOf(from, run);
  const start = unblocked(from, run);
  let best = { verdict: run.verdict, size: 0 };
  for (let subset = 0; subset < 2 ** groups.length; subset++) {
    const chosen = groups.filter((_, index) => Math.floor(subset / 2 ** index) % 2 === 1);
    const { verdict } = judge(repaired(start, chosen.flat()));
    const fewer = verdict === best.verdict && chosen.length < best.size;
    if (isWorse(best.verdict, verdict) || fewer) best = { verdict, size: chosen.length };
  }
  return best;
};

describe('the repair', () => {
  it('is the fewest causes whose repair gives the best verdict', () => {
    fc.assert(
      fc.property(drawn, (from) => {
        const run = judge(from);
        const { verdict, size } = bestByTrying(from, run);
        expect(run.repair ?? { checks: [], verdict: run.verdict }).toMatchObject({ verdict });
        expect(run.repair?.checks.length ?? 0).toBe(size);
      }),
      { numRuns: 100 },
    );
  });

  it('of twenty checks gives the verdict that it says, and none of it can be left out', () => {
    fc.assert(
      fc.property(drawnUpTo(20), (from) => {
        const run = judge(from);
        const wanted = run.repair?.checks ?? [];
        const groups = groupsOf(from, run).filter((group) => wanted.some((id) => group.includes(id)));
        expect(groups).toHaveLength(wanted.length);
        const start = unblocked(from, run);
        expect(judge(repaired(start, groups.flat())).verdict).toBe(run.repair?.verdict ?? run.verdict);
        // A repair never makes anything worse, so what cannot be left out of all of them is in every smaller one too.
        for (const left of groups) {
          const rest = groups.filter((group) => group !== left).flat();
          expect(isWorse(judge(repaired(start, rest)).verdict, run.repair?.verdict ?? 'GO')).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
