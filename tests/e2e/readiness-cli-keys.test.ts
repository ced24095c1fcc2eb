import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LAUNCH, makeProject, type Project } from './readiness-project.ts';

/** Sign-offs and decisions that are signed with SSH keys, by people of whom each has a key of their own. */
let project: Project;

const keyOf = (name: string): string => `keys/${name}`;

const makeKey = (name: string): string => {
  const path = join(project.folder, keyOf(name));
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', path]);
  const [type, key] = readFileSync(`${path}.pub`, 'utf8').split(' ');
  return `${name} ${type} ${key}\n`;
};

beforeEach(async () => {
  project = makeProject(`${LAUNCH}allowed-signers: team\n`);
  project.write('keys/README', 'each has one\n');
  project.write('team', ['ada', 'grace', 'cto'].map(makeKey).join(''));
});
afterEach(() => project.remove());

const sign = (by: string, key: string | null, ...more: readonly string[]) =>
  project.run('sign', 'token', '--by', by, '-y', ...(key === null ? [] : ['--key', keyOf(key)]), ...more);

const judged = async (): Promise<string> => {
  const { stdout } = await project.run('run', '--no-history', '--quiet', '--out', 'run');
  return stdout.replaceAll(/\s+/g, ' ');
};

const edit = (from: string | RegExp, to: string): void =>
  project.write('signoffs.yaml', project.read('signoffs.yaml').replace(from, to));

describe('where sign-offs have to be signed with keys', () => {
  test('one with the key of who it names counts, and the report says that there was a key', async () => {
    expect(await sign('ada', 'ada', '--note', 'seen')).toMatchObject({ exit: 0, stderr: '' });
    expect(await judged()).toMatch(/signed token .* by ada on \d{4}-\d\d-\d\d with a key/);
  });

  test.each([
    ['no key', 'ada', null, 'only sign-offs that are signed with a key count here'],
    ['the key of somebody else', 'ada', 'grace', 'the signature would not count'],
    ['a name that has none', 'alan', 'ada', 'the signature would not count'],
  ])('one with %s is refused', async (_what, by, key, said) => {
    const { exit, stderr } = await sign(by, key);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(said)]);
    expect(project.has('signoffs.yaml')).toBe(false);
  });

  test.each<[what: string, from: string | RegExp, to: string, said: string]>([
    ['its note', 'seen', 'seen by all', 'has a signature that does not hold'],
    ['its time', /at: "\d{4}/, 'at: "2025', 'has a signature that does not hold'],
    ['its name', 'by: "ada"', 'by: "grace"', 'has a signature that does not hold'],
    ['its signature, which is gone', /\n {2}signature: .*/, '', 'is not signed with a key, and only those count'],
  ])('one that was edited in %s is worth nothing', async (_what, from, to, said) => {
    await sign('ada', 'ada', '--note', 'seen');
    const before = project.read('signoffs.yaml');
    edit(from, to);
    expect(project.read('signoffs.yaml')).not.toBe(before);
    expect(await judged()).toContain(said);
  });

  test('none counts once the key is taken out of the file, or the file is gone', async () => {
    await sign('ada', 'ada');
    project.write('team', project.read('team').replace(/^ada .*\n/m, ''));
    expect(await judged()).toContain('has a signature that does not hold');
    rmSync(join(project.folder, 'team'));
    const { exit, stdout, stderr } = await project.run('run', '--no-history', '--quiet', '--out', 'run');
    expect(exit).not.toBe(0);
    expect(`${stdout}${stderr}`.replaceAll(/\s+/g, ' ')).toContain('team');
  });

  test('taking back needs no key, so that nobody is held to what they no longer mean', async () => {
    await sign('ada', 'ada');
    expect((await sign('ada', null, '--revoke')).exit).toBe(0);
    expect(await judged()).toContain('ada took a sign-off back');
  });
});

describe('a decision that is signed with a key', () => {
  const decide = async (...key: readonly string[]): Promise<string> => {
    await judged();
    const ended = await project.run('decide', 'run', '--gate', 'smoke', '--by', 'cto', '-y', ...key);
    return /decisions\/\S+\.json/.exec(ended.stdout)?.[0] ?? ended.stderr;
  };
  const verify = (record: string) => project.run('verify', record, '--allowed-signers', 'team');

  test('holds for who decided', async () => {
    expect(await verify(await decide('--key', keyOf('cto')))).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('Signed with a key of cto'),
    });
  });

  test.each<[what: string, key: readonly string[], said: string]>([
    ['the key of somebody else', ['--key', 'keys/ada'], 'the signature of cto does not hold'],
    ['no key', [], 'it is not signed with a key of cto'],
  ])('does not hold with %s', async (_what, key, said) => {
    expect(await verify(await decide(...key))).toMatchObject({ exit: 1, stdout: expect.stringContaining(said) });
  });
});
