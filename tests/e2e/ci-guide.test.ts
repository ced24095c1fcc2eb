import { execFile, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readDocument, ROOT, textOf } from '../documents/documents.ts';
import { importProblems } from '../golden/reports/read-junit.ts';
import { listen } from '../stack/listen.ts';

/** Every command of the guide for pipelines, carried out as it is written: against a system that works, and one that does not. */

const guide = readDocument('docs/guides/ci.md', textOf('docs/guides/ci.md'));
const blocksOf = (about: string): readonly string[] =>
  guide.blocks.filter((one) => one.about === about).map(({ text }) => text);

type Job = { readonly steps: readonly { readonly run?: string }[] };

const linesOf = ({ steps }: Job): readonly string[] => steps.flatMap(({ run }) => run ?? []);

let server: Server;
let port: number;
let root: string;
let folder: string;
let number = 0;

const program = (name: string, text: string): void =>
  writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });

beforeAll(async () => {
  server = createServer(() => {});
  port = await listen(server);
  root = mkdtempSync(join(tmpdir(), 'gonogo-guide-'));
  mkdirSync(join(root, 'bin'));
  const gonogo = `exec "${process.execPath}" "${join(ROOT, 'src', 'main.ts')}" "$@"`;
  program('gonogo', gonogo);
  program('npx', `until [ "$1" = gonogo ]; do shift; done; shift\n${gonogo}`);
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});

const configure = (good: boolean): void =>
  writeFileSync(
    join(folder, 'gonogo.yaml'),
    `version: 1
name: Shop
checks:
${['a', 'b', 'c', 'd'].map((id) => `  ${id}: { tcp: '127.0.0.1:${good || id !== 'c' ? port : 1}' }`).join('\n')}
gates: { nightly: { must: [a, b, c, d] } }
`,
  );

beforeEach(() => {
  number += 1;
  folder = join(root, `run-${number}`);
  mkdirSync(folder);
  configure(true);
});

type Ended = { readonly code: number; readonly stdout: string };

/** As a pipeline does it: a line is a step of its own that ends with the first command that fails. */
const carryOut = (line: string, cwd = folder, variables: { readonly [name: string]: string } = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: cwd, ...variables };
    const child = execFile(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', line],
      { cwd, env },
      (_, stdout) => resolve({ code: child.exitCode ?? -1, stdout }),
    );
  });

describe('the workflows of GitHub', () => {
  const [, byHand, inParts]: readonly { readonly jobs: { readonly [name: string]: Job } }[] = blocksOf('workflow').map(
    (text) => parse(text),
  );

  test.each([
    [true, 0, 'GO'],
    [false, 1, 'NO-GO'],
  ])('by hand write annotations, JUnit and a summary (good: %s)', async (good, exit, verdict) => {
    configure(good);
    const [run = '', summarise = ''] = linesOf(byHand?.jobs['smoke'] ?? { steps: [] });
    const { code, stdout } = await carryOut(run);
    expect(code).toBe(exit);
    expect(stdout.match(/^::error file=gonogo\.yaml,line=6,/gm) ?? []).toHaveLength(good ? 0 : 1);
    expect(importProblems(readFileSync(join(folder, 'reports/junit.xml'), 'utf8'))).toEqual([]);
    const summary = join(folder, 'summary');
    expect((await carryOut(summarise, folder, { GITHUB_STEP_SUMMARY: summary })).code).toBe(0);
    expect(readFileSync(summary, 'utf8')).toContain(`# ${verdict}: Shop`);
  });

  test.each([
    ['good', true, 0],
    ['broken', false, 1],
  ])('in parts give the verdict of the whole when the system is %s', async (_what, good, exit) => {
    configure(good);
    const [step = ''] = linesOf(inParts?.jobs['part'] ?? { steps: [] });
    const [merge = ''] = linesOf(inParts?.jobs['verdict'] ?? { steps: [] });
    mkdirSync(join(folder, 'parts'));
    for (const part of ['1', '2', '3']) {
      expect((await carryOut(step.replace('${{ matrix.part }}', part), folder, { GITHUB_RUN_ID: '7' })).code).toBe(0);
      renameSync(join(folder, 'part'), join(folder, 'parts', `part-${part}`));
    }
    expect((await carryOut(merge)).code).toBe(exit);
    expect(existsSync(join(folder, 'reports/nightly/report.html'))).toBe(true);
    rmSync(join(folder, 'parts', 'part-2'), { recursive: true });
    const { code, stdout } = await carryOut(merge);
    expect(code).not.toBe(0);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('its part of the run is missing: shard 2/3');
  });
});

