import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Run } from '../src/model/run-schema.ts';
import { makePublishedSchema, makeValidatorSchema } from './generated/config-schema.ts';
import { closeRecords } from './generated/json-schema.ts';
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
  ]);

const isFresh = async (path: string, text: string): Promise<boolean> =>
  (await readFile(join(ROOT, path), 'utf8').catch(() => null)) === text;

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [path, text] of await makeFiles()) {
  if (await isFresh(path, text)) continue;
  stale.push(path);
  if (!check) await writeFile(join(ROOT, path), text);
}
for (const path of stale) console.log(check ? `${path} is not fresh: run npm run generate` : `wrote ${path}`);
if (check && stale.length > 0) process.exitCode = 1;
