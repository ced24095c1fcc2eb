import { methodOf } from '../http/policy.ts';
import { httpProblems } from '../http/problems.ts';
import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';

/** What can be known to be wrong with a `metrics` spec before looking. */
export const metricsProblems = (spec: Spec): readonly SpecProblem[] => [
  ...httpProblems(spec),
  ...(methodOf(spec) === 'HEAD' ? [{ path: ['method'], message: 'is HEAD: metrics are read from the body' }] : []),
  ...(spec.names ?? []).flatMap((name, index) =>
    /[{}()\s]/.test(name)
      ? [{ path: ['names', index], message: 'is no plain name: ask for a selector under expect, as metrics.SELECTOR' }]
      : [],
  ),
];