test.each([
  ['smoke', 0],
  ['nightly', 0],
  ['smoke', 1],
])('the GitLab job %s leaves its JUnit file where it says, with exit code %s', async (job, exit) => {
  configure(exit === 0);
  const pipeline = parse(blocksOf('gitlab')[0] ?? '');
  for (const line of pipeline[job].script)
    expect((await carryOut(line, folder, { CI_PROJECT_DIR: folder })).code).toBe(exit);
  const xml = readFileSync(join(folder, pipeline['smoke'].artifacts.reports.junit), 'utf8');
  expect(importProblems(xml)).toEqual([]);
  expect(xml).toContain(' file="gonogo.yaml" line="4"');
});

describe('cron', () => {
  const [text = ''] = blocksOf('cron');
  const line = /^(?:\S+ ){5}(.*)$/m.exec(text.replace(/^(?:[A-Z]+=.*\n)+/, ''))?.[1] ?? '';
  const command = () => line.replaceAll('/srv/gonogo', folder);

  test('says nothing while we may go, and all of it when we may not', async () => {
    expect(await carryOut(command())).toEqual({ code: 0, stdout: '' });
    configure(false);
    const { stdout } = await carryOut(command());
    expect(stdout).toContain('NO-GO  Shop');
    expect(stdout).toContain('connect-refused');
    writeFileSync(join(folder, 'gonogo.yaml'), 'version: 7\n');
    expect((await carryOut(command())).stdout).toContain('gonogo.yaml:1');
  });

  test('does not run beside itself, and says nothing of it', async () => {
    configure(false);
    await carryOut(command());
    const holder = spawn('flock', [join(folder, '.lock'), 'sleep', '30'], { detached: true });
    try {
      while (spawnSync('flock', ['-n', join(folder, '.lock'), 'true']).status === 0)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await carryOut(command())).toEqual({ code: 0, stdout: '' });
    } finally {
      process.kill(-(holder.pid ?? 0));
    }
  });
});

describe('systemd', () => {
  const units = (blocksOf('systemd')[0] ?? '').split(/^# (?=\/etc\/)/m).flatMap((text) => {
    const [, name, body] = /^\/etc\/systemd\/system\/(\S+)\n(.*)$/s.exec(text) ?? [];
    return name === undefined || body === undefined ? [] : [{ name, body }];
  });
  const service = units.find(({ name }) => name.endsWith('.service'))?.body ?? '';

  test.each([
    [true, 0],
    [false, 1],
  ])('runs what it says, and writes nowhere but in its own folder (good: %s)', async (good, exit) => {
    configure(good);
    const [, line = ''] = /^ExecStart=\/usr\/bin\/(.*)$/m.exec(service) ?? [];
    const state = join(folder, 'state');
    mkdirSync(state);
    const before = readdirSync(folder);
    expect((await carryOut(line.replaceAll('/srv/gonogo', folder), state)).code).toBe(exit);
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(join(state, 'metrics/gonogo.prom'), 'utf8')).toContain(
      `verdict="${good ? 'GO' : 'NO-GO'}"} 1\n`,
    );
    expect(readdirSync(state).toSorted()).toEqual(['.gonogo', 'last', 'metrics']);
  });

  const hasVerifier = spawnSync('systemd-analyze', ['--version'], { stdio: 'ignore' }).error === undefined;
  test.skipIf(!hasVerifier)('takes the units as they are', () => {
    for (const { name, body } of units) writeFileSync(join(folder, name), body.replace('/usr/bin/gonogo', '/bin/true'));
    const paths = units.map(({ name }) => join(folder, name));
    const { stdout, stderr, status } = spawnSync('systemd-analyze', ['verify', '--man=no', ...paths], {
      encoding: 'utf8',
    });
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
    expect(units).toHaveLength(2);
  });
});

test('completion is installed by the commands as they are written', async () => {
  const block = guide.blocks.find(({ language, text }) => language === 'sh' && text.includes('completion'));
  expect((await carryOut(block?.text ?? 'exit 1')).code).toBe(0);
  for (const path of [
    '.local/share/bash-completion/completions/gonogo',
    '.zfunc/_gonogo',
    '.config/fish/completions/gonogo.fish',
  ])
    expect(readFileSync(join(folder, path), 'utf8')).toContain('gonogo');
});
