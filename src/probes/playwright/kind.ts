import { isSensitiveName } from '../engine/redirect-shown-url.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { explainPlaywright } from './explain.ts';
import { playwrightFactTable } from './fact-table.ts';
import { patternsOf, playwrightProblems } from './problems.ts';
import type { Spec } from './schema.ts';

const defaults: readonly DefaultExpectation[] = [
  { fact: 'failed', matcher: 'equals', expected: 0, level: 'expect', code: null },
  { fact: 'passed', matcher: 'at-least', expected: 1, level: 'expect', code: 'nothing-asserted' },
  { fact: 'errors', matcher: 'empty', expected: true, level: 'expect', code: 'not-run' },
  { fact: 'not-run', matcher: 'equals', expected: 0, level: 'expect', code: 'not-run' },
  { fact: 'flaky', matcher: 'equals', expected: 0, level: 'warn', code: null },
  { fact: 'unasserted', matcher: 'equals', expected: 0, level: 'warn', code: 'nothing-asserted' },
  { fact: 'exit-code', matcher: 'equals', expected: 0, level: 'expect', code: 'exit-code' },
];

/** Starting a runner and a browser takes a while before the first test begins. */
const START_MS = 20_000;

/** A pattern of files as the runner takes one: a regular expression that fits somewhere in a path. */
const asFilter = (pattern: string): string =>
  /[*?[{]/.test(pattern)
    ? pattern
        .replace(/^(\.\.?\/)+/, '')
        .replaceAll('.', '\\.')
        .replaceAll(/\*\*\/|\*|\?/g, (sign) => (sign === '**/' ? '(.*/)?' : sign === '*' ? '[^/]*' : '.'))
        .replaceAll(/\{([^{}]*)\}/g, (_, choices: string) => `(${choices.replaceAll(',', '|')})`)
    : pattern;

/** For a person, without the values of sensitive names. */
const tryCommand = (spec: Spec): readonly string[] => {
  const variables = Object.entries(spec.env ?? {}).map(
    ([name, value]) => `${name}=${isSensitiveName(name) ? '***' : value}`,
  );
  return [
    ...(variables.length === 0 ? [] : ['env', ...variables]),
    ...['npx', 'playwright', 'test', ...patternsOf(spec).map(asFilter)],
    ...(spec.config === undefined ? [] : ['--config', spec.config]),
    ...(spec.project === undefined ? [] : ['--project', spec.project]),
    ...(spec.grep === undefined ? [] : ['--grep', spec.grep]),
  ];
};

/** Specs of Playwright, run by its own runner. */
export const playwright = defineProbe<'playwright', typeof Spec>({
  kind: 'playwright',
  summary: 'Runs specs of @playwright/test in a real browser and reports each test.',
  shorthand: 'spec',
  facts: playwrightFactTable,
  target: (spec) => patternsOf(spec).join(', '),
  host: () => null,
  layers: () => ['content'],
  problems: playwrightProblems,
  defaults: () => defaults,
  explain: (facts) => explainPlaywright(facts),
  tryCommand,
  lastsMs: () => START_MS,
  executes: () => true,
  heavy: true,
  changes: () => true,
  load: () => import('./look.ts'),
});
