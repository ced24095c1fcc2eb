import { matchesGlob } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readGlob } from './glob.ts';
import { makeAutomaton } from './states.ts';

const fits = (pattern: string, path: string, dotfiles = false): boolean => {
  const read = readGlob(pattern);
  if (!read.ok) throw new Error(`${pattern} ${read.message}`);
  const { start, step } = makeAutomaton(read.globs, dotfiles);
  const names = path.split('/');
  let states = start;
  for (const [index, name] of names.entries()) {
    const next = step(states, name);
    if (index === names.length - 1) return next.matched;
    ({ states } = next);
  }
  return false;
};

test.each([
  ['a.log', 'a.log', true],
  ['a.log', 'A.log', false],
  ['*.log', 'a.log', true],
  ['*.log', 'b/a.log', false],
  ['*.log', '.log', false],
  ['.l*', '.log', true],
  ['**/*.log', 'a.log', true],
  ['**/*.log', 'a/b/c.log', true],
  ['**/*.log', 'a/.b/c.log', false],
  ['a/**', 'a', false],
  ['a/**', 'a/b', true],
  ['a/**/**', 'a/b/c', true],
  ['a/**/z', 'a/z', true],
  ['a/**/z', 'a/b/c/z', true],
  ['?.txt', 'é.txt', true],
  ['?.txt', '\u{1f600}.txt', true],
  ['?.txt', '.txt', false],
  ['[a-c].txt', 'b.txt', true],
  ['[!a-c].txt', 'b.txt', false],
  ['[^a-c].txt', 'd.txt', true],
  ['[]].txt', '].txt', true],
  ['[a-].txt', '-.txt', true],
  ['x.{js,ts}', 'x.ts', true],
  ['{a/b,c}/x', 'a/b/x', true],
  ['{a,{b,c}}', 'c', true],
  [String.raw`\*.txt`, '*.txt', true],
  [String.raw`\*.txt`, 'a.txt', false],
  [String.raw`\{a\}`, '{a}', true],
  ['report (1).pdf', 'report (1).pdf', true],
  ['-rf', '-rf', true],
  ['*', 'a\nb', true],
  ['a.b', 'axb', false],
  ['a//b/./c', 'a/b/c', true],
  ['e\u0301.txt', '\u00e9.txt', true],
])('%s against %s', (pattern, path, expected) => {
  expect(fits(pattern, path)).toBe(expected);
});

test('with dotfiles wildcards stand for names that begin with a dot', () => {
  expect(fits('**/*.pem', '.hidden/key.pem', true)).toBe(true);
  expect(fits('*', '.env', true)).toBe(true);
  expect(fits('**/.env*', 'a/.config/.env.local', true)).toBe(true);
  expect(fits('?env', '.env', true)).toBe(true);
});

test('a name with many wildcards takes no longer than its length allows', () => {
  const started = performance.now();
  expect(fits(`${'*a'.repeat(30)}b`, 'a'.repeat(255))).toBe(false);
  expect(performance.now() - started).toBeLessThan(200);
});

test.each([
  ['', 'names root itself'],
  ['.', 'names root itself'],
  ['/etc/passwd', 'is absolute'],
  ['{a,/etc}/x', 'is absolute'],
  ['../x', 'leaves root'],
  ['a/../../x', 'leaves root'],
  ['a{b,/../..}', 'leaves root'],
  ['~/x', 'is not expanded'],
  ['!a', 'write exclude'],
  ['a\0b', 'NUL'],
  ['a[b', 'is not closed'],
  ['a{b', 'is not closed'],
  ['{a}', 'single choice'],
  ['{1..3}', 'single choice'],
  ['**.js', '** stands alone'],
  ['a**/b', '** stands alone'],
  ['@(a|b)', 'extended pattern'],
  ['a!(b)', 'extended pattern'],
  ['[[:alpha:]]', 'write [a-zA-Z]'],
  ['[z-a]', 'a range that cannot be'],
  ['a\\', 'ends with a single'],
  [`{${'a,'.repeat(300)}b}`, 'more than 200 choices'],
  ['{a,b}'.repeat(12), 'more than 200 choices'],
])('%j is refused', (pattern, message) => {
  const read = readGlob(pattern);
  expect(read.ok ? 'it is understood' : read.message).toContain(message);
});

/** Patterns and paths of a small alphabet, so that they meet. */
const part = fc
  .array(fc.constantFrom('a', 'b', '.', '*', '?', '[ab]', '[!a]', '{a,b}'), { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.join(''))
  .filter((one) => one !== '.' && one !== '..' && !one.includes('**'));

const patterns = fc
  .array(fc.oneof(fc.constant('**'), part), { minLength: 1, maxLength: 4 })
  .filter((parts) => parts.at(-1) !== '**')
  .map((parts) => parts.join('/'));

const names = fc
  .array(fc.constantFrom('a', 'b', '.', 'c'), { minLength: 1, maxLength: 4 })
  .map((letters) => letters.join(''))
  .filter((name) => name !== '.' && name !== '..');

const paths = fc.array(names, { minLength: 1, maxLength: 4 }).map((all) => all.join('/'));

test('patterns fit the same paths as those of Node', () => {
  fc.assert(
    fc.property(patterns, paths, (pattern, path) => {
      expect(fits(pattern, path)).toBe(matchesGlob(path, pattern));
    }),
    { numRuns: 3000 },
  );
});
