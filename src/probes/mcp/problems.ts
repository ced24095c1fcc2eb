import { valueAsksQuestion } from '../answer/placeholder.ts';
import { answerProblems, goldenProblems } from '../answer/problems.ts';
import { stringsIn } from '../answer/strings-in.ts';
import { commandProblems } from '../command/problems.ts';
import { parseHostPort } from '../http/host-port.ts';
import { urlProblem } from '../http/problems.ts';
import type { SpecProblem } from '../probe.ts';
import type { Spec } from './schema.ts';
import { sideEffectOf } from './side-effects.ts';

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
  ...serverProblems(spec),
  ...transportProblems(spec),
  ...toolProblems(spec),
  ...headerProblems(spec),
  ...hostPortProblems(spec['connect-to'], 'connect-to'),
  ...hostPortProblems(spec.resolver, 'resolver'),
  ...answerProblems(spec),
  ...goldenProblems(spec.golden),
  ...questionProblems(spec),
];

const OF_A_URL = ['headers', 'auth', 'tls', 'connect-to', 'resolver'] as const;
const OF_A_COMMAND = ['env', 'cwd', 'stdout-noise'] as const;
const OF_A_CALL = [
  ...(['arguments', 'check-arguments', 'side-effects', 'golden', 'deny', 'sentinel'] as const),
  ...(['hits', 'id', 'score', 'citations', 'built-at', 'documents', 'min-score', 'max-distance'] as const),
] as const;

/** Keys that say nothing in this spec: whoever wrote them meant something that would not happen. */
const idle = (spec: Spec, keys: readonly (keyof Spec)[], message: string): SpecProblem[] =>
  keys.filter((key) => spec[key] !== undefined).map((key) => ({ path: [key], message }));

const serverProblems = (spec: Spec): SpecProblem[] => {
  const { url, command } = spec;
  if (url === undefined && command === undefined) {
    return [{ path: [], message: 'needs url: (a server on the network) or command: (a program over stdio)' }];
  }
  if (url !== undefined && command !== undefined) {
    return [{ path: ['command'], message: 'cannot stand beside url:, which is another server' }];
  }
  return url === undefined
    ? [...programProblems(spec, command ?? []), ...idle(spec, OF_A_URL, 'has no meaning with command:')]
    : [...urlProblems(url), ...idle(spec, OF_A_COMMAND, 'has no meaning with url:')];
};

/** As of a `command` check; only the key of the program is called otherwise here. */
const programProblems = ({ env, cwd }: Spec, command: readonly string[]): SpecProblem[] =>
  commandProblems({
    argv: [...command],
    ...(env === undefined ? {} : { env }),
    ...(cwd === undefined ? {} : { cwd }),
  }).map(({ path: [key = '', ...rest], message }) => ({ path: [key === 'argv' ? 'command' : key, ...rest], message }));

const urlProblems = (text: string): SpecProblem[] => {
  const { username, password } = URL.parse(text) ?? { username: '', password: '' };
  const message =
    username + password === '' ? urlProblem(text) : 'must not hold a user or password: use auth: or headers:';
  return message === null ? [] : [{ path: ['url'], message }];
};

const transportProblems = ({ url, command, transport = 'auto', era }: Spec): SpecProblem[] => {
  const wrong = (message: string): SpecProblem[] => [{ path: ['transport'], message }];
  if (url !== undefined && transport === 'stdio') return wrong('stdio needs command:, a url is http or sse');
  if (command !== undefined && (transport === 'http' || transport === 'sse')) {
    return wrong(`${transport} needs url:, a command talks over stdio`);
  }
  return transport === 'sse' && era === 'modern'
    ? [{ path: ['era'], message: 'modern does not exist over sse, which ended with the legacy era' }]
    : [];
};

const toolProblems = (spec: Spec): SpecProblem[] => {
  if (spec.tool === undefined) return idle(spec, OF_A_CALL, 'has no meaning without tool:');
  const word = sideEffectOf(spec.tool);
  return word === undefined || spec['side-effects'] === 'allow'
    ? []
    : [{ path: ['tool'], message: `looks like it changes something ("${word}"); say side-effects: allow to call it` }];
};

/** A tool that repeats its arguments would always seem to know the sentinel. */
const questionProblems = ({ tool, arguments: given = {}, golden, sentinel }: Spec): SpecProblem[] => {
  if (tool === undefined) return [];
  const asks = valueAsksQuestion(given);
  const repeats =
    sentinel !== undefined && stringsIn(JSON.parse(JSON.stringify(given))).some((text) => text.includes(sentinel));
  return [
    ...(golden !== undefined && !asks
      ? [{ path: ['golden'], message: 'is never asked: write {{question}} in arguments' }]
      : []),
    ...(golden === undefined && asks
      ? [{ path: ['arguments'], message: 'holds {{question}}, which only golden: fills' }]
      : []),
    ...(golden !== undefined && sentinel !== undefined
      ? [{ path: ['sentinel'], message: 'stands beside golden:; ask for it in a check of its own' }]
      : []),
    ...(repeats
      ? [
          {
            path: ['sentinel'],
            message: 'stands in the arguments already: an answer that repeats it would prove nothing',
          },
        ]
      : []),
  ];
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
