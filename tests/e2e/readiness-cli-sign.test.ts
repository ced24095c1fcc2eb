import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeProject, type Project } from './readiness-project.ts';

let project: Project;
beforeEach(() => {
  project = makeProject();
});
afterEach(() => project.remove());

const stateOf = async (id: string): Promise<string> => {
  const { stdout } = await project.run('run', '--quiet', '--no-history', '--report', 'json');
  const items: readonly { readonly id: string; readonly reasonCode: string | null; readonly choice: string | null }[] =
    JSON.parse(stdout).manual;
  const item = items.find((one) => one.id === id);
  return item?.reasonCode ?? item?.choice ?? 'pass';
};

describe('gonogo sign', () => {
  test('appends an entry that makes the item pass', async () => {
    expect(await stateOf('token')).toBe('sign-off-missing');
    expect(await project.run('sign', 'token', '--by', 'ada', '--note', 'seen: "live" #1', '--yes')).toEqual({
      exit: 0,
      stdout: 'signed: token by ada, in signoffs.yaml\n',
      stderr: '',
    });
    expect(project.read('signoffs.yaml')).toMatch(
      /^- item: "token"\n {2}by: "ada"\n {2}at: "[\d:.TZ-]+"\n {2}note: "seen: \\"live\\" #1"\n {2}definition: "[0-9a-f]{64}"\n$/,
    );
    expect(await stateOf('token')).toBe('pass');
  });

  test('changes nothing of what was there, comments and a missing line end included', async () => {
    await project.run('sign', 'token', '--by', 'ada', '-y');
    const before = `# signed in the meeting\n${project.read('signoffs.yaml').trimEnd()}`;
    project.write('signoffs.yaml', before);
    expect((await project.run('sign', 'cloud', '--by', 'cto', '--choose', 'aws', '-y')).exit).toBe(0);
    expect(project.read('signoffs.yaml').startsWith(`${before}\n- item: "cloud"\n`)).toBe(true);
    expect([await stateOf('token'), await stateOf('cloud')]).toEqual(['pass', 'aws']);
  });

  test('of two who sign at once loses neither', async () => {
    const names = ['ada', 'grace', 'alan'];
    const sign = (by: string) => project.run('sign', 'review', '--by', by, '--evidence', 'review.md', '-y');
    const ended = await Promise.all(names.map(sign));
    expect(ended.map(({ exit }) => exit)).toEqual([0, 0, 0]);
    const text = project.read('signoffs.yaml');
    for (const name of names) expect(text).toContain(`  by: "${name}"\n`);
    expect(await stateOf('review')).toBe('pass');
  });

  test('taken back, an item is open again; and nobody takes back what nobody signed', async () => {
    expect((await project.run('sign', 'token', '--by', 'ada', '--revoke', '-y')).stderr).toContain(
      'nothing to take back',
    );
    await project.run('sign', 'token', '--by', 'ada', '-y');
    expect((await project.run('sign', 'token', '--by', 'Ada', '--revoke', '-y')).stdout).toContain('taken back: token');
    expect(project.read('signoffs.yaml')).toContain('revoked: true');
    expect(await stateOf('token')).toBe('sign-off-missing');
  });

  test('lapses when the item is worded otherwise or its evidence changes', async () => {
    await project.run('sign', 'token', '--by', 'ada', '-y');
    for (const by of ['ada', 'alan']) await project.run('sign', 'review', '--by', by, '--evidence', 'review.md', '-y');
    expect(await stateOf('review')).toBe('pass');
    project.write('review.md', 'reviewed!\n');
    expect(await stateOf('review')).toBe('quorum-missing');
    project.write('gonogo.yaml', project.read('gonogo.yaml').replace('token is set', 'tokens are set'));
    expect(await stateOf('token')).toBe('sign-off-lapsed');
  });
});

