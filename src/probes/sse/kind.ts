import type { Layer } from '../../model/layer.ts';
import { httpHost, httpLayers, httpTarget } from '../http/address.ts';
import { curlCommand } from '../http/curl.ts';
import { unreachableDefault } from '../http/family-facts.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { explainSse } from './explain.ts';
import { sseFactTable } from './fact-table.ts';
import { sseProblems } from './problems.ts';
import { eventStreamHeaders } from './request.ts';
import type { Spec } from './schema.ts';
import { settingsOf } from './settings.ts';

const layers = (spec: Spec): readonly Layer[] => [
  ...httpLayers(spec).filter((layer) => layer !== 'content'),
  'protocol',
  'content',
  'freshness',
];

/** Something must have come, or the check would hold for a stream that is open and dead. */
const lifeDefault = ({ names, heartbeatMs }: ReturnType<typeof settingsOf>): readonly DefaultExpectation[] => {
  const atLeastOne = { matcher: 'at-least', expected: 1, level: 'expect' } as const;
  return [
    ...(heartbeatMs === null
      ? [{ fact: 'signs-of-life', code: 'stream-gap', ...atLeastOne } as const]
      : [{ fact: 'max-gap', matcher: 'at-most', expected: heartbeatMs, level: 'expect', code: 'stream-gap' } as const]),
    ...(names === null ? [] : [{ fact: 'events', code: 'value-missing', ...atLeastOne } as const]),
  ];
};

const defaults = (spec: Spec): readonly DefaultExpectation[] => [
  { fact: 'state', matcher: 'equals', expected: 'open', level: 'expect', code: 'stream-closed' },
  ...lifeDefault(settingsOf(spec)),
  { fact: 'invalid-utf8', matcher: 'equals', expected: 0, level: 'expect', code: 'invalid-utf8' },
  unreachableDefault,
];

const tryCommand = (spec: Spec): readonly string[] => {
  const [curl = 'curl', ...others] = curlCommand({ ...spec, headers: eventStreamHeaders(spec.headers) });
  return [curl, '-N', ...others];
};

/** An event stream over HTTP: that it opens, stays open and is alive. */
export const sse = defineProbe<'sse', typeof Spec>({
  kind: 'sse',
  summary:
    'Opens an event stream (Server-Sent Events) and watches it for a time: that it stays open, and that no silence is too long.',
  shorthand: 'url',
  facts: sseFactTable,
  target: httpTarget,
  host: httpHost,
  layers,
  problems: sseProblems,
  defaults,
  explain: explainSse,
  tryCommand,
  load: () => import('./look.ts'),
  lastsMs: (spec) => settingsOf(spec).forMs,
});
