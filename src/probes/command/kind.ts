import { isSensitiveName } from '../engine/redirect-shown-url.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { argvOf, shownArgv } from './argv.ts';
import { explainCommand } from './explain.ts';
import { commandFactTable } from './fact-table.ts';
import { commandProblems } from './problems.ts';
import type { Spec } from './schema.ts';

const defaults = ({ artifacts }: Spec): readonly DefaultExpectation[] => [
  { fact: 'exit-code', matcher: 'equals', expected: 0, level: 'expect', code: 'exit-code' },
  { fact: 'signal', matcher: 'exists', expected: false, level: 'expect', code: 'signal' },
  ...(artifacts === undefined
    ? []
    : [
        {
          fact: 'missing-artifacts',
          matcher: 'empty',
          expected: true,
          level: 'expect',
          code: 'artifact-missing',
        } as const,
      ]),
  { fact: 'left-behind', matcher: 'empty', expected: true, level: 'expect', code: null },
];

/** `env -C DIR NAME=VALUE program`: the same start for a person, without the values of sensitive names. */
const tryCommand = (spec: Spec): readonly string[] => {
  const variables = Object.entries(spec.env ?? {}).map(
    ([name, value]) => `${name}=${isSensitiveName(name) ? '***' : value}`,
  );
  const before = [...(spec.cwd === undefined ? [] : ['-C', spec.cwd]), ...variables];
  return [...(before.length === 0 ? [] : ['env', ...before]), ...argvOf(spec)];
};

/** A program on this machine: how it ends, what it says, what it writes and what it leaves behind. */
export const command = defineProbe<'command', typeof Spec>({
  kind: 'command',
  summary:
    'Runs a program on this machine, without a shell, and reports how it ended, what it said and which files it wrote. Every process that it started is ended with it.',
  shorthand: 'argv',
  facts: commandFactTable,
  target: shownArgv,
  host: () => null,
  layers: () => ['content'],
  problems: commandProblems,
  defaults,
  explain: (facts) => explainCommand(facts),
  tryCommand,
  factProblem: (fact) =>
    !fact.startsWith('artifacts.') || /^artifacts\.\d{1,2}\.(path|size|modified)$/.test(fact)
      ? null
      : 'of an artifact there are path, size and modified: artifacts.0.size',
  executes: () => true,
  changes: (spec) => spec['side-effects'] !== 'none',
  load: () => import('./look.ts'),
});
