import { parseHostPort } from '../http/host-port.ts';
import type { SpecProblem } from '../probe.ts';
import { canonicalHost } from '../tcp/endpoint.ts';
import { resolverProblems } from '../tcp/problems.ts';
import { endpointFromSpec } from './endpoint-from-spec.ts';
import type { Spec } from './schema.ts';

const certificateProblems = ({ cert, key }: Spec): readonly SpecProblem[] => {
  if ((cert === undefined) === (key === undefined)) return [];
  const [has, lacks] = cert === undefined ? (['key', 'cert'] as const) : (['cert', 'key'] as const);
  return [{ path: [has], message: `needs ${lacks} beside it: a client certificate is both` }];
};

const serverNameProblems = ({ servername }: Spec): readonly SpecProblem[] =>
  servername === undefined || canonicalHost(servername) !== null
    ? []
    : [{ path: ['servername'], message: 'is not the name or address of a host' }];

const connectToProblems = ({ 'connect-to': text }: Spec): readonly SpecProblem[] =>
  text === undefined || parseHostPort(text) !== null
    ? []
    : [{ path: ['connect-to'], message: 'is not host:port with a port from 1 to 65535' }];

/** What can be known to be wrong with a `tls` spec before looking. */
export const tlsProblems = (spec: Spec): readonly SpecProblem[] => {
  const reading = endpointFromSpec(spec);
  return [
    ...(reading.ok ? [] : [{ path: [reading.key], message: reading.message }]),
    ...serverNameProblems(spec),
    ...connectToProblems(spec),
    ...resolverProblems(spec.resolver),
    ...certificateProblems(spec),
  ];
};
