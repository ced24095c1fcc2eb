import type { SpecProblem } from '../probe.ts';
import { canonicalHost } from '../tcp/endpoint.ts';
import { parseHostPort } from '../http/host-port.ts';
import { urlProblem } from '../http/problems.ts';
import type { Spec } from './schema.ts';
import { variantsOf } from './variants.ts';

const nameProblem = (name: string): string | null => {
  const fault = 'is not a domain name: expected something like example.com, without scheme, port and path';
  if (/[\s/\\:@?#]/.test(name) && !/^\[[0-9a-f:.]+\]$/i.test(name)) return fault;
  const host = canonicalHost(name);
  return host === null || /^www\.?$/.test(host) ? fault : null;
};

const hostProblem = (spec: Spec): readonly SpecProblem[] => {
  const host = spec['connect-to'];
  return host === undefined || canonicalHost(host) !== null
    ? []
    : [{ path: ['connect-to'], message: 'is not a host or address; the ports are http-port and https-port' }];
};

const targetProblems = (spec: Spec): readonly SpecProblem[] => {
  const target = spec['lands-on'];
  if (target === undefined) return [];
  const problem = urlProblem(target);
  if (problem !== null) return [{ path: ['lands-on'], message: problem }];
  return spec.https !== 'optional' && new URL(target).protocol === 'http:'
    ? [{ path: ['lands-on'], message: 'is not https, while https is required: say https: optional if that is meant' }]
    : [];
};

/** What can be known to be wrong with a domain's spec before looking. */
export const domainProblems = (spec: Spec): readonly SpecProblem[] => {
  const name = nameProblem(spec.name);
  if (name !== null) return [{ path: ['name'], message: name }];
  const resolver = spec.resolver === undefined || parseHostPort(spec.resolver) !== null;
  return [
    ...targetProblems(spec),
    ...hostProblem(spec),
    ...(resolver ? [] : [{ path: ['resolver'], message: 'is not address:port' }]),
    ...(spec.https !== 'optional' &&
    !variantsOf(spec).some(({ url }) => url.protocol === 'https:') &&
    spec.hsts === true
      ? [{ path: ['hsts'], message: 'needs a variant with https' }]
      : []),
  ];
};
