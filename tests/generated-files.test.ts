import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMON_KEYS } from '../src/config/common-keys.ts';
import { KINDS } from '../src/config/kinds.ts';
import { SCHEMA_COMMON_KEYS } from '../src/config/schema.ts';
import { MATCHERS } from '../src/matchers/matcher.ts';
import { REASON_CODES } from '../src/model/reason-code.ts';
import { readRunbook } from '../src/runbooks/read-runbook.ts';

const ROOT = join(import.meta.dirname, '..');

const page = (path: string): string => readFileSync(join(ROOT, 'docs/reference', path), 'utf8');

/** The cells of every table row of a page, without backticks. */
const rows = (path: string): readonly (readonly string[])[] =>
  page(path)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('`', '')));

const compile = (path: string) =>
  new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(join(ROOT, path), 'utf8')));

test('every generated file is fresh', () => {
  const check = () =>
    execFileSync(process.execPath, [join(ROOT, 'scripts/generate.ts'), '--check'], { encoding: 'utf8' });
  expect(check).not.toThrow();
}, 60_000);

test('the validator is loaded without Ajv and TypeBox', () => {
  const code = readFileSync(join(ROOT, 'src/config/validate.generated.js'), 'utf8');
  expect(code).not.toMatch(/\brequire\(|\bimport\b/);
});

test('the keys that loading knows are those of the schema', () => {
  expect(COMMON_KEYS).toEqual(SCHEMA_COMMON_KEYS);
});

test('the published schema takes placeholders and shorthands, and refuses what loading refuses', () => {
  const validate = compile('schema/gonogo.schema.json');
  const valid = (text: string): boolean => validate(parse(text));
  expect(
    valid('checks: { a: { http: "${vars.x}", samples: "${vars.n}", timeout: "${vars.t}", retry: { attempts: 2 } } }'),
  ).toBe(true);
  expect(valid('checks: { a: { http: { url: https://a.example/, tls: { verify: "${vars.v}" } } } }')).toBe(true);
  expect(valid('checks: { a: { title: no kind } }')).toBe(false);
  expect(valid('checks: { a: { http: https://a.example/, health: https://a.example/ } }')).toBe(false);
  expect(valid('checks: { a: { http: https://a.example/, timeout: 10 } }')).toBe(false);
  expect(valid('checks: { a: { http: https://a.example/, componet: x } }')).toBe(false);
  expect(valid('checks: { "A b": { http: https://a.example/ } }')).toBe(false);
});

test('both published schemas are schemas', () => {
  expect(() => compile('schema/gonogo.schema.json')).not.toThrow();
  expect(() => compile('schema/run.schema.json')).not.toThrow();
});

test.each([...KINDS.values()])(
  'the reference of $kind tells its shorthand and every fact of it',
  ({ kind, facts, shorthand }) => {
    const named = rows(`probes/${kind}.md`).map(([, name]) => name);
    expect(page('probes.md')).toContain(`(probes/${kind}.md)`);
    expect(named).toEqual(expect.arrayContaining([shorthand, ...Object.keys(facts)]));
  },
);

test('the reference has a heading for each reason code, so that documents can link to it', () => {
  const anchors = readRunbook(page('reason-codes.md')).map(({ anchor }) => anchor);
  expect(anchors).toEqual(expect.arrayContaining([...REASON_CODES]));
});

test('the reference tells every matcher, and that only "exists: false" holds without a value', () => {
  const matchers = rows('matchers.md').filter((row) => row.length === 7);
  expect(matchers.map(([, name]) => name)).toEqual([...MATCHERS]);
  expect(matchers.filter((row) => row[5] === 'holds').map(([, name]) => name)).toEqual(['exists']);
});

test('the reference of the file tells every key of a check', () => {
  expect(rows('file.md').map(([, name]) => name)).toEqual(expect.arrayContaining([...COMMON_KEYS]));
});
