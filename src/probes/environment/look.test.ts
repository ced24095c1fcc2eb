import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { evaluate } from '../../matchers/evaluate.ts';
import { CouldNotLook } from '../probe.ts';
import { testContext } from '../test-context.ts';
import { environment } from './kind.ts';
import { look } from './look.ts';
import type { Spec } from './schema.ts';

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const folder = async (): Promise<string> => {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'gonogo-environment-')));
  folders.push(path);
  return path;
};

type Variables = { readonly [name: string]: string };

const ask = async (spec: Spec, variables: Variables) => {
  expect(environment.problems(spec)).toEqual([]);
  const facts = await look(spec, testContext(3000, { environment: variables }));
  const signs = environment.explain(facts, spec);
  const broken = environment
    .defaults(spec)
    .filter((one) => !evaluate({ ...one, source: null }, facts, new Date()).held)
    .map(({ fact }) => signs.find((sign) => sign.fact === fact))
    .map((sign) => `${sign?.code}: ${sign?.message}`);
  return { facts, signs, broken };
};

const failureOf = async (spec: Spec, variables: Variables): Promise<CouldNotLook> => {
  const error: unknown = await look(spec, testContext(3000, { environment: variables })).catch(
    (thrown: unknown) => thrown,
  );
  if (error instanceof CouldNotLook) return error;
  throw new Error(`the look should have failed: ${JSON.stringify(error)}`, { cause: error });
};

const HEX = '0123456789abcdef'.repeat(4);

test('variables that are set as they must be are present and valid', async () => {
  const spec = {
    KEY: { matches: '^[0-9a-f]{64}$', length: 64 },
    REGION: { in: ['eu', 'us'] },
    TOKEN: { exists: true },
    MODE: 'live',
  };
  const { facts, broken } = await ask(spec, { KEY: HEX, REGION: 'eu', TOKEN: 'x', MODE: 'live' });
  expect(broken).toEqual([]);
  expect(facts).toEqual({
    present: { KEY: true, REGION: true, TOKEN: true, MODE: true },
    valid: { KEY: true, REGION: true, TOKEN: true, MODE: true },
  });
});

test('a variable that is missing is told from one that is wrong, and empty is missing', async () => {
  const spec = {
    KEY: { matches: '^[0-9a-f]{64}$', length: 64 },
    REGION: { in: ['eu', 'us'] },
    EMPTY: { exists: true },
  };
  const { facts, broken } = await ask(spec, { KEY: 'abc', EMPTY: '' });
  expect(facts).toEqual({
    present: { KEY: true, REGION: false, EMPTY: false },
    valid: { KEY: false, REGION: false, EMPTY: false },
  });
  expect(broken).toEqual([
    'variable-invalid: KEY is set, and its value is not what the check asks by matches, length; nor is REGION, EMPTY as it must be',
    'variable-missing: REGION is not set, and REGION_FILE points to no file with a value; nor is KEY, EMPTY as it must be',
    'variable-missing: EMPTY is not set, and EMPTY_FILE points to no file with a value; nor is KEY, REGION as it must be',
  ]);
});

test('neither a value, nor its length, nor what was expected of it is in what is told', async () => {
  const value = 'hunter2-hunter2-hunter2-hunter2-hunter2-123';
  const expected = 'correct-horse-battery-staple';
  const spec = {
    A: { equals: expected },
    B: { matches: `^${expected}$` },
    C: { length: 77 },
    D: { not: { equals: value } },
    E: { in: [expected] },
  };
  const variables = { A: value, B: value, C: value, D: value, E: value };
  const { facts, signs, broken } = await ask(spec, variables);
  expect(broken).toHaveLength(5);
  const told = JSON.stringify([facts, signs, environment.target(spec), environment.tryCommand(spec)]);
  for (const secret of [value, 'hunter', expected, 'horse', '77', String(value.length)])
    expect(told).not.toContain(secret);
});

test('a variable may be asked not to be set', async () => {
  const spec = { DEBUG: { exists: false } };
  expect((await ask(spec, {})).facts).toEqual({ present: { DEBUG: false }, valid: { DEBUG: true } });
  expect((await ask(spec, { DEBUG: '1' })).broken).toEqual(['variable-invalid: DEBUG is set and must not be']);
  const optional = { LEVEL: { any: [{ exists: false }, { in: ['info', 'warn'] }] } };
  expect((await ask(optional, {})).broken).toEqual([]);
  expect((await ask(optional, { LEVEL: 'all' })).broken).toHaveLength(1);
});

