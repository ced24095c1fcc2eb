import { parseHostPort } from '../http/host-port.ts';
import type { SpecProblem } from '../probe.ts';
import { readEndpoint } from './endpoint.ts';
import type { Spec } from './schema.ts';

const closedProblems = (spec: Spec): readonly SpecProblem[] =>
  spec.closed === true
    ? (['send', 'read', 'tls'] as const)
        .filter((key) => spec[key] !== undefined)
        .map((key) => ({ path: [key], message: 'has no meaning with closed: true, where nothing may answer' }))
    : [];

const certificateProblems = ({ tls }: Spec): readonly SpecProblem[] => {
  if (typeof tls !== 'object' || (tls.cert === undefined) === (tls.key === undefined)) return [];
  const [has, lacks] = tls.cert === undefined ? (['key', 'cert'] as const) : (['cert', 'key'] as const);
  return [{ path: ['tls', has], message: `needs ${lacks} beside it: a client certificate is both` }];
};

/** What is wrong with a name server that a check chooses. */
export const resolverProblems = (resolver: string | undefined): readonly SpecProblem[] =>
  resolver === undefined || parseHostPort(resolver) !== null
    ? []
    : [{ path: ['resolver'], message: 'is not address:port with a port from 1 to 65535' }];

/** What can be known to be wrong with a `tcp` spec before looking. */
export const tcpProblems = (spec: Spec): readonly SpecProblem[] => {
  const reading = readEndpoint(spec.host, spec.port, null);
  return [
    ...(reading.ok ? [] : [{ path: [reading.key], message: reading.message }]),
    ...resolverProblems(spec.resolver),
    ...closedProblems(spec),
    ...certificateProblems(spec),
  ];
};
