import { expect, test } from 'vitest';
import { explainFiles } from './explain.ts';
import { files } from './kind.ts';
import type { Spec } from './schema.ts';

const problems = (spec: Spec): readonly string[] =>
  files.problems(spec).map(({ path, message }) => `${path.join('.')} ${message}`);

test.each<[string, Spec, string]>([
  ['an empty pattern', { glob: '.' }, 'glob names root itself: write * for what lies in it'],
  ['an absolute pattern', { glob: ['a', '/etc/*'] }, 'glob.1 is absolute: write root: with the folder'],
  ['a pattern that leaves root', { glob: '../*' }, 'glob leaves root by ".."'],
  ['a folder where files are meant', { glob: 'logs/' }, 'glob ends with a slash, and only files count'],
  ['a NUL', { glob: 'a', root: 'b\0c' }, 'root holds a NUL character'],
  ['a bad pattern', { glob: 'a', 'must-contain': ['a', 'b(c'] }, 'must-contain.1 is no pattern: missing closing )'],
  ['a bad pattern to be absent', { glob: 'a', 'must-not-contain': '(?<=a)b' }, 'must-not-contain is no pattern'],
  ['a pattern that fits every line', { glob: 'a', 'must-contain': 'x*' }, 'must-contain fits every text'],
  ['an allowance of everything', { glob: 'a', forbid: 'secrets', allow: '.' }, 'allow fits every text'],
  ['an allowance of nothing', { glob: 'a', allow: 'x' }, 'allow is about what forbid finds, and there is no forbid'],
  ['two formats', { glob: 'a', json: true, 'json-lines': true }, 'json-lines contradicts json: true'],
  ['JSON that would be shown', { glob: 'a', json: true, forbid: 'secrets' }, 'json would show what forbid must not'],
  ['an exclusion of everything', { glob: '**/*.pem', absent: true, exclude: '**' }, 'exclude leaves out everything'],
  ['an exclusion of the same', { glob: '*.pem', absent: true, exclude: ['*.pem'] }, 'glob can fit nothing'],
  ['an exclusion around it', { glob: 'a/b/*.pem', absent: true, exclude: 'a' }, 'glob can fit nothing'],
  ['an exclusion around a part of it', { glob: '{a,c}/x', exclude: ['**/c'] }, 'glob can fit nothing'],
])('%s is told when the file is loaded', (_, spec, message) => {
  expect(problems(spec).join('\n')).toContain(message);
});

test('what is read has no meaning where nothing may match', () => {
  const spec: Spec = { glob: 'a', absent: true, 'json-lines': true, mode: '600', forbid: 'secrets', json: false };
  expect(problems(spec)).toEqual(
    ['json-lines', 'mode', 'forbid'].map((key) => `${key} has no meaning with absent: true, where nothing may match`),
  );
});

test('a sound spec has no problem', () => {
  expect(problems({ glob: ['**/.env*', '**/*.pem'], absent: true, exclude: ['**/node_modules', 'fixtures'] })).toEqual(
    [],
  );
  expect(problems({ glob: 'a', 'must-contain': String.raw`\Qa.b\E`, forbid: ['secrets'], allow: 'x$' })).toEqual([]);
});

const asked = (spec: Spec): readonly string[] =>
  files.defaults(spec).map(({ fact, matcher, expected, level }) => `${level} ${fact} ${matcher} ${String(expected)}`);

test('every spec asks for something that can fail', () => {
  expect(asked({ glob: 'a' })).toEqual(['expect count at-least 1', 'expect irregular equals 0']);
  expect(asked({ glob: 'a', absent: true })).toEqual(['expect count equals 0', 'warn links-out equals 0']);
  expect(asked({ glob: 'a', 'json-lines': true, mode: '600' }).slice(2)).toEqual([
    'expect wrong-mode equals 0',
    'expect invalid-lines equals 0',
    'expect half-written equals 0',
    'expect lines at-least 1',
  ]);
  expect(asked({ glob: 'a', 'must-not-contain': 'x', 'must-contain': 'y' }).slice(2)).toEqual([
    'expect missing-patterns equals 0',
    'expect forbidden equals 0',
    'warn links-out equals 0',
  ]);
});

test('a look that came to nothing explains nothing', () => {
  expect(explainFiles({ walked: 12, excluded: 0 }, { glob: 'a' })).toEqual([]);
});

test('a time ahead of now explains why there is no age', () => {
  const [sign] = explainFiles({ count: 1, newest: '2099-01-01T00:00:00.000Z' }, { glob: 'a' });
  expect(sign).toEqual({
    code: 'file-stale',
    fact: 'age',
    message: 'the newest match is dated ahead of now: 2099-01-01T00:00:00.000Z',
  });
});

test('many flaws are told by the first of them and a count', () => {
  const flaws = Array.from({ length: 3 }, (_, index) => ({
    about: 'forbidden',
    path: `${index}.log`,
    line: 7,
    what: 'x',
  }));
  const [sign] = explainFiles({ count: 1, forbidden: 1234, flaws }, { glob: '*' });
  expect(sign?.message).toBe('0.log:7 x; 1.log:7 x; 2.log:7 x; and 1231 more');
});

test('the target names the patterns and the root as they are written', () => {
  expect(files.target({ glob: 'a', root: '../data' })).toBe('a in ../data');
  expect(files.target({ glob: ['a', 'b', 'c', 'd', 'e'] })).toBe('a, b, c and 2 more');
  expect(files.host({ glob: 'a' })).toBeNull();
});

test.each<[Spec, readonly string[] | null]>([
  [{ glob: 'a/b.log' }, ['find', '.', '-path', './a/b.log', '-ls']],
  [{ glob: '**/*.pem', root: '-x/' }, ['find', './-x', '-name', '*.pem', '-ls']],
  [{ glob: 'logs/**/*.log', root: '/' }, ['find', '/', '-path', '/logs/*/*.log', '-ls']],
  [{ glob: '{a,b}' }, ['find', '.', '(', '-path', './a', '-o', '-path', './b', ')', '-ls']],
  [{ glob: '{a,b,c,d,e,f,g}' }, null],
])('%j can be looked at by hand', (spec, command) => {
  expect(files.tryCommand(spec)).toEqual(command);
});
