import { showDuration } from '../../matchers/units.ts';
import { httpProblems } from '../http/problems.ts';
import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';
import { bytesOf, settingsOf } from './settings.ts';

const LONGEST_MS = 24 * 3_600_000;

/** What is wrong with how long a stream is watched, and how long it may be silent. */
export const watchProblems = (forMs: number, heartbeatMs: number | null): readonly SpecProblem[] => [
  ...(forMs > LONGEST_MS ? [{ path: ['for'], message: 'is longer than a day: expected at most 24h' }] : []),
  ...(heartbeatMs !== null && heartbeatMs >= forMs
    ? [
        {
          path: ['heartbeat'],
          message: `can never be missed in the ${showDuration(forMs)} of for: expected a shorter time, or a longer for`,
        },
      ]
    : []),
];

/** What is wrong with a bound in bytes. */
export const sizeProblems = (path: readonly string[], size: string | number | undefined): readonly SpecProblem[] =>
  size === undefined || (bytesOf(size) ?? 0) >= 1 ? [] : [{ path, message: 'is not a size of at least 1 byte' }];

const nameProblems = ({ event }: Spec): readonly SpecProblem[] =>
  [event ?? []].flat().flatMap((name, index) =>
    /[\r\n]/.test(name)
      ? [
          {
            path: Array.isArray(event) ? ['event', index] : ['event'],
            message: 'has a line break, which no event name can have',
          },
        ]
      : [],
  );

/** What can be known to be wrong with an `sse` spec before looking. */
export const sseProblems = (spec: Spec): readonly SpecProblem[] => {
  const { forMs, heartbeatMs } = settingsOf(spec);
  return [
    ...httpProblems(spec),
    ...watchProblems(forMs, heartbeatMs),
    ...sizeProblems(['limits', 'event'], spec.limits?.event),
    ...nameProblems(spec),
  ];
};
