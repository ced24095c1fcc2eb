import { httpHost, httpLayers, shownTarget } from '../http/address.ts';
import { curlCommand } from '../http/curl.ts';
import { familyDefaults } from '../http/family-facts.ts';
import { httpFactTable } from '../http/fact-table.ts';
import { httpDefaults } from '../http/kind.ts';
import { methodOf } from '../http/policy.ts';
import { httpProblems } from '../http/problems.ts';
import { defineProbe, type DefaultExpectation, type SpecProblem } from '../probe.ts';
import { explain } from './explain.ts';
import { healthFactTable } from './facts.ts';
import type { Spec } from './schema.ts';

/** The HTTP status is judged through the body: a 503 with a readable body is told by what broke, not by its number. */
const defaults = (spec: Spec): readonly DefaultExpectation[] => [
  { fact: 'health.status', matcher: 'in', expected: ['pass', 'warn'], level: 'expect', code: 'health-fail' },
  { fact: 'health.status', matcher: 'equals', expected: 'pass', level: 'warn', code: 'health-warn' },
  { fact: 'health.disagreements', matcher: 'empty', expected: true, level: 'expect', code: 'health-contradiction' },
  { fact: 'health.contradictions', matcher: 'empty', expected: true, level: 'expect', code: 'component-contradiction' },
  { fact: 'health.missing', matcher: 'empty', expected: true, level: 'expect', code: 'component-missing' },
  ...(spec.require ?? []).map(
    (name) =>
      ({
        fact: `health.components.${name}`,
        matcher: 'equals',
        expected: 'pass',
        level: 'expect',
        code: 'health-fail',
      }) as const,
  ),
  { fact: 'health.stale', matcher: 'exists', expected: false, level: 'warn', code: 'health-stale' },
  ...httpDefaults.filter(({ fact }) => fact !== 'status'),
  ...familyDefaults(spec),
];

const problems = (spec: Spec): readonly SpecProblem[] => [
  ...httpProblems(spec),
  ...(methodOf(spec) === 'HEAD' ? [{ path: ['method'], message: 'is HEAD: a health check reads the body' }] : []),
];

/** One request over HTTP whose body is read as what a system says of its own health. */
export const health = defineProbe<'health', typeof Spec>({
  kind: 'health',
  summary:
    'Asks a health endpoint and reads its body, in eleven formats. Body and HTTP status must agree, and no component may contradict the total.',
  shorthand: 'url',
  facts: { ...httpFactTable, ...healthFactTable },
  target: shownTarget,
  host: httpHost,
  layers: (spec) => [...httpLayers(spec), 'freshness'],
  problems,
  defaults,
  explain,
  tryCommand: curlCommand,
  load: () => import('./look.ts'),
});
