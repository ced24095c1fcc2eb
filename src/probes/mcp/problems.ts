import { checkJsonPath } from '../../matchers/json-path.ts';
import { compilePattern } from '../../matchers/pattern.ts';
import { parseHostPort } from '../http/host-port.ts';
import { urlProblem } from '../http/problems.ts';
import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';

/** Words in a tool's name that say that calling it changes something. A server's own hints are not trusted. */
const SIDE_EFFECTS = ['refresh', 'rebuild', 'delete', 'reset', 'write', 'remove', 'drop', 'create', 'update'];

/** Header fields that the protocol or the connection sets; a value of the file's own would break the conversation. */
const RESERVED = new Set([
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
]);

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** What can be known to be wrong with an `mcp` spec before looking. Pure. */
export const problems = (spec: Spec): readonly SpecProblem[] => [
  ...urlProblems(spec.url),
  ...toolProblems(spec),
  ...headerProblems(spec),
  ...hostPortProblems(spec['connect-to'], 'connect-to'),
  ...hostPortProblems(spec.resolver, 'resolver'),
  ...pathProblems(spec.hits),
  ...(spec.deny ?? []).flatMap((pattern, index): SpecProblem[] => {
    const compiled = compilePattern(pattern);
    return typeof compiled === 'string' ? [{ path: ['deny', index], message: `is not a pattern: ${compiled}` }] : [];
  }),
];

const urlProblems = (text: string): SpecProblem[] => {
  const { username, password } = URL.parse(text) ?? { username: '', password: '' };
  const message =
    username + password === '' ? urlProblem(text) : 'must not hold a user or password: use auth: or headers:';
  return message === null ? [] : [{ path: ['url'], message }];
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
    if (RESERVED.has(lower)) return wrong('is set by the protocol and cannot be given');
    if (lower === 'authorization' && spec.auth !== undefined) return wrong('is already set by auth:');
    return HEADER_VALUE.test(value) ? [] : wrong('has a value with characters that a header field cannot hold');
  });

const hostPortProblems = (text: string | undefined, key: string): SpecProblem[] =>
  text === undefined || parseHostPort(text) !== null
    ? []
    : [{ path: [key], message: 'is not host:port with a port from 1 to 65535' }];

const pathProblems = (text: string | undefined): SpecProblem[] => {
  const problem = text === undefined ? null : checkJsonPath(text);
  return problem === null ? [] : [{ path: ['hits'], message: `is not a JSONPath: ${problem}` }];
};
