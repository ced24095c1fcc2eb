import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LAUNCH, makeProject, type Project } from './readiness-project.ts';

let project: Project;
beforeEach(() => {
  project = makeProject(LAUNCH.replace('dist/shop.js', 'dist/gone.js'));
});
afterEach(() => project.remove());

const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const GIVEN = {
  'reason-code': 'file-missing',
  reason: 'built on the day: "as always"',
  owner: 'platform',
  'approved-by': 'cto',
  expires: soon(10),
};

const waive = (given: { readonly [option: string]: string } = {}, check = 'built') =>
  project.run(
    'waive',
    check,
    '--yes',
    ...Object.entries({ ...GIVEN, ...given }).flatMap(([name, value]) => [`--${name}`, value]),
  );

const smoke = async () => {
  const ended = await project.run('run', '--gate', 'smoke', '--quiet', '--no-history', '--out', 'run');
  return { ...ended, stdout: ended.stdout.replaceAll(/\s+/g, ' ') };
};
/** The same run, and a condition or a stale waiver is not to go. */
const strictly = () => project.run('judge', 'run', '--strict');
const includeWaivers = () =>
  project.write('gonogo.yaml', project.read('gonogo.yaml').replace('checks:', 'include: [waivers.yaml]\nchecks:'));

describe('gonogo waive', () => {
  test('writes a waiver down, and says that nothing includes it yet', async () => {
    const { exit, stdout } = await waive();
    expect([exit, stdout]).toEqual([
      0,
      `waived: built for file-missing until ${GIVEN.expires}, in waivers.yaml\ngonogo.yaml does not include it yet: add include: [waivers.yaml]\n`,
    ]);
    expect((await smoke()).exit).toBe(1);
    includeWaivers();
    const { exit: waived, stdout: report } = await smoke();
    expect(waived).toBe(0);
    expect(report).toContain('CONDITIONAL');
    expect(report).toContain('approved by cto');
    expect((await strictly()).exit).toBe(1);
  });

  test('adds to the list that is there', async () => {
    await waive();
    includeWaivers();
    expect(await waive({ 'reason-code': 'assertion-failed' })).toMatchObject({
      exit: 0,
      stdout: expect.not.stringContaining('does not include'),
    });
    expect(project.read('waivers.yaml').match(/^ {2}- check: "built"$/gm)).toHaveLength(2);
  });

  test('adds to no file that does not end with waivers, and shows what to write', async () => {
    const text = 'waivers: []\nrisks: { late: { title: It is late } }\n';
    project.write('waivers.yaml', text);
    const { exit, stderr } = await waive();
    expect(exit).toBe(2);
    expect(stderr).toContain('waivers.yaml cannot be added to: it does not end with its list of waivers');
    expect(stderr).toContain('    approved-by: "cto"');
    expect(project.read('waivers.yaml')).toBe(text);
  });

  test.each([
    [{ owner: 'cto' }, 'owns this waiver and cannot approve it as well'],
    [{ owner: 'CTO ' }, 'owns this waiver and cannot approve it as well'],
    [{ 'approved-by': 'Plat\u200bform' }, 'characters that nobody can see'],
    [{ 'reason-code': 'file-mising' }, 'did you mean "file-missing"?'],
    [{ 'reason-code': 'not-run' }, 'not-run is never a failure'],
    [{ reason: '   ' }, 'a waiver needs --reason'],
    [{ expires: '2020-01-01' }, 'is over already'],
    [{ expires: soon(91) }, 'is too far away'],
    [{ expires: '2026-02-30' }, 'no such day'],
    [{ file: 'docs' }, 'docs is a directory'],
  ])('refuses %j, and writes nothing', async (given, said) => {
    const { exit, stderr } = await waive(given);
    expect(stderr).toContain(said);
    expect([exit, project.has('waivers.yaml')]).toEqual([2, false]);
  });

  test('refuses what is not there, and what is signed instead', async () => {
    expect((await waive({}, 'bult')).stderr).toContain('did you mean "built"?');
    expect((await waive({}, 'token')).stderr).toContain('token is signed, not waived');
    expect((await project.run('waive', 'built', '--yes')).stderr).toContain('a waiver needs --reason-code');
  });
});

describe('a waiver in the file', () => {
  const withWaiver = (fields: string) => {
    project.write(
      'gonogo.yaml',
      `${LAUNCH.replace('dist/shop.js', 'dist/gone.js')}waivers:\n  - { check: built, reason: later, owner: platform, approved-by: cto, ${fields} }\n`,
    );
    return smoke();
  };

  test.each([
    [`reason-code: file-missing, expires: ${soon(10)}`, 0, 'CONDITIONAL'],
    [`reason-code: file-stale, expires: ${soon(10)}`, 1, 'it does not count'],
    ['reason-code: file-missing, expires: 2026-01-01', 1, 'expired: it does not count'],
    [`reason-code: file-missing, expires: ${soon(200)}`, 1, 'expires too late: it does not count'],
  ])('with %s exits with %i', async (fields, exit, said) => {
    const ended = await withWaiver(fields);
    expect(ended.stdout).toContain(said);
    expect(ended.exit).toBe(exit);
  });

  test('that accepts nothing any more is told, and under --strict costs the GO', async () => {
    project.write('dist/gone.js', 'run();\n');
    const ended = await withWaiver(`reason-code: file-missing, expires: ${soon(10)}`);
    expect([ended.exit, ended.stdout]).toEqual([0, expect.stringContaining('stale: the check passes, remove it')]);
    expect((await strictly()).exit).toBe(1);
  });
});
