import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { lineProblems } from './documents/command-lines.ts';
import { readDocument, ROOT, textOf } from './documents/documents.ts';
import { listen } from './stack/listen.ts';

/** The action and the examples for pipelines: what is in them is held against what there is. */

type Step = {
  readonly id?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: { readonly [name: string]: string };
  readonly uses?: string;
};
type Action = {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly default: string } };
  readonly outputs: { readonly [name: string]: { readonly value: string } };
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
};

const action: Action = parse(textOf('action.yml'));
const step = action.runs.steps.find(({ id }) => id === 'run');
const script = step?.run ?? '';
const guide = readDocument('docs/guides/ci.md', textOf('docs/guides/ci.md'));
const blocksOf = (about: string): readonly string[] =>
  guide.blocks.filter((one) => one.about === about).map(({ text }) => text);

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'gonogo-action-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Carries the script of the action out as GitHub does, with gonogo itself in place of a download. */
const carryOut = (config: string, argumentLines: string, folder = newFolder()) => {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(folder, 'gonogo.yaml'), config);
  const npx = `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${join(ROOT, 'src', 'main.ts')}" "$@"\n`;
  writeFileSync(join(bin, 'npx'), npx, { mode: 0o755 });
  const [summary, output] = [join(folder, 'summary'), join(folder, 'output')];
  writeFileSync(summary, '');
  writeFileSync(output, '');
  const ended = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: `${bin}:${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}`,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: output,
      GONOGO_CONFIG: 'gonogo.yaml',
      GONOGO_ARGUMENTS: argumentLines,
      GONOGO_VERSION: 'latest',
      GONOGO_OUT: 'reports/ci',
    },
  });
  return { ...ended, folder, summary: readFileSync(summary, 'utf8'), output: readFileSync(output, 'utf8') };
};

const config = (port: number): string => `version: 1\nname: Shop\nchecks: { a: { tcp: '127.0.0.1:${port}' } }\n`;

describe('the action', () => {
  test('says the verdict and the exit code, writes the summary, and ends as gonogo ends', () => {
    const { status, stdout, summary, output, folder } = carryOut(config(1), '');
    expect(status).toBe(1);
    expect(output).toBe('verdict=NO-GO\nexit-code=1\n');
    expect(summary).toContain('NO-GO');
    expect(stdout).toMatch(/^::error file=gonogo\.yaml,line=3/m);
    expect(readFileSync(join(folder, 'reports/ci/junit.xml'), 'utf8')).toContain('<testsuites');
  });

  test('has no verdict when nothing was looked at', () => {
    const { status, output } = carryOut('version: 2\n', '');
    expect({ status, output }).toEqual({ status: 2, output: 'verdict=\nexit-code=2\n' });
  });

  test('says nothing of an earlier run in the same folder', () => {
    const { folder } = carryOut(config(1), '');
    const { status, output, summary } = carryOut('version: 2\n', '', folder);
    expect({ status, output, summary }).toEqual({ status: 2, output: 'verdict=\nexit-code=2\n', summary: '' });
  });

  test('takes each line of the arguments as one, whatever stands in it', () => {
    const { status, stderr, folder } = carryOut(config(1), '--only\n$(touch pwned); `touch pwned` "x\n');
    expect(status).toBe(2);
    expect(stderr).toContain('there is no check "$(touch pwned); `touch pwned` "x"');
    expect(() => readFileSync(join(folder, 'pwned'))).toThrow(/ENOENT/);
  });

  test('ends in GO when all is well', async () => {
    const server = createServer(() => {});
    const port = await listen(server);
    const { status, output, summary } = carryOut(config(port), '--quiet\n\n');
    server.close();
    expect({ status, output }).toEqual({ status: 0, output: 'verdict=GO\nexit-code=0\n' });
    expect(summary).toContain('# GO: Shop');
  });

  test('is YAML without a doubt, and each step of it is known by its version or carried out by bash', () => {
    const { errors, warnings } = parseDocument(textOf('action.yml'), { strict: true, uniqueKeys: true });
    expect([...errors, ...warnings]).toEqual([]);
    for (const { uses, run } of action.runs.steps)
      expect(uses === undefined ? run : uses).toMatch(run === undefined ? /^[\w-]+\/[\w-]+@v\d+$/ : /\S/);
  });

  test('reads inputs from variables alone, and every input and output is there', () => {
    expect(script).not.toContain('${{');
    const used = [...textOf('action.yml').matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)));
    expect(action.runs.using).toBe('composite');
    for (const { value } of Object.values(action.outputs))
      expect(value).toMatch(/^\$\{\{ steps\.run\.outputs\.[\w-]+ \}\}$/);
    const shells = action.runs.steps.flatMap(({ run, shell }) => (run === undefined ? [] : [shell]));
    expect(new Set(shells)).toEqual(new Set(['bash']));
  });
});

describe('the guide', () => {
  test('passes only inputs to the action that it has', () => {
    const jobs = blocksOf('workflow').flatMap((text) => Object.values(parse(text).jobs));
    const steps = jobs.flatMap((job) =>
      typeof job === 'object' && job !== null && 'steps' in job && Array.isArray(job.steps) ? job.steps : [],
    );
    const own = steps.filter(({ uses }) => uses?.startsWith('gonogo/') === true);
    expect(own).not.toEqual([]);
    for (const one of own) for (const name of Object.keys(one.with)) expect(Object.keys(action.inputs)).toContain(name);
  });

  test('has a GitLab pipeline whose commands are right and whose reports are where it looks for them', () => {
    const [text = ''] = blocksOf('gitlab');
    const { smoke, nightly } = parse(text);
    for (const line of [...smoke.script, ...nightly.script]) {
      expect(lineProblems(line.replace('npx --yes ', 'npx '))).toEqual([]);
      expect(line).toContain(`junit=${smoke.artifacts.reports.junit}`);
    }
    expect(nightly.extends).toBe('smoke');
  });

  test.each(['systemd', 'cron'])('has an example for %s whose command is right', (about) => {
    const [text = ''] = blocksOf(about);
    const commands = [...text.matchAll(/(?:\/usr\/bin\/)?(gonogo run [^|>\n]*)/g)].map(([, line = '']) => line.trim());
    expect(commands).toHaveLength(1);
    for (const line of commands) expect(lineProblems(line)).toEqual([]);
  });

  test('has units in which every line is a section, a setting or a comment', () => {
    const [text = ''] = blocksOf('systemd');
    for (const line of text.split('\n')) expect(line).toMatch(/^(?:$|#.*|\[[A-Z][a-z]+\]|[A-Z][A-Za-z]+=.+)$/);
  });

  test('lets a part that is judged pass to the merge, and no other, in a real shell', () => {
    const [line = ''] = /- run: (npx gonogo run .*--shard.*)$/m.exec(textOf('docs/guides/ci.md'))?.slice(1) ?? [];
    const tail = line.slice(line.indexOf('||'));
    const passes = (code: number): boolean => spawnSync('bash', ['-c', `(exit ${code}) ${tail}`]).status === 0;
    expect([0, 1, 2, 3, 4, 130].filter(passes)).toEqual([0, 1, 3]);
  });
});

test('the shell of the action is one that bash can read', () => {
  expect(() => execFileSync('bash', ['-n', '-c', script])).not.toThrow();
});
