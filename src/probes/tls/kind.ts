import type { Layer } from '../../model/layer.ts';
import { familyDefaults, unreachableDefault } from '../http/family-facts.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { type Endpoint, isAddress, showEndpoint } from '../tcp/endpoint.ts';
import { endpointFromSpec } from './endpoint-from-spec.ts';
import { explainTls } from './explain.ts';
import { tlsFactTable } from './fact-table.ts';
import { tlsProblems } from './problems.ts';
import type { Spec } from './schema.ts';
import { minVersion, VERSIONS } from './versions.ts';

const FAIL_DAYS = 7;
const WARN_DAYS = 21;

const endpointOf = (spec: Spec): Endpoint | null => {
  const reading = endpointFromSpec(spec);
  return reading.ok ? reading.endpoint : null;
};

const defaults = (spec: Spec): readonly DefaultExpectation[] => [
  { fact: 'verified', matcher: 'equals', expected: true, level: 'expect', code: 'tls-untrusted' },
  {
    fact: 'protocol',
    matcher: 'in',
    expected: VERSIONS.slice(VERSIONS.indexOf(minVersion(spec))),
    level: 'expect',
    code: 'tls-protocol',
  },
  { fact: 'days-left', matcher: 'at-least', expected: FAIL_DAYS, level: 'expect', code: 'tls-expiring' },
  { fact: 'days-left', matcher: 'at-least', expected: WARN_DAYS, level: 'warn', code: 'tls-expiring' },
  ...familyDefaults(spec),
  unreachableDefault,
];

const target = (spec: Spec): string => {
  const endpoint = endpointOf(spec);
  const shown = endpoint === null ? spec.host : showEndpoint(endpoint);
  return spec.starttls === undefined ? shown : `${shown} (${spec.starttls})`;
};

const layers = (spec: Spec): readonly Layer[] => {
  const host = spec['connect-to']?.replace(/:\d+$/, '') ?? endpointOf(spec)?.host ?? '';
  return [...(isAddress(host) ? [] : (['dns'] as const)), 'tcp', 'tls'];
};

const tryCommand = (spec: Spec): readonly string[] | null => {
  const endpoint = endpointOf(spec);
  if (endpoint === null) return null;
  const name = spec.servername ?? endpoint.host;
  return [
    ...['openssl', 's_client', '-connect', spec['connect-to'] ?? showEndpoint(endpoint)],
    ...(isAddress(name) ? [] : ['-servername', name]),
    ...(spec.starttls === undefined ? [] : ['-starttls', spec.starttls]),
    ...(spec.ca === undefined || spec.ca.includes('-----BEGIN ') ? [] : ['-CAfile', spec.ca]),
    '-showcerts',
  ];
};

/** A TLS handshake and the certificate that it shows, at once or after STARTTLS. */
export const tls = defineProbe<'tls', typeof Spec>({
  kind: 'tls',
  summary:
    'Makes a TLS handshake, at once or after STARTTLS, and looks at the certificate: for whom, by whom, until when. All of it is told although it does not verify.',
  shorthand: 'host',
  facts: tlsFactTable,
  target,
  host: (spec) => {
    const endpoint = endpointOf(spec);
    return endpoint === null ? null : showEndpoint(endpoint);
  },
  layers,
  problems: tlsProblems,
  defaults,
  explain: explainTls,
  tryCommand,
  load: () => import('./look.ts'),
});
