import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';
import { compileSignature } from './signatures.ts';

/** Words in a tool's name that say that calling it changes something. A server's own hints are not trusted. */
const SIDE_EFFECTS = ['refresh', 'rebuild', 'delete', 'reset', 'write', 'remove', 'drop', 'create', 'update'];

/** Header fields that the protocol or the connection sets; a value of the file's own would break the conversation. */
const RESERVED = [
  'accept',
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'host',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
  'transfer-encoding',
];

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const HOST_PORT = /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:[\]/@]+):(\d{1,5})$/;

/** What can be known to be wrong with an `mcp` spec before looking. Pure. */
export const problems = (spec: Spec): readonly SpecProblem[] => [
  ...urlProblems(spec.url),
  ...toolProblems(spec),
  ...headerProblems(spec),
  ...hostPortProblems(spec['connect-to'], 'connect-to'),
  ...hostPortProblems(spec.resolver, 'resolver'),
  ...(spec.deny ?? []).flatMap((pattern, index): SpecProblem[] => {
    const compiled = compileSignature(pattern);
    return compiled.ok ? [] : [{ path: ['deny', index], message: `is not a pattern: ${compiled.message}` }];
  }),
];

const urlProblems = (text: string): SpecProblem[] => {
  const wrong = (message: string): SpecProblem[] => [{ path: ['url'], message }];
  const url = URL.parse(text);
  if (url === null) return wrong('is not a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return wrong('must start with http:// or https://');
  if (url.username !== '' || url.password !== '') return wrong('must not hold a user or password; use auth: or headers:');
  if (url.port === '0') return wrong('has port 0, which nothing can listen on');
  return [];
};

const toolProblems = (spec: Spec): SpecProblem[] => {
  if (spec.tool === undefined) {
    return (['arguments', 'hits', 'deny', 'side-effects'] as const)
      .filter((key) => spec[key] !== undefined)
      .map((key) => ({ path: [key], message: 'has no meaning without tool:' }));
  }
  const word = sideEffectOf(spec.tool);
  return word === undefined || spec['side-effects'] === 'allow'
    ? []
    : [{ path: ['tool'], message: `looks like it changes something ("${word}"); say side-effects: allow to call it` }];
};

/** The word of a tool's name that says that it changes something: `refresh` of `refresh_index` and `refreshIndex`. */
const sideEffectOf = (tool: string): string | undefined => {
  const words = tool
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return SIDE_EFFECTS.find((word) => words.includes(word));
};

const headerProblems = (spec: Spec): SpecProblem[] =>
  Object.entries(spec.headers ?? {}).flatMap(([name, value]): SpecProblem[] => {
    const wrong = (message: string): SpecProblem[] => [{ path: ['headers', name], message }];
    const lower = name.toLowerCase();
    if (!HEADER_NAME.test(name)) return wrong('is not the name of a header field');
    if (RESERVED.includes(lower)) return wrong('is set by the protocol and cannot be given');
    if (lower === 'authorization' && spec.auth !== undefined) return wrong('is already set by auth:');
    return HEADER_VALUE.test(value) ? [] : wrong('has a value with characters that a header field cannot hold');
  });

const hostPortProblems = (text: string | undefined, key: string): SpecProblem[] => {
  if (text === undefined) return [];
  const port = Number(HOST_PORT.exec(text)?.[1] ?? 0);
  return port >= 1 && port <= 65_535 ? [] : [{ path: [key], message: 'must be host:port, with a port from 1 to 65535' }];
};
