import { parseDuration } from '../../matchers/units.ts';
import type { Spec } from './schema.ts';

/** A burst with every option resolved. */
export type BurstPlan = {
  readonly requests: number;
  readonly withinMs: number;
  readonly concurrency: number;
  readonly recoverWithinMs: number;
};

const DEFAULT_WITHIN = '10s';
const DEFAULT_RECOVER_WITHIN = '10s';
const DEFAULT_CONCURRENCY = 10;

/** What a spec asks for; durations that `burstProblems` refuses count as nothing. */
export const burstPlan = (spec: Spec): BurstPlan => ({
  requests: spec.requests,
  withinMs: parseDuration(spec.within ?? DEFAULT_WITHIN) ?? 0,
  concurrency: Math.min(spec.concurrency ?? DEFAULT_CONCURRENCY, spec.requests),
  recoverWithinMs: parseDuration(spec['recover-within'] ?? DEFAULT_RECOVER_WITHIN) ?? 0,
});
