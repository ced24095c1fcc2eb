import { expect, test } from 'vitest';
import type { Kind } from './kinds.ts';
import { resolveCheck } from './resolve-check.ts';
import { makeSourceFile } from './source-file.ts';
import { mapAt } from './written.ts';

const kind = (changes: Partial<Kind>): Kind => ({
  kind: 'echo',
  shorthand: 'text',
  facts: { text: { type: 'string', description: 'what came back' } },
  target: () => 'echo',
  host: () => null,
  layers: () => ['content'],
  problems: () => [],
  defaults: () => [],
  tryCommand: () => null,
  ...changes,
});

const resolve = (keys: string, changes: Partial<Kind> = {}) => {
  const file = makeSourceFile('gonogo.yaml', `checks:\n  a: { ${keys} }\n`);
  const declaration = { id: 'a', value: mapAt(file.value, ['checks', 'a']), file, path: ['checks', 'a'] };
  return resolveCheck(
    { declaration, value: declaration.value, filled: [], broken: [] },
    {
      checks: new Map(),
      components: new Map(),
      owners: new Map(),
      complete: true,
      defaults: { timeoutMs: 1, retry: { attempts: 1, delayMs: 1 } },
      resolvedComponents: new Map(),
      environment: {},
      secrets: new Map(),
      families: new Map(),
      allowBursts: [],
      maintenance: new Map(),
      kinds: new Map([['echo', kind(changes)]]),
    },
  );
};

test('a check that nothing could fail is refused', () => {
  const { check, findings } = resolve('echo: { text: hi }, warn: { text: hi }');
  expect(check).toBeNull();
  expect(findings).toMatchObject([
    { message: 'the check "a" asserts nothing: it could not fail', hint: 'add expect: with one of the facts text' },
  ]);
});

test('an expectation of the check or a default of its kind is enough', () => {
  expect(resolve('echo: { text: hi }, expect: { text: hi }').findings).toEqual([]);
  const byDefault = { fact: 'text', matcher: 'exists', expected: true, level: 'expect', code: null } as const;
  expect(resolve('echo: { text: hi }', { defaults: () => [byDefault] }).check?.expectations).toEqual([
    { ...byDefault, type: 'string', source: null },
  ]);
  expect(resolve('echo: { text: hi }', { defaults: () => [{ ...byDefault, level: 'warn' }] }).check).toBeNull();
});

test('what the kind refuses is told at its place', () => {
  const { findings } = resolve('echo: { text: hi }, expect: { text: hi }', {
    problems: () => [{ path: ['text'], message: 'is too short' }],
  });
  expect(findings).toMatchObject([{ message: 'text is too short', path: ['checks', 'a', 'echo', 'text'] }]);
});
