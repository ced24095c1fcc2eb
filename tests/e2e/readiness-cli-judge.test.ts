import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LAUNCH, makeProject, type Project } from './readiness-project.ts';

let project: Project;

const FILE = `${LAUNCH.replace('dist/shop.js', 'dist/gone.js').replace('valid-for: 30d', 'valid-for: 10d')}waivers:
  - { check: built, reason-code: file-missing, reason: later, owner: platform, approved-by: cto, expires: '${new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)}' }
environments: { staging: {} }
`;
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

beforeAll(async () => {
  project = makeProject(FILE);
  await project.run('sign', 'token', '--by', 'ada', '-y');
  await project.run('sign', 'cloud', '--by', 'cto', '--choose', 'aws', '-y');
  for (const by of ['ada', 'alan']) await project.run('sign', 'review', '--by', by, '--evidence', 'review.md', '-y');
  await project.run('run', '--quiet', '--no-history', '--out', 'one');
  project.write('dist/gone.js', 'run();\n');
  await project.run('run', '--quiet', '--no-history', '--out', 'two');
}, 60_000);
afterAll(() => project.remove());

const judge = (...more: readonly string[]) => project.run('judge', 'one', ...more);
const under = async (text: string, ...more: readonly string[]) => {
  project.write('other.yaml', text);
  return judge('-c', 'other.yaml', ...more);
};

describe('gonogo judge --at', () => {
  test.each([
    [0, 0, 'CONDITIONAL'],
    [4, 0, 'CONDITIONAL'],
    [6, 1, 'NO-GO'],
    [11, 1, 'the sign-off of ada'],
  ])('in %i days exits with %i', async (days, exit, said) => {
    const ended = await judge('--at', inDays(days));
    expect(ended.stdout).toContain(said);
    expect(ended.exit).toBe(exit);
  });

  test('says for which time it was judged, and how old the run is by then', async () => {
    const at = inDays(4);
    const { stdout } = await judge('--at', at);
    expect(stdout).toContain(`! Judged for ${at.slice(0, 10)}`);
    expect(stdout).toMatch(/^! The run looked (4 d|3 d 23 h) before it was judged/m);
    expect((await judge()).stdout).not.toMatch(/^! (Judged for|The run looked)/m);
  });

  test.each([
    ['soon', '--at takes a time'],
    ['2026-02-30', '--at takes a time'],
    ['2020-01-01', 'nobody knew anything of it'],
    [inDays(-1), 'nobody knew anything of it'],
  ])('refuses %s', async (time, said) => {
    const { exit, stderr } = await judge('--at', time);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});

describe('gonogo judge -c', () => {
  test('is what the run was where nothing has changed', async () => {
    const same = await judge('-c', 'gonogo.yaml');
    expect([same.exit, same.stdout.includes('has changed')]).toEqual([0, false]);
  });

  test('says when the file has changed, and goes by what it says today', async () => {
    const without = await under(FILE.replace(/waivers:\n.*\n/, ''));
    expect(without.exit).toBe(1);
    expect(without.stdout.replaceAll(/\s+/g, ' ')).toContain('changed since this run: judged under other.yaml');
  });

  test('goes by sign-offs that were taken back', async () => {
    project.write(
      'taken.yaml',
      `${project.read('signoffs.yaml')}${project
        .read('signoffs.yaml')
        .replaceAll(/^ {2}choice.*\n/gm, '')
        .replaceAll(/definition:/g, 'revoked: true\n  definition:')}`,
    );
    const ended = await under(FILE.replace('checks:', 'sign-offs: taken.yaml\nchecks:'));
    expect(ended.exit).toBe(3);
    expect(ended.stdout).toContain('ada took a sign-off back');
  });

  test('takes no old answer for a new question', async () => {
    for (const [from, to] of [
      ['glob: dist/gone.js }', 'glob: dist/other.js }'],
      ['glob: dist/gone.js }', 'glob: dist/gone.js }, expect: { count: { at-least: 2 } }'],
      ['docs/notes.md } }', 'docs/notes.md }, needs: [built] }'],
    ] as const) {
      expect(FILE).toContain(from);
      const { stdout } = await under(FILE.replace(from, to));
      expect(stdout).toContain('the file asks something else today than this run looked at: run it again');
    }
  });

  test('asks for what the run did not look at', async () => {
    const more = FILE.replace('checks:', 'checks:\n  more: { files: { glob: docs/notes.md } }').replace(
      'must: [built,',
      'must: [more, built,',
    );
    const ended = await under(more);
    expect(ended.exit).toBe(3);
    expect(ended.stdout).toContain('more is not part of this run');
  });

  test('takes no answer of another environment', async () => {
    const { exit, stderr } = await judge('-c', 'gonogo.yaml', '-e', 'staging');
    expect([exit, stderr]).toEqual([2, expect.stringContaining('says nothing of staging')]);
  });

  test('needs a file that can be read', async () => {
    expect((await judge('-c', 'gone.yaml')).exit).toBe(2);
    expect((await under(FILE.replace('token:', 'Token:'))).exit).toBe(2);
  });
});

describe('gonogo judge, a journal', () => {
  test('that was cut off proves nothing', async () => {
    const lines = project.read('two/journal.jsonl').trimEnd().split('\n');
    for (const kept of [lines.length - 1, lines.length - 2, 2]) {
      project.write('cut.jsonl', `${lines.slice(0, kept).join('\n')}\n`);
      const ended = await project.run('judge', 'cut.jsonl');
      expect([kept, ended.exit]).toEqual([kept, 3]);
      expect(ended.stdout).toContain('This run is not complete');
    }
  });

  test('that holds a line which is no event is refused', async () => {
    project.write(
      'mended.jsonl',
      project
        .read('two/journal.jsonl')
        .replace('"held":false', '"held":"true"')
        .replace('"type":"attempt"', '"type":"pass"'),
    );
    expect((await project.run('judge', 'mended.jsonl')).exit).toBe(2);
  });
});

describe('gonogo diff', () => {
  test('says what was mended, and exits 0', async () => {
    const { exit, stdout } = await project.run('diff', 'one', 'two');
    expect(stdout).toMatch(/^CONDITIONAL \(.*\) {2}-> {2}GO \(/);
    expect(stdout).toContain('Fixed\n  built  fail -> pass');
    expect(exit).toBe(0);
  });

  test('says what broke, and exits 1', async () => {
    const { exit, stdout } = await project.run('diff', 'two', 'one');
    expect(stdout).toContain('New\n  built  pass -> fail  file-missing');
    expect(exit).toBe(1);
    expect((await project.run('diff', 'one', 'one')).exit).toBe(0);
    expect(JSON.parse((await project.run('diff', 'two', 'one', '--json')).stdout).broken).toHaveLength(1);
  });

  test('tells of a verdict that is worse although nothing broke', async () => {
    await project.run('sign', 'token', '--by', 'ada', '--revoke', '-y');
    await project.run('run', '--quiet', '--no-history', '--out', 'three');
    const { exit, stdout } = await project.run('diff', 'two', 'three');
    expect(stdout).toMatch(/^GO \(.*\) {2}-> {2}HOLD \(/);
    expect(exit).toBe(1);
  });
});
