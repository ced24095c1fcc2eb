import type { Layer } from '../../model/layer.ts';
import { unreachableDefault } from '../http/family-facts.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { isAddress, showEndpoint } from '../tcp/endpoint.ts';
import { endpointOf, overTls } from './address.ts';
import { explainGrpc } from './explain.ts';
import { grpcFactTable } from './fact-table.ts';
import { grpcProblems } from './problems.ts';
import type { Spec } from './schema.ts';
import { grpcHealthProbe } from './try-command.ts';

const hostOf = (spec: Spec): string | null => {
  const endpoint = endpointOf(spec);
  return endpoint === null ? null : showEndpoint(endpoint);
};

const layers = (spec: Spec): readonly Layer[] => [
  ...(isAddress(endpointOf(spec)?.host ?? '') ? [] : (['dns'] as const)),
  'tcp',
  ...(overTls(spec) ? (['tls'] as const) : []),
  'http',
  'protocol',
  'content',
];

const defaults: readonly DefaultExpectation[] = [
  { fact: 'health.status', matcher: 'equals', expected: 'SERVING', level: 'expect', code: 'health-fail' },
  unreachableDefault,
];

/** One call of the gRPC health checking protocol. */
export const grpc = defineProbe<'grpc', typeof Spec>({
  kind: 'grpc',
  summary:
    'Calls the health service of a gRPC server (`grpc.health.v1.Health/Check`). Only SERVING in a call that ended with status 0 is a pass.',
  shorthand: 'address',
  facts: grpcFactTable,
  target: (spec) => {
    const host = hostOf(spec) ?? spec.address;
    return spec.service === undefined || spec.service === '' ? host : `${host} (${spec.service})`;
  },
  host: hostOf,
  layers,
  problems: grpcProblems,
  defaults: () => defaults,
  explain: explainGrpc,
  tryCommand: grpcHealthProbe,
  load: () => import('./look.ts'),
});
