import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Config } from '../../config/config.ts';
import type { ManualItem } from '../../config/readiness/manual.ts';
import { isEmptyEvidence } from '../../config/readiness/no-evidence.ts';
import { isSamePerson, nameTrouble } from '../../config/readiness/person.ts';
import type { WrittenSignOff } from '../../config/readiness/sign-off-entry.ts';
import { parseSignOffs } from '../../config/readiness/sign-offs.ts';
import { canonical, signedText } from '../../config/readiness/signed-text.ts';
import { UsageError } from '../../model/fault.ts';
import { closest } from '../../model/suggest.ts';
import { clock } from '../../shell/clock.ts';
import { hashFile } from '../../shell/files.ts';
import { appendChecked } from '../append-checked.ts';
import type { Execute } from '../command.ts';
import { confirm } from '../confirm.ts';
import { loadProject } from '../load-project.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';
import { entryText } from '../sign-off-entry.ts';
import { keySignature } from '../key-signature.ts';
import type { World } from '../world.ts';

const itemNamed = (id: string, items: readonly ManualItem[]): ManualItem => {
  const item = items.find((one) => one.id === id);
  if (item !== undefined) return item;
  const ids = items.map((one) => one.id);
  const near = closest(id, ids);
  const known = ids.length === 0 ? 'the file has no manual items' : `the manual items are ${ids.join(', ')}`;
  throw new UsageError(`there is no manual item "${id}"`, near === null ? known : `did you mean "${near}"?`);
};

/** Who signs, refused where it could not count. */
const signerOf = ({ id, quorum, decision }: ManualItem, options: ParsedOptions): string => {
  const by = options.value('by')?.trim() ?? '';
  if (by === '') throw new UsageError(`gonogo sign ${id} needs to know who signs`, `gonogo sign ${id} --by NAME`);
  const trouble = nameTrouble(by);
  if (trouble !== null) throw new UsageError(`--by: ${trouble}`);
  for (const names of [quorum?.of ?? [], decision?.authority ?? []]) {
    if (names.length === 0 || names.includes(by)) continue;
    throw new UsageError(`"${by}" may not sign ${id}`, `it is for ${names.join(', ')}`);
  }
  return by;
};

/** What is chosen: an option for a decision, nothing for a sign-off and for taking back. */
const choiceOf = ({ id, decision }: ManualItem, options: ParsedOptions): string | null => {
  const choice = options.value('choose');
  if (options.has('revoke')) {
    if (choice === null) return null;
    throw new UsageError('--revoke takes back what was chosen: there is nothing to choose');
  }
  if (decision === null) {
    if (choice === null) return null;
    throw new UsageError(`${id} is no decision: there is nothing to choose`);
  }
  const list = decision.options.join(', ');
  if (choice === null) throw new UsageError(`${id} is a decision between ${list}`, 'add --choose with one of them');
  if (decision.options.includes(choice)) return choice;
  throw new UsageError(`${id} has no option "${choice}"`, `its options are ${list}`);
};

/** The evidence with its hash, its path as the sign-off file has it. */
const evidenceOf = async (
  item: ManualItem,
  file: string,
  options: ParsedOptions,
  world: World,
): Promise<WrittenSignOff['evidence']> => {
  const name = options.value('evidence');
  if (name === null) {
    if (!item.needsEvidence || options.has('revoke')) return null;
    throw new UsageError(`${item.id} asks for evidence`, 'add --evidence FILE');
  }
  const path = resolve(world.workingDirectory, name);
  const signOffs = resolve(world.workingDirectory, file);
  if (path === signOffs) throw new UsageError(`${file} changes with each sign-off and cannot be the evidence of one`);
  const sha256 = await hashFile(path);
  if (sha256 === null) throw new UsageError(`the evidence "${name}" cannot be read`, 'name a regular file');
  if (isEmptyEvidence(sha256)) throw new UsageError(`the evidence "${name}" is empty: it shows nothing`);
  const inside = relative(dirname(signOffs), path);
  if (isAbsolute(inside)) throw new UsageError(`the evidence "${name}" lies on another drive than ${file}`);
  return { file: inside.split(sep).join('/'), sha256 };
};

/** What would be wrong with the whole file; null when the entry stands in it at the end, as it was meant. */
const troubleWith =
  (file: string, entry: WrittenSignOff) =>
  (whole: string): string | null => {
    const { written, findings } = parseSignOffs(file, whole);
    const [finding] = findings;
    if (finding !== undefined) return finding.message;
    const last = written.at(-1);
    return last !== undefined && canonical(last) === canonical(entry) ? null : 'the entry would be read as another one';
  };

const questionOf = ({ by, revoked, choice, evidence }: WrittenSignOff, { id, title }: ManualItem): string => {
  const what = revoked ? 'takes back the sign-off of' : choice === null ? 'signs' : `decides "${choice}" for`;
  return `${by} ${what} ${id}: ${title}${evidence === null ? '' : ` (evidence ${evidence.file})`}`;
};

/** The entry, signed with the key that was named; refused where the file asks for a key and there is none. */
const withSignature = async (
  entry: WrittenSignOff,
  { allowedSigners }: Config,
  options: ParsedOptions,
  world: World,
): Promise<WrittenSignOff> => {
  const key = options.value('key');
  if (key === null && allowedSigners !== null && !entry.revoked) {
    throw new UsageError('only sign-offs that are signed with a key count here', 'add --key with your SSH key');
  }
  const signature = await keySignature({ key, text: signedText(entry), by: entry.by, allowedSigners }, world);
  return { ...entry, signature };
};

/** `gonogo sign ITEM`: appends a sign-off to the file of sign-offs, after asking; nothing in it is ever changed. */
export const execute: Execute = async (options, world) => {
  const { config } = await loadProject(options, world, 'sign');
  const item = itemNamed(options.words[0] ?? '', config.manual);
  const by = signerOf(item, options);
  const revoked = options.has('revoke');
  const choice = choiceOf(item, options);
  const evidence = await evidenceOf(item, config.signOffsFile, options, world);
  if (revoked && !item.signOffs.some((one) => isSamePerson(one.by, by) && !one.revoked)) {
    throw new UsageError(`"${by}" has not signed ${item.id}: there is nothing to take back`);
  }
  const at = clock.now().toISOString();
  const note = options.value('note');
  const unsigned = { item: item.id, by, at, revoked, choice, note, definition: item.digest, evidence, signature: null };
  const refused = await confirm(questionOf(unsigned, item), options.has('yes'), world);
  if (refused !== null) return refused;
  const entry = await withSignature(unsigned, config, options, world);
  const name = config.signOffsFile;
  const path = resolve(world.workingDirectory, name);
  await appendChecked({ path, name }, () => entryText(entry), troubleWith(name, entry));
  return print(world, `${revoked ? 'taken back' : 'signed'}: ${item.id} by ${by}, in ${name}\n`);
};
