import { httpProblems } from '../http/problems.ts';
import type { SpecProblem } from '../probe.ts';
import { burstPlan } from './plan.ts';
import type { Spec } from './schema.ts';

const LONGEST_MS = 10 * 60_000;

/** What can be known to be wrong with a `burst` spec before looking. */
export const burstProblems = (spec: Spec): readonly SpecProblem[] => {
  const { withinMs, recoverWithinMs } = burstPlan(spec);
  const lengths = [
    ['within', withinMs],
    ['recover-within', recoverWithinMs],
  ] as const;
  return [
    ...httpProblems(spec),
    ...lengths.flatMap(([key, ms]) => (ms > LONGEST_MS ? [{ path: [key], message: 'is longer than 10 minutes' }] : [])),
    ...((spec.concurrency ?? 0) > spec.requests
      ? [{ path: ['concurrency'], message: `is more than all ${spec.requests} requests` }]
      : []),
  ];
};
