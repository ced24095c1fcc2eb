import type { ReasonCode } from '../../model/reason-code.ts';
import { defineProbe, type DefaultExpectation } from '../probe.ts';
import { explainFiles } from './explain.ts';
import { filesFactTable } from './fact-table.ts';
import { listOf } from './list-of.ts';
import { filesProblems } from './problems.ts';
import type { Spec } from './schema.ts';
import { findCommand } from './try-command.ts';

const target = ({ glob, root }: Spec): string => {
  const globs = listOf(glob);
  const shown = `${globs.slice(0, 3).join(', ')}${globs.length > 3 ? ` and ${globs.length - 3} more` : ''}`;
  return root === undefined ? shown : `${shown} in ${root}`;
};

const none = (fact: string, code: ReasonCode): DefaultExpectation => ({
  fact,
  matcher: 'equals',
  expected: 0,
  level: 'expect',
  code,
});

const atLeastOne = (fact: string, code: ReasonCode): DefaultExpectation => ({
  fact,
  matcher: 'at-least',
  expected: 1,
  level: 'expect',
  code,
});

/** Where nothing may hide, a link that is not followed is something that was not looked at. */
const followed: DefaultExpectation = { ...none('links-out', 'file-invalid'), level: 'warn' };

/** Each pattern of a list, so that a file that was renamed is not silently looked at no more. */
const eachMatches: DefaultExpectation = {
  fact: 'unmatched',
  matcher: 'empty',
  expected: true,
  level: 'expect',
  code: 'file-missing',
};

const validJson: DefaultExpectation = {
  fact: 'valid-json',
  matcher: 'equals',
  expected: true,
  level: 'expect',
  code: 'file-invalid',
};

const defaults = (spec: Spec): readonly DefaultExpectation[] => {
  if (spec.absent === true) return [none('count', 'file-present'), followed];
  const forbids = spec.forbid !== undefined || spec['must-not-contain'] !== undefined;
  return [
    atLeastOne('count', 'file-missing'),
    ...(listOf(spec.glob).length > 1 ? [eachMatches] : []),
    none('irregular', 'file-invalid'),
    ...(spec.mode === undefined ? [] : [none('wrong-mode', 'file-mode')]),
    ...(spec.json === true ? [validJson] : []),
    ...(spec['json-lines'] === true
      ? [
          none('invalid-lines', 'file-invalid'),
          none('half-written', 'file-invalid'),
          atLeastOne('lines', 'file-invalid'),
        ]
      : []),
    ...(spec['must-contain'] === undefined ? [] : [none('missing-patterns', 'file-invalid')]),
    ...(forbids ? [none('forbidden', 'file-invalid'), followed] : []),
  ];
};

/** Files of this machine: that they are there, or are not; how old, how large, for whom, and with what in them. */
export const files = defineProbe<'files', typeof Spec>({
  kind: 'files',
  summary:
    'Looks for files below a folder: how many, how old, how large, with which permissions, and what their lines hold. With `absent: true` it asks that there is none.',
  shorthand: 'glob',
  facts: filesFactTable,
  target,
  host: () => null,
  layers: () => ['content'],
  problems: filesProblems,
  defaults,
  explain: explainFiles,
  tryCommand: findCommand,
  load: () => import('./look.ts'),
});
