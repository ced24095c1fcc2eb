import type { Layer } from '../../model/layer.ts';
import { familyDefaults, unreachableDefault } from '../http/family-facts.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { type Endpoint, isAddress, readEndpoint, showEndpoint } from './endpoint.ts';
import { explainTcp } from './explain.ts';
import { tcpFactTable } from './fact-table.ts';
import { tcpProblems } from './problems.ts';
import type { Spec } from './schema.ts';

const endpointOf = (spec: Spec): Endpoint | null => {
  const reading = readEndpoint(spec.host, spec.port, null);
  return reading.ok ? reading.endpoint : null;
};

const overTls = ({ tls }: Spec): boolean => tls !== undefined && tls !== false;

const layers = (spec: Spec): readonly Layer[] => [
  ...(isAddress(endpointOf(spec)?.host ?? '') ? [] : (['dns'] as const)),
  'tcp',
  ...(overTls(spec) ? (['tls'] as const) : []),
  ...(spec.read === undefined ? [] : (['content'] as const)),
];

const defaults = (spec: Spec): readonly DefaultExpectation[] => [
  { fact: 'connected', matcher: 'equals', expected: spec.closed !== true, level: 'expect', code: null },
  ...(typeof spec.read === 'string'
    ? [{ fact: 'found', matcher: 'equals', expected: true, level: 'expect', code: null } as const]
    : []),
  ...familyDefaults(spec),
  ...(spec.closed === true ? [] : [unreachableDefault]),
];

const tryCommand = (spec: Spec): readonly string[] | null => {
  const endpoint = endpointOf(spec);
  if (endpoint === null) return null;
  if (overTls(spec)) return ['openssl', 's_client', '-connect', showEndpoint(endpoint)];
  return ['nc', '-vz', endpoint.host, String(endpoint.port)];
};

/** A TCP port: that it answers, and with what; or that it does not. */
export const tcp = defineProbe<'tcp', typeof Spec>({
  kind: 'tcp',
  summary:
    'Connects to a port, and can say something and look at what comes back. With `closed: true` it asks that nobody can connect.',
  shorthand: 'host',
  facts: tcpFactTable,
  target: (spec) => {
    const endpoint = endpointOf(spec);
    return endpoint === null ? spec.host : showEndpoint(endpoint);
  },
  host: (spec) => {
    const endpoint = endpointOf(spec);
    return endpoint === null ? null : showEndpoint(endpoint);
  },
  layers,
  problems: tcpProblems,
  defaults,
  explain: explainTcp,
  tryCommand,
  load: () => import('./look.ts'),
});
