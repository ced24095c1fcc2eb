import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMON_KEYS } from '../src/config/common-keys.ts';
import { SCHEMA_COMMON_KEYS } from '../src/config/schema.ts';

const ROOT = join(import.meta.dirname, '..');

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
