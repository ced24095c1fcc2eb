import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { validate } from 'ctrf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importProblems } from '../golden/reports/read-junit.ts';
import { gonogo, startGonogo } from './gonogo.ts';
import { startShop } from './shop.ts';

/** Reports as a pipeline asks for them: in a project that is a folder of a larger checkout. */
let shop: Awaited<ReturnType<typeof startShop>>;
let workspace: string;
let project: string;

beforeAll(async () => {
  shop = await startShop();
  workspace = mkdtempSync(join(tmpdir(), 'gonogo-workspace-'));
  project = join(workspace, 'services', 'shop');
  mkdirSync(project, { recursive: true });
  for (const name of ['gonogo.yaml', 'shop.md'])
    writeFileSync(join(project, name), readFileSync(join(shop.folder, name), 'utf8'));
});
afterAll(async () => {
  await shop.close();
  rmSync(workspace, { recursive: true, force: true });
});

const ask = (argv: readonly string[], variables: { readonly [name: string]: string } = {}) =>
  gonogo(['run', '-q', ...argv], { cwd: project, variables: { ...shop.variables, ...variables } });
const textOf = (name: string): string => readFileSync(join(project, name), 'utf8');

const FILES = {
  junit: 'out/junit.xml',
  ctrf: 'out/ctrf.json',
  csv: 'out/checks.csv',
  markdown: 'out/report.md',
  'markdown-short': 'out/short.md',
  prometheus: 'out/metrics.prom',
  openmetrics: 'out/metrics.om',
  json: 'out/run.json',
  html: 'out/report.html',
  console: 'out/console.txt',
};

test('one run writes every format that is asked for, and names files from the workspace of the pipeline', async () => {
  const link = join(workspace, '..', `${workspace.split('/').at(-1)}-link`);
  symlinkSync(workspace, link);
  await shop.killSearch();
  const reports = Object.entries(FILES).flatMap(([format, path]) => ['--report', `${format}=${path}`]);
  const { exit, stdout } = await ask(['--out', 'run', '--report', 'github', ...reports], { GITHUB_WORKSPACE: link });
  await shop.startSearch();
  rmSync(link);
  expect(exit).toBe(1);
  expect(stdout).toMatch(
    /^::error file=services\/shop\/gonogo\.yaml,line=\d+,col=\d+,title=search%3A connect-refused::/m,
  );
  expect(importProblems(textOf(FILES.junit))).toEqual([]);
  expect(textOf(FILES.junit)).toContain('name="search" classname="shop" file="services/shop/gonogo.yaml"');
  expect(validate(JSON.parse(textOf(FILES.ctrf)))).toMatchObject({ valid: true });
  expect(textOf(FILES.openmetrics)).toBe(`${textOf(FILES.prometheus)}# EOF\n`);
  for (const path of Object.values(FILES)) expect(textOf(path)).toContain('NO-GO');
});

test.each(['GITHUB_WORKSPACE', 'CI_PROJECT_DIR', 'WORKSPACE'])(
  '%s elsewhere, or none, changes no name',
  async (name) => {
    const elsewhere = name === 'WORKSPACE' ? {} : { [name]: '/somewhere/else' };
    await ask(['--out', 'run', '--report', `junit=${FILES.junit}`], elsewhere);
    expect(textOf(FILES.junit)).toContain(' file="gonogo.yaml" line=');
  },
);

