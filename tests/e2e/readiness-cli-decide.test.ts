import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ended } from './gonogo.ts';
import { ATTACKS, readRecord } from './decision-attacks.ts';
import { LAUNCH, makeProject, type Project } from './readiness-project.ts';

/** One run of a launch that is GO, with a decision about it; each test works on a copy of its own. */
let original: Project;
let record: string;
let decided: Ended;

beforeAll(async () => {
  original = makeProject();
  await original.run('sign', 'token', '--by', 'ada', '-y');
  await original.run('sign', 'cloud', '--by', 'cto', '--choose', 'aws', '-y');
  for (const by of ['ada', 'alan']) await original.run('sign', 'review', '--by', by, '--evidence', 'review.md', '-y');
  await original.run('run', '--quiet', '--no-history', '--out', 'run');
  decided = await original.run('decide', 'run', '--gate', 'launch', '--by', 'cto', '--note', 'let us go', '-y');
  record = original.list('decisions').find((name) => name.endsWith('.json')) ?? '';
}, 60_000);
afterAll(() => original.remove());

const inCopy = async <T>(work: (project: Project) => Promise<T>): Promise<T> => {
  const copy = makeProject();
  cpSync(original.folder, copy.folder, { recursive: true });
  try {
    return await work(copy);
  } finally {
    copy.remove();
  }
};

const verify = (project: Project, ...more: readonly string[]) => project.run('verify', `decisions/${record}`, ...more);

describe('a decision record', () => {
  test('is written where it says, with the digest to note elsewhere', () => {
    expect(decided).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(/^GO by cto: decisions\/.*-launch-.*\.json\ndigest [0-9a-f]{64}\n$/),
    });
  });

  test('holds what was decided, on which verdict, who signed, and every hash', () => {
    const read = readRecord(original, record);
    expect(read).toMatchObject({
      decided: { by: 'cto', decision: 'go', note: 'let us go', override: null },
      gate: { id: 'launch', verdict: 'GO', conditions: [] },
      run: { complete: true, configDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
      verdict: 'GO',
      folder: '../run',
      evidence: [{ path: 'journal.jsonl' }, { path: 'report.html' }, { path: 'report.md' }, { path: 'run.json' }],
      signature: null,
    });
    expect(read.criteria.map(({ id, tier, outcome }) => `${tier} ${id} ${outcome}`)).toEqual([
      'must built pass',
      'must token pass',
      'must cloud pass',
      'should notes pass',
      'should review pass',
    ]);
    expect(read.attested.map(({ id, choice, signOffs }) => [id, choice, signOffs.map(({ by }) => by)])).toEqual([
      ['token', null, ['ada']],
      ['cloud', 'aws', ['cto']],
      ['review', null, ['ada', 'alan']],
    ]);
    expect(read.validUntil).not.toBeNull();
  });

  test('is readable beside it', () => {
    const text = original.read(`decisions/${record.replace('.json', '.md')}`);
    for (const part of [
      '# Decision: GO for launch',
      'by **cto**',
      '- must token (The analytics token is set): pass',
      'on review.md, SHA-256',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('holds, by itself and by the digest that was noted', async () => {
    expect(await verify(original, '--digest', readRecord(original, record).digest)).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(
        /^holds: GO by cto at .* for launch \(GO\)\nThe record and 4 files of the run are as they were, and the verdict follows/,
      ),
    });
    expect((await original.run('verify', `decisions/${record.replace('.json', '.md')}`)).exit).toBe(0);
  });

  test('does not hold against another digest', async () => {
    expect(await verify(original, '--digest', 'a'.repeat(64))).toMatchObject({
      exit: 1,
      stdout: expect.stringContaining('not the record that was expected'),
    });
  });
});

describe('a decision record no longer holds after a change of', () => {
  test.each(ATTACKS)('%s', async (_, attack, said) => {
    await inCopy(async (project) => {
      attack(project, record);
      const { exit, stdout, stderr } = await verify(project);
      expect(stdout + stderr).toContain(said);
      expect(exit).toBe(1);
    });
  });
});

describe('gonogo verify refuses', () => {
  const attempt = (text: (record: string) => string) =>
    inCopy(async (project) => {
      project.write(`decisions/${record}`, text(project.read(`decisions/${record}`)));
      return verify(project);
    });

  test.each([
    ['what is not JSON', () => 'GO', 'it is not JSON'],
    ['what is no record', () => '{"kind":"gonogo-decision"}', 'it is no decision record'],
    [
      'a key that is there twice',
      (text: string) => text.replace('"decided": {', '"decided": {\n    "decision": "no-go",'),
      'it is not written as gonogo writes it',
    ],
    [
      'evidence outside of the run',
      (text: string) => text.replace('"path": "run.json"', '"path": "../review.md"'),
      'it is no decision record',
    ],
    [
      'nobody who decided',
      (text: string) => text.replace(/"decided": \{[^}]*\}/, '"decided": null'),
      'it is no decision record',
    ],
  ])('%s', async (_, change, said) => {
    const { exit, stderr } = await attempt(change);
    expect(stderr).toContain(said);
    expect(exit).toBe(2);
  });

  test('a record that is not there, and takes one that was only set out otherwise', async () => {
    expect((await original.run('verify', 'decisions/gone.json')).exit).toBe(2);
    expect((await attempt((text) => JSON.stringify(JSON.parse(text), null, 4))).exit).toBe(0);
  });
});