describe('gonogo sign refuses', () => {
  test.each([
    [['tokn', '--by', 'ada'], 'there is no manual item "tokn"\n        did you mean "token"?'],
    [['token'], 'needs to know who signs'],
    [['token', '--by', '  '], 'needs to know who signs'],
    [['token', '--by', 'a\u200bda'], 'characters that nobody can see'],
    [['token', '--by', 'ada\n- item: cloud'], 'characters that nobody can see'],
    [['token', '--by', 'ada', '--choose', 'aws'], 'token is no decision'],
    [['cloud', '--by', 'cto'], 'cloud is a decision between aws, hetzner'],
    [['cloud', '--by', 'cto', '--choose', 'gcp'], 'cloud has no option "gcp"'],
    [['cloud', '--by', 'intern', '--choose', 'aws'], '"intern" may not sign cloud'],
    [['cloud', '--by', 'CTO', '--choose', 'aws'], '"CTO" may not sign cloud'],
    [['cloud', '--by', 'cto', '--revoke', '--choose', 'aws'], 'there is nothing to choose'],
    [['review', '--by', 'ada'], 'review asks for evidence'],
    [['review', '--by', 'ada', '--evidence', 'docs'], 'the evidence "docs" cannot be read'],
    [['review', '--by', 'ada', '--evidence', 'gone.md'], 'the evidence "gone.md" cannot be read'],
    [['review', '--by', 'ada', '--evidence', 'signoffs.yaml'], 'cannot be the evidence of one'],
    [['review', '--by', 'ada', '--evidence', 'empty.md'], 'the evidence "empty.md" is empty: it shows nothing'],
    [['token', '--by', 'ada', '--key', 'gone'], '"gone" does not sign'],
  ])('%j, and writes nothing', async (argv, said) => {
    project.write('empty.md', '');
    const { exit, stderr } = await project.run('sign', ...argv, '--yes');
    expect(stderr).toContain(said);
    expect(exit).toBe(2);
    expect(project.has('signoffs.yaml')).toBe(false);
  });

  test('where nobody is there to confirm it', async () => {
    const { exit, stderr } = await project.run('sign', 'token', '--by', 'ada');
    expect([exit, project.has('signoffs.yaml')]).toEqual([2, false]);
    expect(stderr).toContain('nobody is there to confirm it');
  });

  test('to add to a file that it would break, and shows what to write', async () => {
    project.write('signoffs.yaml', '[]\n');
    const { exit, stderr } = await project.run('sign', 'token', '--by', 'ada', '-y');
    expect(exit).toBe(2);
    expect(stderr).toMatch(/signoffs\.yaml cannot be added to: .*\n +write this into it yourself:\n\n- item: "token"/);
    expect(project.read('signoffs.yaml')).toBe('[]\n');
  });

  test('where it cannot write, and says why', async () => {
    project.write('gonogo.yaml', project.read('gonogo.yaml').replace('name:', 'sign-offs: gone/signoffs.yaml\nname:'));
    const gone = await project.run('sign', 'token', '--by', 'ada', '-y');
    expect([gone.exit, gone.stderr]).toEqual([2, expect.stringContaining('gone/signoffs.yaml cannot be written')]);
    mkdirSync(join(project.folder, 'gone', 'signoffs.yaml'), { recursive: true });
    expect((await project.run('sign', 'token', '--by', 'ada', '-y')).stderr).toContain('it is a directory');
  });

  test('a full disk', async () => {
    symlinkSync('/dev/full', join(project.folder, 'signoffs.yaml'));
    expect((await project.run('sign', 'token', '--by', 'ada', '-y')).exit).toBe(2);
  });
});

describe.skipIf(process.platform !== 'linux')('gonogo sign at a terminal', () => {
  test.each([
    ['y\n', 0, true],
    ['Yes\n', 0, true],
    ['\n', 1, false],
    ['n\n', 1, false],
    ['yes please\n', 1, false],
    ['\u0003', 130, false],
    ['\u0004', 1, false],
  ])('asks, and the keys %j end it with %i', async (keys, exit, signed) => {
    const ended = await project.atTerminal(keys, 'sign', 'token', '--by', 'ada');
    expect(ended.stdout).toContain('ada signs token: The analytics token is set. Sure? [y/N]');
    expect([ended.exit, project.has('signoffs.yaml')]).toEqual([exit, signed]);
    expect(ended.stdout.includes('nothing was written')).toBe(!signed);
  });
});
