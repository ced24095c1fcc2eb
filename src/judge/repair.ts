import type { Verdict } from '../model/outcome.ts';
import type { Run } from '../model/run.ts';
import type { Cause } from './causes.ts';
import { isWorse } from './verdict.ts';

/**
 * The fewest causes whose repair gives the best verdict that can be had: null when there are none.
 * `best` is the verdict with every cause repaired. A verdict is the worst of what each cause alone leads to, so
 * exactly those that are worse than the best are needed, however many there are.
 */
export const findRepair = (causes: readonly Cause[], best: Verdict): Run['repair'] => {
  const needed = causes.filter(({ verdict }) => isWorse(verdict, best));
  return needed.length === 0 ? null : { checks: needed.map(({ check }) => check.id), verdict: best };
};