describe('gonogo decide', () => {
  const decide = (project: Project, ...more: readonly string[]) =>
    project.run('decide', 'run', '--gate', 'launch', '--by', 'cto', '--yes', ...more);

  test('goes by what was taken back since the run', async () => {
    await inCopy(async (project) => {
      await project.run('sign', 'token', '--by', 'ada', '--revoke', '-y');
      const { exit, stderr } = await decide(project, '--go');
      expect([exit, stderr]).toEqual([2, expect.stringContaining('the gate launch is HOLD: a GO goes against it')]);
      expect((await decide(project)).stdout).toMatch(/^NO-GO by cto/);
      const overridden = await decide(project, '--go', '--override', 'the token is set, I looked', '--out', 'against');
      expect(overridden.stdout).toMatch(/^GO by cto/);
      const [text = ''] = project
        .list('against')
        .filter((name) => name.endsWith('.md'))
        .map((name) => project.read(`against/${name}`));
      expect(text).toContain('- Against the verdict, because: the token is set, I looked');
      expect(text).toContain('**HOLD**');
    });
  });

  test('asks for the file where sign-offs may have changed and none is known', async () => {
    await inCopy(async (project) => {
      rmSync(join(project.folder, 'gonogo.yaml'));
      expect(await decide(project)).toMatchObject({ exit: 2, stderr: expect.stringContaining('add -c with its file') });
    });
  });

  test('takes no run that was stopped for a proof', async () => {
    await inCopy(async (project) => {
      const lines = project.read('run/journal.jsonl').trimEnd().split('\n');
      project.write('run/journal.jsonl', `${lines.slice(0, -1).join('\n')}\n`);
      const { exit, stderr } = await decide(project, '--go');
      expect([exit, stderr]).toEqual([2, expect.stringContaining('launch is HOLD (the run did not come to its end)')]);
    });
  });

  test('takes no gate that was made easier after the run for the one that was run', async () => {
    await inCopy(async (project) => {
      project.write('gonogo.yaml', LAUNCH.replace('must: [built, token, cloud]', 'must: [built, cloud]'));
      const judged = await project.run('judge', 'run', '-c', 'gonogo.yaml');
      expect(judged.stdout.replaceAll(/\s+/g, ' ')).toContain(
        'The gate launch asks for less than when the run was made: token is not asked for any more: it was a must',
      );
      const { exit, stderr } = await decide(project);
      expect([exit, stderr]).toEqual([2, expect.stringContaining('token is not asked for any more: it was a must')]);
      await decide(project, '--override', 'no analytics in the first week', '--out', 'easier');
      const [json = '', md = ''] = project.list('easier');
      for (const part of ['## Asked for less than when the run was made', 'no analytics in the first week']) {
        expect(project.read(`easier/${md}`)).toContain(part);
      }
      expect((await project.run('verify', `easier/${json}`)).exit).toBe(0);
    });
  });

  test('takes no answer of another question for one of today', async () => {
    await inCopy(async (project) => {
      project.write('gonogo.yaml', LAUNCH.replace('dist/shop.js', 'dist/other.js'));
      expect((await decide(project, '--go')).stderr).toContain('the gate launch is HOLD');
    });
  });

  test.each([
    [['--by', ' ', '--gate', 'launch'], 'a decision needs to know who decides'],
    [['--by', 'cto', '--gate', 'lunch'], 'did you mean "launch"?'],
    [['--by', 'cto'], 'a decision is about one gate'],
    [['--by', 'cto', '--gate', 'launch', '--go', '--no-go'], 'which one is meant?'],
    [['--by', 'cto', '--gate', 'launch', '--out', 'review.md'], 'the record cannot be written to'],
  ])('refuses %j', async (more, said) => {
    const { exit, stderr } = await original.run('decide', 'run', '--yes', ...more);
    expect(stderr).toContain(said);
    expect(exit).toBe(2);
  });

  test('refuses a journal that lies anywhere, and one whose run has a hostile name', async () => {
    await inCopy(async (project) => {
      project.write('copy.jsonl', project.read('run/journal.jsonl'));
      expect((await project.run('decide', 'copy.jsonl', '--gate', 'launch', '--by', 'cto', '-y')).exit).toBe(2);
      const text = project.read('run/journal.jsonl').replace(/"runId":"[^"]*"/, '"runId":"../../../x"');
      project.write('run/journal.jsonl', text);
      expect((await decide(project)).stderr).toContain('is no name of a run');
    });
  });

  test.skipIf(process.platform !== 'linux')('asks at a terminal, and leaves nothing when it is left', async () => {
    await inCopy(async (project) => {
      const before = project.list('decisions');
      const ended = await project.atTerminal('\u0003', 'decide', 'run', '--gate', 'launch', '--by', 'cto');
      expect(ended.stdout).toMatch(/cto decides GO for launch, whose verdict is GO by the run of \d{4}/);
      expect([ended.exit, project.list('decisions')]).toEqual([130, before]);
    });
  });
});
