import type { SpecProblem } from '../probe.ts';
import { readEndpoint } from '../tcp/endpoint.ts';
import { canonicalRecord } from './canonical.ts';
import { EXAMPLES } from './expected.ts';
import { readQuery } from './query.ts';
import type { Spec } from './schema.ts';

const MODES = ['all', 'any', 'exact'] as const;

const expectedProblems = ({ expected, type = 'A' }: Spec): readonly SpecProblem[] => {
  const [, second] = MODES.filter((mode) => expected?.[mode] !== undefined);
  if (second !== undefined) {
    return [{ path: ['expected', second], message: 'is a second list: expected has one of all, any and exact' }];
  }
  return MODES.flatMap((mode) =>
    (expected?.[mode] ?? []).flatMap((text, index): readonly SpecProblem[] =>
      canonicalRecord(type, text) === null
        ? [
            {
              path: ['expected', mode, index],
              message: `is no ${type} record: expected something like ${EXAMPLES[type]}`,
            },
          ]
        : [],
    ),
  );
};

const nameProblem = (spec: Spec): readonly SpecProblem[] =>
  readQuery(spec) === null
    ? [{ path: ['name'], message: 'is not a name that DNS can hold: expected something like example.com' }]
    : [];

const serverProblem = ({ server }: Spec): readonly SpecProblem[] => {
  const reading = server === undefined ? null : readEndpoint(server, undefined, 53);
  return reading === null || reading.ok ? [] : [{ path: ['server'], message: reading.message }];
};

/** What can be known to be wrong with a `dns` spec before looking. */
export const dnsProblems = (spec: Spec): readonly SpecProblem[] => [
  ...nameProblem(spec),
  ...serverProblem(spec),
  ...expectedProblems(spec),
];
