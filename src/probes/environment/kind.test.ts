import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { load } from '../../../tests/load-texts.ts';
import { environment } from './kind.ts';
import type { Spec } from './schema.ts';

const problems = (spec: Spec): readonly string[] =>
  environment.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`);

test.each<[string, Spec, string]>([
  ['a number', { PORT: 8080 }, 'PORT is not understood: expected text, found a number; write { exists: true } when'],
  ['true', { DEBUG: true }, 'DEBUG is not understood: expected text, found true; write { exists: true } when'],
  ['nothing', { TOKEN: null }, 'TOKEN is not understood: expected text, found nothing; write { exists: true }'],
  ['a list', { REGION: ['eu'] }, 'REGION is not understood: expected text, found a list'],
  ['an empty mapping', { A: {} }, 'A is not understood: expected a matcher, found a mapping'],
  [
    'an unknown matcher',
    { A: { matchs: 'x' } },
    'A.matchs is not understood: there is no matcher "matchs"; did you mean',
  ],
  ['a bad pattern', { A: { matches: 'a(' } }, 'A.matches is not understood: the pattern is wrong: missing closing )'],
  [
    'an order of text',
    { A: { 'at-least': 5 } },
    'A.at-least is not understood: at-least does not apply to a fact of type string',
  ],
  ['a number inside', { A: { in: ['x', 5] } }, 'A.in.1 is not understood: expected text, found a number'],
  ['a contradiction', { A: { exists: false }, 'is-set': 'A' }, 'is-set names A, of which exists: false is asked below'],
])('%s is refused when the file is loaded', (_, spec, message) => {
  expect(problems(spec).join('\n')).toContain(message);
});

test('what is wrong is told without the value, which may be a secret', () => {
  const told = problems({
    A: { equals: 31_337 },
    B: { in: 'hunter2' },
    C: { length: 'hunter2' },
    D: { matches: 'hunter2(' },
  }).join('\n');
  expect(told).not.toMatch(/31337|hunter2/);
  expect(told).toContain('A.equals is not understood: expected text, found a number');
});

test('each variable must be as it is asked, unless the check says otherwise', () => {
  expect(environment.defaults({ 'is-set': ['A'], B: { exists: false } })).toEqual(
    ['B', 'A'].map((name) => ({
      fact: `valid.${name}`,
      matcher: 'equals',
      expected: true,
      level: 'expect',
      code: 'variable-invalid',
    })),
  );
});

test('the target names some variables, and no host is meant', () => {
  expect(environment.target({ 'is-set': ['A', 'B', 'C', 'D', 'E', 'F', 'G'] })).toBe('A, B, C, D, E and 2 more');
  expect(environment.host({})).toBeNull();
});

test('the command to look again shows no value', () => {
  const [program = '', ...argv] = environment.tryCommand({ 'is-set': ['HUSH', 'GONE', 'EMPTY'] }) ?? [];
  const env = { PATH: process.env['PATH'], HUSH: 'hunter2', EMPTY: '' };
  const said = execFileSync(program, argv, { encoding: 'utf8', env });
  expect(said).toBe('HUSH is set\nGONE is not set\nEMPTY is not set\n');
});

const loaded = async (spec: string) => load({ files: { 'gonogo.yaml': `version: 1\nchecks:\n  env:\n    ${spec}\n` } });

const messages = async (spec: string): Promise<readonly string[]> => {
  const result = await loaded(spec);
  return result.ok ? [] : result.problems.map(({ message }) => message);
};

test('in a file a plain text is a name that must be set', async () => {
  const result = await loaded('environment: API_TOKEN');
  expect(result.ok && result.config.checks.map(({ target, spec }) => [target, spec])).toEqual([
    ['API_TOKEN', { 'is-set': 'API_TOKEN' }],
  ]);
});

test('in a file names, matchers and an empty check are refused with their place', async () => {
  expect(await messages('environment: { 2FA: { exists: true } }')).toEqual([
    '"2FA" is not a name of letters, digits and "_" that does not begin with a digit',
  ]);
  expect(await messages('environment: { is-set: [a-b] }')).toEqual([
    'expected the name of an environment variable, found the text "a-b"',
  ]);
  expect(await messages('environment: { PORT: 80 }')).toHaveLength(1);
  expect(await messages('environment: {}')).toEqual(['the check "env" asserts nothing: it could not fail']);
  expect(await messages("environment: { A: 'x', B: { matches: '^y' }, is-set: [C] }")).toEqual([]);
});
