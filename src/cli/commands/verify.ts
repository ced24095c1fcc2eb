import { dirname, join, resolve } from 'node:path';
import { recordMarkdown } from '../../decision/markdown.ts';
import { digestOf, readRecord } from '../../decision/record.ts';
import { UsageError } from '../../model/fault.ts';
import { hashFile, readText } from '../../shell/files.ts';
import type { Execute } from '../command.ts';
import { print } from '../print.ts';
import { boundFiles } from '../run-files.ts';

const MOST_BYTES = 64 * 1024 * 1024;

/** `gonogo verify RECORD`: whether a decision record and everything that it rests on is as it was. Exits 1 when not. */
export const execute: Execute = async (options, world) => {
  const name = (options.words[0] ?? '').replace(/\.md$/, '.json');
  const path = resolve(world.workingDirectory, name);
  const read = await readText(path, MOST_BYTES);
  if (!read.ok) throw new UsageError(`the record "${name}" ${read.reason}`);
  const record = readRecord(read.text);
  if (typeof record === 'string') throw new UsageError(`"${name}" cannot be verified: ${record}`);
  const troubles: string[] = [];
  const digest = digestOf(record);
  if (digest !== record.digest) troubles.push(`the record was changed: its digest is ${digest}, not ${record.digest}`);
  const expected = options.value('digest');
  if (expected !== null && expected !== record.digest) {
    troubles.push(`it is not the record that was expected: its digest is ${record.digest}, not ${expected}`);
  }
  const folder = resolve(dirname(path), record.folder);
  for (const bound of record.evidence) {
    const sha256 = await hashFile(join(folder, bound.path));
    if (sha256 === null) troubles.push(`${bound.path} of the run is not there any more`);
    else if (sha256 !== bound.sha256) troubles.push(`${bound.path} of the run was changed`);
  }
  const known = new Set(record.evidence.map((bound) => bound.path));
  for (const found of await boundFiles(folder)) {
    if (!known.has(found.path)) troubles.push(`${found.path} of the run was added later`);
  }
  const markdown = await readText(path.replace(/\.json$/, '.md'), MOST_BYTES);
  if (markdown.ok && markdown.text !== recordMarkdown(record)) {
    troubles.push('the Markdown beside it says something else than the record');
  }
  const { decided, gate } = record;
  const head = `${decided.decision.toUpperCase()} by ${decided.by} at ${decided.at} for ${gate.id} (${gate.verdict})`;
  const files = `${record.evidence.length} file${record.evidence.length === 1 ? '' : 's'} of the run`;
  const text =
    troubles.length === 0
      ? `holds: ${head}\nThe record and ${files} are as they were; digest ${record.digest}\n`
      : `DOES NOT HOLD: ${head}\n${troubles.map((one) => `  - ${one}\n`).join('')}`;
  const code = await print(world, text);
  return troubles.length > 0 ? 1 : code;
};
