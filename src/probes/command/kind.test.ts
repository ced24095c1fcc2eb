import { expect, test } from 'vitest';
import type { Facts } from '../../model/observation.ts';
import { command } from './kind.ts';
import type { Spec } from './schema.ts';

const NUL_MESSAGE = 'has a NUL byte, which no program can be given';

test.each<[Spec, readonly string[]]>([
  [{ argv: 'make' }, []],
  [{ argv: ['make', '', 'a b'] }, []],
  [
    { argv: 'make test ' },
    ['argv has a space, and no shell splits it: write the program and its arguments as a list, argv: ["make","test"]'],
  ],
  [
    { argv: '/opt/my\ttool' },
    [
      'argv has a space, and no shell splits it: write the program and its arguments as a list, argv: ["/opt/my","tool"]',
    ],
  ],
  [{ argv: ['', 'x'] }, ['argv.0 is empty: the first text is the program']],
  [{ argv: ['a', 'b\0c'] }, [`argv.1 ${NUL_MESSAGE}`]],
  [{ argv: 'a\0b' }, [`argv ${NUL_MESSAGE}`]],
  [{ argv: 'a', cwd: '\0', artifacts: ['ok', 'x\0'] }, [`cwd ${NUL_MESSAGE}`, `artifacts.1 ${NUL_MESSAGE}`]],
  [
    { argv: 'a', env: { 'A=B': 1, '': 'x', GOOD: 'x\0', FINE: true } },
    [
      'env.A=B is not a name that a variable can have',
      'env. is not a name that a variable can have',
      `env.GOOD ${NUL_MESSAGE}`,
    ],
  ],
])('%j has the problems %j', (spec, problems) => {
  expect(command.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual(problems);
});

test('a program may change something, unless it is said to have no side effects', () => {
  expect(command.changes?.({ argv: 'deploy' })).toBe(true);
  expect(command.changes?.({ argv: 'df', 'side-effects': 'none' })).toBe(false);
});

test('what is asked follows from the spec', () => {
  const asked = (spec: Spec) =>
    command.defaults(spec).map(({ fact, matcher, expected }) => `${fact} ${matcher} ${expected}`);
  expect(asked({ argv: 'a' })).toEqual(['exit-code equals 0', 'signal exists false', 'left-behind empty true']);
  expect(asked({ argv: 'a', artifacts: ['b'] })).toContain('missing-artifacts empty true');
  expect(command.executes?.({ argv: 'a' })).toBe(true);
});

test('a command is shown as a line, and bounded', () => {
  expect(command.target({ argv: ['make', '-j', 'a b', '"'] })).toBe(String.raw`make -j "a b" "\""`);
  expect(command.target({ argv: ['x'.repeat(500)] })).toHaveLength(201);
  expect(command.host({ argv: 'a' })).toBeNull();
});

test('the command to try has folder and variables, without those that may be secret', () => {
  expect(command.tryCommand({ argv: 'make' })).toEqual(['make']);
  const env = { PORT: 80, API_TOKEN: 'hush' };
  expect(command.tryCommand({ argv: ['make', 'x'], cwd: 'sub', env })).toEqual([
    ...['env', '-C', 'sub', 'PORT=80', 'API_TOKEN=***', 'make', 'x'],
  ]);
});

const signs = (facts: Facts) =>
  command.explain(facts, { argv: 'make' }).map(({ code, fact, message }) => `${code} ${fact}: ${message}`);

test('a program that failed is told with the last lines that it wrote', () => {
  const said = { stdout: 'building\n', stderr: 'step 1\nno rule\x1b[0m to make x\n\n' };
  expect(signs({ 'exit-code': 2, ...said })).toContain(
    String.raw`exit-code exit-code: the command ended with exit code 2; its stderr ends with: step 1 / no rule\u{1b}[0m to make x`,
  );
  expect(signs({ 'exit-code': 2, stdout: 'only this', stderr: '' })).toContain(
    'exit-code exit-code: the command ended with exit code 2; its stdout ends with: only this',
  );
  expect(signs({ 'exit-code': 1, 'stdout-tail': 'tail', stderr: '' })[0]).toMatch(/its stdout ends with: tail/);
  expect(signs({ signal: 'SIGKILL', stdout: '', stderr: '' }).slice(0, 2)).toEqual([
    'signal signal: the command was ended by SIGKILL; it said nothing',
    'signal exit-code: the command was ended by SIGKILL; it said nothing',
  ]);
});

test('a program that ended well shows no sign', () => {
  expect(
    signs({ 'exit-code': 0, stdout: '{}', json: {}, stderr: '', 'left-behind': [], 'missing-artifacts': [] }),
  ).toEqual([]);
});

test('what is missing, left out or left behind is told', () => {
  expect(signs({ 'exit-code': 0, stdout: 'no', stderr: '' })).toEqual([
    expect.stringMatching(/^not-json json: stdout is not JSON: /),
  ]);
  expect(signs({ 'exit-code': 0, json: 1, 'stdout-left-out': 73_728 })).toEqual([
    'value-missing stdout: stdout is longer than what is kept: 72 KiB in its middle are gone; ask stdout-head or stdout-tail',
  ]);
  expect(signs({ 'exit-code': 0, json: 1, 'missing-artifacts': ['a (no file)', 'b', 'c', 'd'] })[0]).toBe(
    'artifact-missing missing-artifacts: the command left no result: a (no file); b; c; and 1 more',
  );
  const left = [
    { pid: 7, name: 'sleep', escaped: false, ended: true },
    { name: 'somebody', escaped: true, ended: false },
  ];
  expect(signs({ 'exit-code': 0, json: 1, 'left-behind': left })).toEqual([
    'assertion-failed left-behind: the command ended and left processes behind: sleep (7); somebody, which could not be ended',
  ]);
});

test('what an artifact does not have cannot be asked', () => {
  const problems = ['exit-code', 'artifacts.0.size', 'artifacts.12.path', 'artifacts.0.pth', 'artifacts.path'];
  expect(problems.map((fact) => command.factProblem?.(fact) === null)).toEqual([true, true, true, false, false]);
});
