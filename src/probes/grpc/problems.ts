import { CONNECTION_HEADERS } from '../engine/http2-headers.ts';
import { urlProblem } from '../http/problems.ts';
import type { SpecProblem } from '../probe.ts';
import { readEndpoint } from '../tcp/endpoint.ts';
import { resolverProblems } from '../tcp/problems.ts';
import { callUrl } from './address.ts';
import type { Spec } from './schema.ts';

/** What the protocol or the connection says for itself. */
const RESERVED: ReadonlySet<string> = new Set([
  ...CONNECTION_HEADERS,
  ...['host', 'content-type', 'content-length', 'accept-encoding'],
]);

const nameProblem = (name: string): string | null => {
  if (!/^[0-9a-z_.-]+$/i.test(name)) return 'is not a name that metadata can have: letters, digits, _ - and .';
  if (/^grpc-/i.test(name)) return 'begins with grpc-, which is kept for the protocol itself';
  if (name.toLowerCase() === 'host') return 'is no metadata: write authority instead';
  return RESERVED.has(name.toLowerCase()) ? 'is set by the protocol itself' : null;
};

const valueProblem = (name: string, value: string): string | null => {
  if (/-bin$/i.test(name)) return /^[\w+/-]*={0,2}$/.test(value) ? null : 'ends in -bin, so its value is base64';
  return /^[ -~]*$/.test(value) ? null : 'has a character that metadata cannot have: only visible ASCII and spaces';
};

const metadataProblems = ({ metadata = {} }: Spec): readonly SpecProblem[] =>
  Object.entries(metadata).flatMap(([name, value]) => {
    const message = nameProblem(name) ?? valueProblem(name, String(value));
    return message === null ? [] : [{ path: ['metadata', name], message }];
  });

const authorityProblems = (spec: Spec): readonly SpecProblem[] =>
  spec.authority === undefined || callUrl(spec, spec.authority) !== null
    ? []
    : [{ path: ['authority'], message: 'is not host or host:port' }];

const certificateProblems = ({ tls }: Spec): readonly SpecProblem[] => {
  if (typeof tls !== 'object' || (tls.cert === undefined) === (tls.key === undefined)) return [];
  const [has, lacks] = tls.cert === undefined ? (['key', 'cert'] as const) : (['cert', 'key'] as const);
  return [{ path: ['tls', has], message: `needs ${lacks} beside it: a client certificate is both` }];
};

const proxyProblems = ({ proxy }: Spec): readonly SpecProblem[] => {
  const message = typeof proxy === 'string' ? urlProblem(proxy) : null;
  return message === null ? [] : [{ path: ['proxy'], message }];
};

/** What can be known to be wrong with a `grpc` spec before looking. */
export const grpcProblems = (spec: Spec): readonly SpecProblem[] => {
  const reading = readEndpoint(spec.address, undefined, null);
  return [
    ...(reading.ok ? [] : [{ path: ['address'], message: reading.message.replace(', or port beside it', '') }]),
    ...authorityProblems(spec),
    ...metadataProblems(spec),
    ...certificateProblems(spec),
    ...proxyProblems(spec),
    ...resolverProblems(spec.resolver),
  ];
};
