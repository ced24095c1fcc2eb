import { parsePercentage } from '../../matchers/units.ts';
import type { Layer } from '../../model/layer.ts';
import { httpHost, httpLayers, httpTarget } from '../http/address.ts';
import { curlCommand } from '../http/curl.ts';
import { httpDefaults } from '../http/kind.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { explainHeartbeat } from './explain.ts';
import { heartbeatFactTable } from './fact-table.ts';
import { heartbeatProblems } from './problems.ts';
import { mostMs, scheduleOf } from './schedule.ts';
import type { Spec } from './schema.ts';
import { sourceOf } from './source.ts';

const target = (spec: Spec): string => {
  const source = sourceOf(spec);
  if (source === null) return 'nothing';
  if (source.kind === 'url') return httpTarget(source.http);
  return source.kind === 'file' ? source.path : `the history of ${source.check}`;
};

const host = (spec: Spec): string | null => {
  const source = sourceOf(spec);
  return source?.kind === 'url' ? httpHost(source.http) : null;
};

const layers = (spec: Spec): readonly Layer[] => {
  const source = sourceOf(spec);
  const before = source?.kind === 'url' ? httpLayers(source.http) : source?.kind === 'file' ? ['content' as const] : [];
  return [...before, 'freshness', ...(spec.uptime === undefined ? [] : (['quality'] as const))];
};

const defaults = (spec: Spec): readonly DefaultExpectation[] => {
  const due = mostMs(scheduleOf(spec));
  const floor = spec.uptime === undefined ? null : parsePercentage(spec.uptime);
  return [
    { fact: 'age', matcher: 'at-most', expected: due, level: 'expect', code: 'heartbeat-missed' },
    ...(floor === null
      ? []
      : [{ fact: 'uptime', matcher: 'at-least', expected: floor, level: 'expect', code: 'uptime-low' } as const]),
    ...(sourceOf(spec)?.kind === 'url' ? httpDefaults : []),
  ];
};

const tryCommand = (spec: Spec): readonly string[] | null => {
  const source = sourceOf(spec);
  if (source?.kind === 'url') return curlCommand(source.http);
  if (source?.kind !== 'file') return null;
  return [source.json === null ? 'stat' : 'cat', source.path];
};

/** A sign of life that has to come again and again. */
export const heartbeat = defineProbe<'heartbeat', typeof Spec>({
  kind: 'heartbeat',
  summary:
    'Looks when the last sign of life was, in a document over HTTP, a file or our own history, and whether the next one is overdue.',
  shorthand: 'from',
  facts: heartbeatFactTable,
  target,
  host,
  layers,
  problems: heartbeatProblems,
  defaults,
  explain: explainHeartbeat,
  tryCommand,
  refersTo: (spec) => {
    const source = sourceOf(spec);
    const own = spec['uptime-of'];
    return [
      ...(source?.kind === 'history' ? [{ path: ['from', 'history'], check: source.check }] : []),
      ...(own === undefined ? [] : [{ path: ['uptime-of'], check: own }]),
    ];
  },
  load: () => import('./look.ts'),
});