test('names alone must be set, and a name with a matcher is looked at once', async () => {
  const spec = { 'is-set': ['A', 'B', 'A'], A: { 'starts-with': 'x' } };
  const { facts, broken } = await ask(spec, { A: 'yz', B: '1' });
  expect(facts).toEqual({ present: { A: true, B: true }, valid: { A: false, B: true } });
  expect(broken).toHaveLength(1);
  expect((await ask({ 'is-set': 'HOME' }, {})).broken[0]).toContain('variable-missing: HOME is not set');
});

test('names that every object has are names like others', async () => {
  const spec: Spec = JSON.parse('{"is-set": ["constructor", "toString", "__proto__"]}');
  const { facts, broken } = await ask(spec, {});
  expect(broken).toHaveLength(3);
  expect(JSON.stringify(facts)).toContain('"__proto__":false');
});

test('a value may lie in the file that NAME_FILE points to, without its last line end', async () => {
  const root = await folder();
  await writeFile(join(root, 'token'), `${HEX}\r\n`);
  await writeFile(join(root, 'empty'), '\n');
  await symlink('token', join(root, 'link'));
  const spec = { KEY: { matches: '^[0-9a-f]{64}$' } };
  expect((await ask(spec, { KEY_FILE: join(root, 'link') })).broken).toEqual([]);
  expect((await ask(spec, { KEY_FILE: join(root, 'empty') })).broken[0]).toContain('variable-missing');
  expect((await ask(spec, { KEY_FILE: join(root, 'gone') })).broken[0]).toContain('variable-missing');
});

test('a file that cannot be used makes the look unobserved, and no path is told', async () => {
  const root = await folder();
  execFileSync('mkfifo', [join(root, 'pipe')]);
  await writeFile(join(root, 'bytes'), Buffer.from([0xff, 0xfe, 0xff]));
  await writeFile(join(root, 'long'), 'x'.repeat(1024 * 1024 + 1));
  await symlink('loop', join(root, 'loop'));
  const cases = {
    pipe: 'is not a regular file',
    bytes: 'is not UTF-8',
    long: 'is longer than 1 MiB',
    '.': 'is not a regular file',
    loop: 'leads nowhere',
  };
  for (const [name, reason] of Object.entries(cases)) {
    const failure = await failureOf(
      { KEY: { exists: true }, B: { exists: true } },
      { KEY_FILE: join(root, name), B: '1' },
    );
    expect(failure.code).toBe('variable-invalid');
    expect(failure.message).toContain('the file that KEY_FILE points to');
    expect(failure.message).toContain(reason);
    expect(failure.facts).toEqual({ present: { B: true }, valid: { B: true } });
    expect(JSON.stringify([failure.message, failure.facts, String(failure.cause)])).not.toContain(root);
  }
});

test('a file that may not be read proves nothing', async () => {
  const root = await folder();
  const path = join(root, 'token');
  await writeFile(path, HEX);
  await chmod(root, 0o755);
  await chmod(path, 0o000);
  const script = `
    const { testContext } = await import('./src/probes/test-context.ts');
    const { look } = await import('./src/probes/environment/look.ts');
    if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
    const context = testContext(3000, { environment: { KEY_FILE: ${JSON.stringify(path)} } });
    console.log(await look({ KEY: { exists: false } }, context).then(JSON.stringify, ({ code, message }) => code + ': ' + message));`;
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trim();
  expect(told).toBe('auth-forbidden: the file that KEY_FILE points to may not be read from here');
});

test('a variable that is set in both ways is ambiguous', async () => {
  const failure = await failureOf({ KEY: { exists: true } }, { KEY: 'hush-hush', KEY_FILE: '/hush' });
  expect(failure).toMatchObject({
    code: 'variable-invalid',
    message: 'KEY and KEY_FILE are both set: which one is meant?',
  });
});

test('a time in a variable is compared by the clock of the look', async () => {
  const now = () => new Date('2026-06-01T00:00:00Z');
  const context = testContext(3000, { now, environment: { BUILT: '2026-05-30T00:00:00Z' } });
  expect(await look({ BUILT: { 'newer-than': '3d' } }, context)).toMatchObject({ valid: { BUILT: true } });
  expect(await look({ BUILT: { 'newer-than': '1d' } }, context)).toMatchObject({ valid: { BUILT: false } });
});