test('somebody who reads the metrics while they are written never sees half of them', async () => {
  const path = join(project, FILES.prometheus);
  const report = ['--out', 'run', '--report', `prometheus=${FILES.prometheus}`];
  await ask(report);
  const done = new AbortController();
  const runs = Promise.all([ask(report), ask([...report, '--out', 'other'])]).finally(() => done.abort());
  const seen = new Set<string>();
  for (; !done.signal.aborted; await sleep(1)) seen.add(readFileSync(path, 'utf8'));
  await runs;
  expect(seen.size).toBeGreaterThan(1);
  for (const text of seen)
    expect(text).toMatch(/^# HELP gonogo_verdict [^]*\ngonogo_run_started_timestamp_seconds\{.*\} \d+(\.\d+)?\n$/);
});

test('what a run kept is attached by its way from the workspace, also to a report that is made later', async () => {
  await ask(['--out', 'kept']);
  const journal = join(project, 'kept', 'journal.jsonl');
  const text = readFileSync(journal, 'utf8');
  writeFileSync(journal, text.replace('"observation":{', '"observation":{"evidence":["evidence/front/1-page.png"],'));
  const { stdout } = await gonogo(['report', 'kept', '--report', 'junit'], {
    cwd: project,
    variables: { CI_PROJECT_DIR: workspace },
  });
  expect(stdout).toContain('[[ATTACHMENT|services/shop/kept/evidence/front/1-page.png]]');
});

test.each([
  [['--report', 'junit=out/x', '--report', 'csv=out/../out/x'], 'two reports cannot share out/../out/x: junit and csv'],
  [['--report', 'csv=run/run.json'], 'two reports cannot share run/run.json: json and csv'],
  [['--report', 'csv=run/journal.jsonl'], 'run/journal.jsonl is where the run itself is kept'],
])('%j is refused before anything is looked at', async (argv, message) => {
  const asked = shop.asked();
  expect(await ask(['--out', 'run', ...argv])).toMatchObject({ exit: 2, stderr: expect.stringContaining(message) });
  expect(shop.asked()).toBe(asked);
});

test('a report of an earlier run is gone while this one runs, but for metrics, which tell of when they are', async () => {
  const reports = ['junit=out/old.xml', 'prometheus=out/old.prom'].flatMap((one) => ['--report', one]);
  await ask(['--out', 'run', ...reports]);
  writeFileSync(join(project, 'silent.yaml'), readFileSync(join(shop.folder, 'silent.yaml'), 'utf8'));
  const running = startGonogo(['run', '-c', 'silent.yaml', '--out', 'run', ...reports], {
    cwd: project,
    variables: shop.variables,
  });
  await running.says('search');
  running.kill('SIGKILL');
  await running.ended;
  expect(existsSync(join(project, 'out/old.xml'))).toBe(false);
  expect(textOf('out/old.prom')).toContain('gonogo_run_started_timestamp_seconds');
});

test('a saved run is rendered into a folder that is made for it, and never over its own journal', async () => {
  await ask(['--out', 'saved']);
  const render = (path: string) => gonogo(['report', 'saved', '--report', `junit=${path}`], { cwd: project });
  expect((await render('made/for/it.xml')).exit).toBe(0);
  expect(textOf('made/for/it.xml')).toContain('<testsuites');
  expect((await render('saved/journal.jsonl')).exit).toBe(2);
  expect(textOf('saved/journal.jsonl')).toContain('run-started');
});

const SHA = '0123456789abcdef0123456789abcdef01234567';

test.each([
  [
    'GitHub',
    { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: SHA },
    `https://github.com/o/r/blob/${SHA}/services/shop/shop.md#search-is-down`,
  ],
  [
    'GitLab',
    { CI_PROJECT_URL: 'https://gitlab.example.com/g/p', CI_COMMIT_SHA: SHA },
    `https://gitlab.example.com/g/p/-/blob/${SHA}/services/shop/shop.md#search-is-down`,
  ],
  ['a machine of your own', {}, '../shop.md#search-is-down'],
  [
    'what is no address',
    { GITHUB_SERVER_URL: 'javascript:x', GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: SHA },
    '../shop.md#search-is-down',
  ],
])('the runbook in a summary can be followed on %s', async (_where, variables, link) => {
  await shop.killSearch();
  const spaces = { GITHUB_WORKSPACE: workspace, CI_PROJECT_DIR: workspace };
  await ask(['--out', 'run', '--report', 'markdown-short=out/short.md'], { ...spaces, ...variables });
  await shop.startSearch();
  expect(textOf('out/short.md')).toContain(`](<${link}>)`);
});
