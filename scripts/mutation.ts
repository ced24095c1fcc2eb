import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { argv, execPath, exit, stderr, stdout } from 'node:process';

/**
 * Mutation testing of what decides: the code is changed in small ways, one at a time, and counted is how many of the
 * changes a test notices. `npm run mutation` takes both folders and holds each to its least score; `npm run mutation --
 * src/judge/verdict.ts` takes these files alone. What nobody noticed is listed; `.mutation/` keeps a page with all of it.
 *
 * Stryker is no dependency of the project: it is fetched from the registry once, in this exact version, into
 * `.mutation/`, from where it finds the project's own Vitest.
 */

const VERSION = '10.1.1';
const PACKAGES = ['@stryker-mutator/core', '@stryker-mutator/vitest-runner'].map((name) => `${name}@${VERSION}`);
const ROOT = join(import.meta.dirname, '..');
const KEPT = '.mutation';
const BIN = join(ROOT, KEPT, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const LEAST_PERCENT = 90;

/** Files that are changed together, and the folder whose tests have to notice: a failure is to be near its cause. */
type Part = { readonly name: string; readonly files: string; readonly tests: string };

/** Each folder is held to the least score. The catalogue is data, and its own tests are all that it takes. */
const FOLDERS: { readonly [folder: string]: readonly Part[] } = {
  'src/matchers': [{ name: 'matchers', files: 'src/matchers/*.ts', tests: 'src/matchers' }],
  'src/judge': [
    { name: 'judge', files: 'src/judge/*.ts', tests: 'src/judge' },
    { name: 'catalogue', files: 'src/judge/catalogue/*.ts', tests: 'src/judge/catalogue' },
  ],
};

const install = (): void => {
  if (existsSync(BIN)) return;
  mkdirSync(join(ROOT, KEPT), { recursive: true });
  writeFileSync(join(ROOT, KEPT, 'package.json'), '{ "private": true }\n');
  // Without its peers: a Vitest of its own would not be the one that the tests import.
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', '--legacy-peer-deps'];
  const cwd = join(ROOT, KEPT);
  const { status } = spawnSync('npm', ['install', ...options, ...PACKAGES], { cwd, stdio: 'inherit' });
  if (status !== 0 || !existsSync(BIN)) throw new Error(`${PACKAGES.join(' and ')} could not be installed`);
};

/** What Stryker is told of a part, `files` of which are changed. */
const optionsOf = ({ name, tests }: Part, files: readonly string[]) => ({
  mutate: [...files, '!src/**/*.test.ts', '!src/**/test-*.ts'],
  testRunner: 'vitest',
  // Not `testFiles`: with it, what a module computes when it is loaded would stay unchanged.
  vitest: { configFile: 'tests/mutation/vitest.config.ts', dir: tests, related: false },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['**', '!src/**', '!tests/mutation/**', '!package.json', '!tsconfig.json'],
  // TypeScript 7 has no API in JavaScript that could rewrite a tsconfig, and ours needs no rewriting.
  tsconfigFile: 'none',
  tempDirName: `${KEPT}/sandbox`,
  reporters: ['json', 'html', 'progress-append-only'],
  jsonReporter: { fileName: `${KEPT}/${name}.json` },
  htmlReporter: { fileName: `${KEPT}/${name}.html` },
  // A machine that is busy has not noticed anything.
  timeoutMS: 60_000,
  concurrency: Math.min(2, availableParallelism()),
  warnings: { slow: false },
});

/** What is read here of Stryker's report (mutation-testing-report-schema). */
type Report = {
  readonly files: { readonly [path: string]: { readonly source: string; readonly mutants: readonly Mutant[] } };
};
type Mutant = {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
};
/** 1-based. */
type Place = { readonly line: number; readonly column: number };

const mutate = (part: Part, files: readonly string[]): Report => {
  const options = `${KEPT}/${part.name}.options.json`;
  writeFileSync(join(ROOT, options), JSON.stringify(optionsOf(part, files)));
  const { status } = spawnSync(execPath, [BIN, 'run', options], { cwd: ROOT, stdio: ['ignore', stderr.fd, stderr.fd] });
  if (status !== 0) throw new Error(`the mutation of ${part.files} came to no end`);
  return JSON.parse(readFileSync(join(ROOT, KEPT, `${part.name}.json`), 'utf8'));
};

const count = (mutants: readonly Mutant[], ...states: readonly string[]): number =>
  mutants.filter(({ status }) => states.includes(status)).length;

/** The share of the changes that were noticed, in percent: a test failed, or the code came to no end. */
const scoreOf = (mutants: readonly Mutant[]): number => {
  const noticed = count(mutants, 'Killed', 'Timeout');
  return (100 * noticed) / (noticed + count(mutants, 'Survived', 'NoCoverage'));
};

const shownScore = (mutants: readonly Mutant[]): string => `${scoreOf(mutants).toFixed(1)} %`.padStart(7);

/** What stood there and what it became, on one line. */
const changeOf = (source: string, { mutatorName, replacement = '', location: { start, end } }: Mutant): string => {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const rest = (lines.at(-1) ?? '').length - (end.column - 1);
  const text = lines.join('\n');
  const short = (code: string): string => code.replaceAll(/\s+/g, ' ').slice(0, 70);
  return `${mutatorName}: ${short(text.slice(start.column - 1, text.length - rest))} => ${short(replacement)}`;
};

/** Tells the score of each file, the lowest first, and every change that nobody noticed. */
const tellFiles = ({ files }: Report): void => {
  const byScore = Object.entries(files).toSorted(([, a], [, b]) => scoreOf(a.mutants) - scoreOf(b.mutants));
  for (const [path, { mutants }] of byScore) stdout.write(`${shownScore(mutants)}  ${path} (${mutants.length})\n`);
  for (const [path, { source, mutants }] of byScore) {
    for (const mutant of mutants.filter((one) => count([one], 'Survived', 'NoCoverage') > 0)) {
      const { line, column } = mutant.location.start;
      stdout.write(`${path}:${line}:${column} ${changeOf(source, mutant)}\n`);
    }
  }
};

const wanted = argv.slice(2);
const isIn = (path: string, { files }: Part): boolean =>
  path.slice(0, path.lastIndexOf('/')) === files.slice(0, -'/*.ts'.length);
const parts = Object.values(FOLDERS).flat();
const foreign = wanted.filter((path) => !parts.some((part) => isIn(path, part)));
if (foreign.length > 0) {
  stderr.write(`only ${parts.map(({ files }) => files).join(', ')} can be taken, not ${foreign.join(', ')}\n`);
  exit(2);
}
install();
let enough = true;
for (const [folder, own] of Object.entries(FOLDERS)) {
  const mutants: Mutant[] = [];
  for (const part of own) {
    const files = wanted.length === 0 ? [part.files] : wanted.filter((path) => isIn(path, part));
    if (files.length === 0) continue;
    const report = mutate(part, files);
    tellFiles(report);
    mutants.push(...Object.values(report.files).flatMap((file) => file.mutants));
  }
  if (mutants.length === 0) continue;
  const states = ['Killed', 'Timeout', 'Survived', 'NoCoverage'].map((state) => `${count(mutants, state)} ${state}`);
  stdout.write(`${shownScore(mutants)}  ${folder}: ${states.join(', ')}; ${LEAST_PERCENT} % are asked for\n\n`);
  if (scoreOf(mutants) < LEAST_PERCENT) enough = false;
}
exit(enough ? 0 : 1);
