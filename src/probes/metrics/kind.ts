import { httpHost, httpLayers, httpTarget } from '../http/address.ts';
import { curlCommand } from '../http/curl.ts';
import { familyDefaults } from '../http/family-facts.ts';
import { httpDefaults } from '../http/kind.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { explain } from './explain.ts';
import { metricsFactTable } from './fact-table.ts';
import { metricsProblems } from './problems.ts';
import type { Spec } from './schema.ts';
import { factProblem } from './selector.ts';

const defaults = (spec: Spec): readonly DefaultExpectation[] => [
  ...httpDefaults,
  { fact: 'valid', matcher: 'equals', expected: true, level: 'expect', code: 'schema-violation' },
  { fact: 'series', matcher: 'at-least', expected: 1, level: 'expect', code: 'value-missing' },
  ...(spec.names === undefined
    ? []
    : [{ fact: 'missing', matcher: 'empty', expected: true, level: 'expect', code: 'value-missing' } as const]),
  ...familyDefaults(spec),
];

/** One scrape of an endpoint that exposes metrics as text. */
export const metrics = defineProbe<'metrics', typeof Spec>({
  kind: 'metrics',
  summary:
    'Scrapes an endpoint once, reads Prometheus text or OpenMetrics strictly, and answers selectors with labels, sums and quantiles.',
  shorthand: 'url',
  facts: metricsFactTable,
  factProblem,
  target: httpTarget,
  host: httpHost,
  layers: (spec) => [...httpLayers(spec).filter((layer) => layer !== 'content'), 'schema', 'content'],
  problems: metricsProblems,
  defaults,
  explain,
  tryCommand: curlCommand,
  load: () => import('./look.ts'),
});
