import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { ManualItem } from '../../config/readiness/manual.ts';
import { readSignOffs } from '../../config/readiness/sign-offs.ts';
import { UsageError } from '../../model/fault.ts';
import { closest } from '../../model/suggest.ts';
import { clock } from '../../shell/clock.ts';
import { makeLoadPorts } from '../../shell/config-files.ts';
import { appendText, hashFile } from '../../shell/files.ts';
import type { Execute } from '../command.ts';
import { confirm } from '../confirm.ts';
import { loadProject } from '../load-project.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';
import { entryText, type Entry } from '../sign-off-entry.ts';
import type { World } from '../world.ts';

const itemNamed = (id: string, items: readonly ManualItem[]): ManualItem => {
  const item = items.find((one) => one.id === id);
  if (item !== undefined) return item;
  const ids = items.map((one) => one.id);
  const near = closest(id, ids);
  const known = ids.length === 0 ? 'the file has no manual items' : `the manual items are ${ids.join(', ')}`;
  throw new UsageError(`there is no manual item "${id}"`, near === null ? known : `did you mean "${near}"?`);
};

/** Who signs and what, refused where it could not count. */
const readChoice = (
  item: ManualItem,
  options: ParsedOptions,
): { readonly by: string; readonly choice: string | null } => {
  const by = options.value('by')?.trim() ?? '';
  if (by === '')
    throw new UsageError(`gonogo sign ${item.id} needs to know who signs`, `gonogo sign ${item.id} --by NAME`);
  const entitled = item.quorum?.of ?? item.decision?.authority ?? [];
  if (entitled.length > 0 && !entitled.includes(by)) {
    throw new UsageError(`"${by}" may not sign ${item.id}`, `it is for ${entitled.join(', ')}`);
  }
  const choice = options.value('choose');
  if (item.decision === null) {
    if (choice === null) return { by, choice };
    throw new UsageError(`${item.id} is no decision: there is nothing to choose`);
  }
  if (options.has('revoke') || (choice !== null && item.decision.options.includes(choice))) return { by, choice };
  const list = item.decision.options.join(', ');
  throw new UsageError(
    choice === null ? `${item.id} is a decision between ${list}` : `${item.id} has no option "${choice}"`,
    choice === null ? `add --choose with one of them` : `its options are ${list}`,
  );
};

/** The evidence with its hash, its path as the sign-off file has it. */
const readEvidence = async (
  item: ManualItem,
  file: string,
  options: ParsedOptions,
  world: World,
): Promise<Entry['evidence']> => {
  const name = options.value('evidence');
  if (name === null) {
    if (!item.needsEvidence || options.has('revoke')) return null;
    throw new UsageError(`${item.id} asks for evidence`, 'add --evidence FILE');
  }
  const path = resolve(world.workingDirectory, name);
  const sha256 = await hashFile(path);
  if (sha256 === null) throw new UsageError(`the evidence "${name}" cannot be read`, 'name a regular file');
  const inside = relative(dirname(resolve(world.workingDirectory, file)), path);
  if (isAbsolute(inside)) throw new UsageError(`the evidence "${name}" lies on another drive than ${file}`);
  return { file: inside.split(sep).join('/'), sha256 };
};

/** `gonogo sign ITEM`: appends a sign-off to the file of sign-offs, after asking; nothing in it is ever changed. */
export const execute: Execute = async (options, world) => {
  const { config } = await loadProject(options, world, 'sign');
  const item = itemNamed(options.words[0] ?? '', config.manual);
  const { by, choice } = readChoice(item, options);
  const evidence = await readEvidence(item, config.signOffsFile, options, world);
  const revoked = options.has('revoke');
  if (revoked && !item.signOffs.some((one) => one.by === by && !one.revoked)) {
    throw new UsageError(`"${by}" has not signed ${item.id}: there is nothing to take back`);
  }
  const entry: Entry = {
    item: item.id,
    by,
    at: clock.now().toISOString(),
    revoked,
    choice,
    note: options.value('note'),
    definition: item.digest,
    evidence,
  };
  const what = revoked ? 'takes back the sign-off of' : choice === null ? 'signs' : `decides "${choice}" for`;
  const question = `${by} ${what} ${item.id}: ${item.title}${evidence === null ? '' : ` (evidence ${evidence.file})`}`;
  if (!(await confirm(question, options.has('yes'), world))) return 1;
  const path = resolve(world.workingDirectory, config.signOffsFile);
  await appendText(path, entryText(entry));
  const read = await readSignOffs(config.signOffsFile, makeLoadPorts({ ...world, runId: 'sign' }));
  if (read.findings.length > 0) {
    throw new UsageError(
      `${config.signOffsFile} cannot be read any more`,
      'gonogo validate tells what is wrong with it',
    );
  }
  return print(world, `${revoked ? 'taken back' : 'signed'}: ${item.id} by ${by}, in ${config.signOffsFile}\n`);
};
