import { urlProblem, httpProblems } from '../http/problems.ts';
import type { SpecProblem } from '../probe.ts';
import { sizeProblems, watchProblems } from '../sse/problems.ts';
import { handshakeUrl } from './address.ts';
import type { Spec } from './schema.ts';
import { settingsOf } from './settings.ts';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Ours to say: without them, or with others, there is no handshake. */
const OWN_HEADERS = /^(connection|upgrade|host|content-length|transfer-encoding|sec-websocket-.*)$/i;

const addressProblems = ({ url }: Spec): readonly SpecProblem[] => {
  const told = (message: string): readonly SpecProblem[] => [{ path: ['url'], message }];
  if (!URL.canParse(url)) return told('is not a URL: expected something like wss://example.com/socket');
  const { protocol, hash } = new URL(url);
  if (protocol !== 'ws:' && protocol !== 'wss:') {
    return told(`has the scheme "${protocol.slice(0, -1)}": expected ws, or wss for TLS`);
  }
  if (hash !== '') return told('has a fragment (#), which the address of a WebSocket cannot have');
  const problem = urlProblem(handshakeUrl(url));
  return problem === null ? [] : told(problem);
};

const headerProblems = ({ headers = {} }: Spec): readonly SpecProblem[] =>
  Object.keys(headers)
    .filter((name) => OWN_HEADERS.test(name))
    .map((name) => ({ path: ['headers', name], message: 'is part of the handshake, which we make ourselves' }));

const subprotocolProblems = ({ subprotocols = [] }: Spec): readonly SpecProblem[] =>
  subprotocols.flatMap((name, index) =>
    TOKEN.test(name) ? [] : [{ path: ['subprotocols', index], message: 'is not a name that a subprotocol can have' }],
  );

const meaninglessKeys = (spec: Spec): readonly SpecProblem[] => [
  ...(spec.heartbeat !== undefined && spec.for === undefined
    ? [{ path: ['heartbeat'], message: 'has no meaning without for: say how long the connection is watched' }]
    : []),
  ...(spec.close === true && spec.for !== undefined
    ? [{ path: ['close'], message: 'contradicts for: the connection must either stay open or be closed' }]
    : []),
  ...(spec.within !== undefined && spec.close !== true && spec.send === undefined && spec.answer === undefined
    ? [{ path: ['within'], message: 'has no meaning without send, answer or close: nothing is waited for' }]
    : []),
];

/** What can be known to be wrong with a `websocket` spec before looking. */
export const websocketProblems = (spec: Spec): readonly SpecProblem[] => {
  const { forMs, heartbeatMs } = settingsOf(spec);
  const { send: _send, answer: _answer, close: _close, limits, ...http } = spec;
  return [
    ...addressProblems(spec),
    ...httpProblems({ ...http, url: 'http://placeholder.invalid/' }),
    ...headerProblems(spec),
    ...subprotocolProblems(spec),
    ...meaninglessKeys(spec),
    ...(forMs === null ? [] : watchProblems(forMs, heartbeatMs)),
    ...(['headers', 'message', 'body'] as const).flatMap((key) => sizeProblems(['limits', key], limits?.[key])),
  ];
};
