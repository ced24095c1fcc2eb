import { parseBytes } from '../../matchers/units.ts';
import type { SpecProblem } from '../probe.ts';
import { CONNECTION_HEADERS } from '../engine/http2-headers.ts';
import { canonicalHost } from '../tcp/endpoint.ts';
import { parseHostPort } from './host-port.ts';
import type { Spec } from './schema.ts';

/** What is wrong with a URL that is to be probed over HTTP; null when nothing is. */
export const urlProblem = (text: string): string | null => {
  if (!URL.canParse(text)) return 'is not a URL: expected something like https://example.com/health';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `has the scheme "${url.protocol.slice(0, -1)}": only http and https can be probed`;
  }
  if (canonicalHost(url.hostname) === null) return 'names no host that DNS can hold';
  if (url.port === '0') return 'has port 0: expected 1 to 65535';
  return null;
};

const hasControlCharacter = (text: string): boolean => [...text].some((char) => char < ' ' || char === '\u007f');

const headerProblems = (spec: Spec): readonly SpecProblem[] =>
  Object.entries(spec.headers ?? {}).flatMap(([name, value]) => {
    const path = ['headers', name];
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) return [{ path, message: 'is not a name that a header can have' }];
    return hasControlCharacter(String(value).replaceAll('\t', ' '))
      ? [{ path, message: 'has a line break or another control character, which a header cannot have' }]
      : [];
  });

const bodyProblems = (spec: Spec): readonly SpecProblem[] => {
  const [, second] = (['json', 'form', 'body', 'multipart'] as const).filter((key) => spec[key] !== undefined);
  if (second !== undefined) {
    return [{ path: [second], message: 'is a second body: a request has one of json, form, body and multipart' }];
  }
  const type = Object.keys(spec.headers ?? {}).find((name) => name.toLowerCase() === 'content-type');
  return type === undefined || spec.multipart === undefined
    ? []
    : [{ path: ['headers', type], message: 'is said by multipart itself, which adds the boundary' }];
};

const hostPortProblem = (key: 'connect-to' | 'resolver', text: string | undefined): readonly SpecProblem[] =>
  text === undefined || parseHostPort(text) !== null
    ? []
    : [{ path: [key], message: 'is not host:port with a port from 1 to 65535' }];

const proxyProblems = (spec: Spec): readonly SpecProblem[] => {
  const problem = typeof spec.proxy === 'string' ? urlProblem(spec.proxy) : null;
  return problem === null ? [] : [{ path: ['proxy'], message: problem }];
};

const tlsProblems = (spec: Spec): readonly SpecProblem[] => {
  const { cert, key } = spec.tls ?? {};
  if ((cert === undefined) === (key === undefined)) return [];
  return [
    {
      path: ['tls', cert === undefined ? 'key' : 'cert'],
      message: `needs ${cert === undefined ? 'cert' : 'key'} beside it: a client certificate is both`,
    },
  ];
};

/** What one connection of HTTP/1 is told about itself has no place in HTTP/2, and would be left out. */
const http2Problems = (spec: Spec): readonly SpecProblem[] =>
  spec.http2 === true
    ? Object.keys(spec.headers ?? {})
        .filter((name) => CONNECTION_HEADERS.has(name.toLowerCase()))
        .map((name) => ({ path: ['headers', name], message: 'does not exist in HTTP/2, which http2 asks for' }))
    : [];

const familyProblems = ({ family, proxy }: Spec): readonly SpecProblem[] =>
  family === 'each' && typeof proxy === 'string'
    ? [{ path: ['family'], message: 'cannot be each through a proxy, which chooses the family itself' }]
    : [];

const trustProblem = (spec: Spec, text: string): string | null => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || text.includes('*') || !/^https?:\/\/[^/?#@\\]+$/i.test(text)) {
    return 'is not one origin: expected https://host or https://host:port';
  }
  return url.protocol === 'http:' && /^https:/i.test(spec.url)
    ? 'is http: what a check sends over https never goes on to http'
    : null;
};

const trustProblems = (spec: Spec): readonly SpecProblem[] =>
  (typeof spec.follow === 'object' ? (spec.follow.trust ?? []) : []).flatMap((text, index) => {
    const message = trustProblem(spec, text);
    return message === null ? [] : [{ path: ['follow', 'trust', index], message }];
  });

const limitProblems = (spec: Spec): readonly SpecProblem[] =>
  (['headers', 'body'] as const).flatMap((key) => {
    const size = spec.limits?.[key];
    const bytes = typeof size === 'string' ? parseBytes(size) : (size ?? 1);
    return bytes !== null && bytes >= 1 ? [] : [{ path: ['limits', key], message: 'is not a size of at least 1 byte' }];
  });

/** What can be known to be wrong with a request before it is sent. */
export const httpProblems = (spec: Spec): readonly SpecProblem[] => {
  const url = urlProblem(spec.url);
  return [
    ...(url === null ? [] : [{ path: ['url'], message: url }]),
    ...bodyProblems(spec),
    ...headerProblems(spec),
    ...hostPortProblem('connect-to', spec['connect-to']),
    ...hostPortProblem('resolver', spec.resolver),
    ...proxyProblems(spec),
    ...tlsProblems(spec),
    ...limitProblems(spec),
    ...http2Problems(spec),
    ...familyProblems(spec),
    ...trustProblems(spec),
  ];
};
