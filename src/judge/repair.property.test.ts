import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CheckResult, Run } from '../model/run.ts';
import { judgeRun } from './judge-run.ts';
import { isOfTheHost } from './of-the-host.ts';
import { drawn, recordFrom, replaceEnd, type Drawn } from './test-drawn.ts';
import { NOW } from './test-run.ts';
import { isWorse } from './verdict.ts';

const judge = (from: Drawn): Run => judgeRun(recordFrom(from), NOW);
const indexOf = (id: string): number => Number(id.slice(1));
const repaired = (from: Drawn, ids: readonly string[]): Drawn =>
  ids.reduce((state, id) => replaceEnd(state, indexOf(id), 'pass'), from);

/** What is repaired together: the same host, layer, code and outcome, where the code tells of the host. */
const placeOf = ({ hosts }: Drawn, { id, layer, reasonCode, outcome }: CheckResult): string =>
  !isOfTheHost(reasonCode, layer) ? id : JSON.stringify([hosts[indexOf(id)], layer, reasonCode, outcome]);

/** The best verdict over all ways to repair, and the fewest groups that give it, by trying every one. */
const bestByTrying = (from: Drawn, run: Run): { readonly verdict: Run['verdict']; readonly size: number } => {
  const bad = run.checks.filter(({ outcome, flaky }) => (outcome !== 'pass' || flaky) && outcome !== 'blocked');
  const groups = [...Map.groupBy(bad, (check) => placeOf(from, check)).values()];
  // What is blocked is taken to pass once nothing blocks it.
  const blocked = run.checks.filter(({ outcome }) => outcome === 'blocked').map(({ id }) => id);
  const start = repaired(from, blocked);
  let best = { verdict: run.verdict, size: 0 };
  for (let subset = 0; subset < 2 ** groups.length; subset++) {
    const chosen = groups.filter((_, index) => Math.floor(subset / 2 ** index) % 2 === 1);
    const ids = chosen.flat().map(({ id }) => id);
    const { verdict } = judge(repaired(start, ids));
    const fewer = verdict === best.verdict && chosen.length < best.size;
    if (isWorse(best.verdict, verdict) || fewer) best = { verdict, size: chosen.length };
  }
  return best;
};

it('finds the fewest causes whose repair gives the best verdict', () => {
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
