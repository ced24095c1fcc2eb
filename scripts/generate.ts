import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { Run } from '../src/model/run-schema.ts';
import { makePublishedSchema, makeValidatorSchema } from './generated/config-schema.ts';
import { makeFilePage } from './generated/file-page.ts';
import { closeRecords } from './generated/json-schema.ts';
import { MADE } from './generated/markdown.ts';
import { makeManPage } from './generated/man-page.ts';
import { makeMatchersPage } from './generated/matchers-page.ts';
import { makeProbePages } from './generated/probe-pages.ts';
import { makeReasonCodesPage } from './generated/reason-codes-page.ts';
import { makeValidator, VALIDATOR_TYPES } from './generated/validator.ts';

/** Writes every generated file; with `--check` writes nothing and exits 1 when one is not fresh. */

const ROOT = join(import.meta.dirname, '..');

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const makeRunSchema = (): unknown => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  description: 'run.json: what a run found and what it decided',
  ...closeRecords(JSON.parse(JSON.stringify(Run))),
});

const makeFiles = async (): Promise<ReadonlyMap<string, string>> =>
  new Map([
    ['schema/gonogo.schema.json', pretty(await makePublishedSchema())],
    ['schema/run.schema.json', pretty(makeRunSchema())],
    ['src/config/validate.generated.js', makeValidator(await makeValidatorSchema())],
    ['src/config/validate.generated.d.ts', VALIDATOR_TYPES],
    ['docs/reference/file.md', makeFilePage()],
    ['docs/reference/matchers.md', makeMatchersPage()],
    ['docs/reference/reason-codes.md', makeReasonCodesPage()],
    ['docs/gonogo.1', makeManPage()],
    ...(await makeProbePages()),
  ]);

const textOf = (path: string): Promise<string | null> => readFile(join(ROOT, path), 'utf8').catch(() => null);

/** Pages that were made once and are not made any more: of a probe kind that is gone. */
const leftOver = async (files: ReadonlyMap<string, string>): Promise<readonly string[]> => {
  const names = await readdir(join(ROOT, 'docs/reference'), { recursive: true }).catch(() => []);
  const pages = names.filter((name) => name.endsWith('.md')).map((name) => posix.join('docs/reference', name));
  const marked = await Promise.all(pages.map(async (path) => (await textOf(path))?.includes(MADE) === true));
  return pages.filter((path, index) => marked[index] === true && !files.has(path));
};

const check = process.argv.includes('--check');
const files = await makeFiles();
const stale: string[] = [];
for (const [path, text] of files) {
  if ((await textOf(path)) === text) continue;
  stale.push(path);
  if (check) continue;
  await mkdir(dirname(join(ROOT, path)), { recursive: true });
  await writeFile(join(ROOT, path), text);
}
const gone = await leftOver(files);
if (!check) await Promise.all(gone.map((path) => rm(join(ROOT, path))));
for (const path of stale) console.log(check ? `${path} is not fresh: run npm run generate` : `wrote ${path}`);
for (const path of gone) console.log(check ? `${path} is not made any more: run npm run generate` : `removed ${path}`);
if (check && stale.length + gone.length > 0) process.exitCode = 1;
