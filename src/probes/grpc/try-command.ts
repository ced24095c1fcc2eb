import { isSensitiveName } from '../engine/redirect-shown-url.ts';
import { showEndpoint } from '../tcp/endpoint.ts';
import { endpointOf, overTls } from './address.ts';
import type { Spec } from './schema.ts';

/** A PEM text would not fit on a line and a key is a secret: only paths are shown. */
const file = (flag: string, value: string | undefined): readonly string[] =>
  value === undefined ? [] : [`-tls-${flag}`, value.includes('-----BEGIN') ? `${flag}.pem` : value];

const tlsArguments = (spec: Spec): readonly string[] => {
  if (!overTls(spec)) return [];
  const tls = typeof spec.tls === 'object' ? spec.tls : {};
  const name = tls.servername ?? spec.authority?.replace(/:\d+$/, '');
  return [
    '-tls',
    ...(tls.verify === false ? ['-tls-no-verify'] : []),
    ...file('ca-cert', tls.ca),
    ...file('client-cert', tls.cert),
    ...file('client-key', tls.key),
    ...(name === undefined ? [] : ['-tls-server-name', name]),
  ];
};

/** The same call with `grpc_health_probe`, what looks like a secret replaced by `***`; null without an address. */
export const grpcHealthProbe = (spec: Spec): readonly string[] | null => {
  const endpoint = endpointOf(spec);
  if (endpoint === null) return null;
  return [
    ...['grpc_health_probe', '-addr', showEndpoint(endpoint)],
    ...(spec.service === undefined || spec.service === '' ? [] : ['-service', spec.service]),
    ...tlsArguments(spec),
    ...Object.entries(spec.metadata ?? {}).flatMap(([name, value]) => [
      '-rpc-header',
      `${name}: ${isSensitiveName(name) ? '***' : String(value)}`,
    ]),
  ];
};
