import type { Layer } from '../../model/layer.ts';
import { httpHost, httpLayers } from '../http/address.ts';
import { unreachableDefault } from '../http/family-facts.ts';
import { isSensitiveName } from '../engine/redirect-shown-url.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { handshakeUrl, websocketTarget } from './address.ts';
import { explainWebsocket } from './explain.ts';
import { websocketFactTable } from './fact-table.ts';
import { websocketProblems } from './problems.ts';
import type { Spec } from './schema.ts';
import { lastsMs, settingsOf } from './settings.ts';

const handshake = ({ url, query }: Spec) => ({ url: handshakeUrl(url), ...(query === undefined ? {} : { query }) });

const layers = (spec: Spec): readonly Layer[] => [
  ...httpLayers(handshake(spec)).filter((layer) => layer !== 'content'),
  'protocol',
  'content',
  ...(spec.heartbeat === undefined ? [] : (['freshness'] as const)),
];

const defaults = (spec: Spec): readonly DefaultExpectation[] => {
  const { awaitsAnswer, awaitsClose, heartbeatMs } = settingsOf(spec);
  const state = awaitsClose ? 'closed' : 'open';
  return [
    { fact: 'state', matcher: 'equals', expected: state, level: 'expect', code: 'stream-closed' },
    ...(awaitsAnswer
      ? [{ fact: 'answered', matcher: 'equals', expected: true, level: 'expect', code: null } as const]
      : []),
    ...(heartbeatMs === null
      ? []
      : [{ fact: 'max-gap', matcher: 'at-most', expected: heartbeatMs, level: 'expect', code: 'stream-gap' } as const]),
    unreachableDefault,
  ];
};

/** What is sent may be a secret, and so is not shown. */
const tryCommand = (spec: Spec): readonly string[] => [
  'wscat',
  '--connect',
  websocketTarget(spec),
  ...Object.entries(spec.headers ?? {}).flatMap(([name, value]) => [
    '--header',
    `${name}: ${isSensitiveName(name) ? '***' : String(value)}`,
  ]),
  ...(spec.auth === undefined ? [] : ['--header', 'Authorization: ***']),
  ...(spec.subprotocols ?? []).flatMap((name) => ['--subprotocol', name]),
];

/** A WebSocket: that it opens, answers and stays. */
export const websocket = defineProbe<'websocket', typeof Spec>({
  kind: 'websocket',
  summary:
    'Opens a WebSocket, can send a message and wait for the answer, and can watch for how long the connection stays open and alive.',
  shorthand: 'url',
  facts: websocketFactTable,
  target: websocketTarget,
  host: (spec) => httpHost(handshake(spec)),
  layers,
  problems: websocketProblems,
  defaults,
  explain: explainWebsocket,
  tryCommand,
  load: () => import('./look.ts'),
  lastsMs,
});
