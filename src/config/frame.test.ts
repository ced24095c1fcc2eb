import { expect, test } from 'vitest';
import { renderProblem, renderProblems } from './frame.ts';
import type { Problem } from './problem.ts';

const problem = (changes: Partial<Problem>): Problem => ({
  severity: 'error',
  message: 'unknown key "componet"',
  hint: 'did you mean "component"?',
  position: { file: 'gonogo.yaml', line: 2, column: 3 },
  length: 8,
  ...changes,
});

test('a problem shows its place, its line, the token underlined and what to do', () => {
  expect(renderProblem(problem({}), 'checks:\n  componet: x\n')).toBe(
    [
      'error: unknown key "componet"',
      '  --> gonogo.yaml:2:3',
      '   |',
      '2  |   componet: x',
      '   |   ^^^^^^^^',
      '   = did you mean "component"?',
    ].join('\n'),
  );
});

test('a problem without a place or without a text is still told whole', () => {
  expect(renderProblem(problem({ position: null }), null)).toBe(
    'error: unknown key "componet"\n   = did you mean "component"?',
  );
  expect(renderProblem(problem({ hint: null }), null)).toBe('error: unknown key "componet"\n  --> gonogo.yaml:2:3');
});

test('carets stay under the token when characters before it are escaped', () => {
  const shown = renderProblem(problem({ position: { file: 'a', line: 1, column: 3 }, length: 1 }), '\u001b\tX\u202e');
  expect(shown).toContain('1  | \\x1b\\tX\\u{202e}\n   |       ^');
});

test('messages, hints and file names cannot steer the terminal', () => {
  const shown = renderProblem(
    problem({ message: 'a\u001b[31m\nb', hint: 'c\rd', position: { file: 'e\u0007', line: 1, column: 1 } }),
    null,
  );
  expect(shown).toBe('error: a\\x1b[31m\\x0ab\n  --> e\\x07:1:1\n   = c\\x0dd');
});

test('a very long line is cut around the token', () => {
  const text = `${'a'.repeat(5000)}TOKEN${'b'.repeat(5000)}`;
  const shown = renderProblem(problem({ position: { file: 'a', line: 1, column: 5001 }, length: 5 }), text);
  expect(shown.split('\n').every((line) => line.length < 140)).toBe(true);
  expect(shown).toContain('aTOKENb');
  expect(shown).toContain(`${' '.repeat(41)}^^^^^`);
});

test('a token that runs to the end of its line or beyond is underlined to the end', () => {
  const shown = renderProblem(problem({ position: { file: 'a', line: 1, column: 4 }, length: 99 }), 'a: |\n  text');
  expect(shown).toContain('1  | a: |\n   |    ^');
});

test('problems end with their count', () => {
  const text = renderProblems(
    [problem({ position: null, hint: null }), problem({ severity: 'warning', position: null, hint: null })],
    new Map(),
  );
  expect(text).toBe('error: unknown key "componet"\n\nwarning: unknown key "componet"\n\n1 error, 1 warning\n');
});
