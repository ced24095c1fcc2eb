import { dirname, join, resolve } from 'node:path';
import { recordMarkdown } from '../../decision/markdown.ts';
import { readRecord } from '../../decision/read-record.ts';
import { digestOf, judgementOf, signedText, type DecisionRecord } from '../../decision/record.ts';
import { judgeRun } from '../../judge/judge-run.ts';
import { underOverlay } from '../../judge/overlay.ts';
import { UsageError } from '../../model/fault.ts';
import { hashFile, readText } from '../../shell/files.ts';
import { forTerminal } from '../../report/encode/terminal.ts';
import type { Execute } from '../command.ts';
import type { ParsedOptions } from '../parse.ts';
import { print } from '../print.ts';
import { boundFiles } from '../run-files.ts';
import { readSavedRun } from '../saved-run.ts';
import type { World } from '../world.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const JOURNAL = 'journal.jsonl';

/** Everything that does not fit, one sentence each. */
type Troubles = readonly string[];

const readRecordAt = async (path: string, name: string): Promise<DecisionRecord> => {
  const read = await readText(path, MOST_BYTES);
  if (!read.ok) throw new UsageError(`the record "${name}" ${read.reason}`);
  const record = readRecord(read.text);
  if (typeof record === 'string') throw new UsageError(`"${name}" cannot be verified: ${record}`);
  return record;
};

const digestTroubles = (record: DecisionRecord, expected: string | null): Troubles => {
  const digest = digestOf(record);
  return [
    ...(digest === record.digest ? [] : [`the record was changed: its digest is ${digest}, not ${record.digest}`]),
    ...(expected === null || expected.toLowerCase() === digest
      ? []
      : [`it is not the record that was expected: its digest is ${digest}, not ${expected}`]),
  ];
};

const evidenceTroubles = async ({ evidence }: DecisionRecord, folder: string): Promise<Troubles> => {
  const troubles: string[] = [];
  const known = new Set(evidence.map((bound) => bound.path));
  if (!known.has(JOURNAL)) troubles.push('it binds no journal, so nothing shows where its verdict comes from');
  for (const { path, sha256 } of evidence) {
    const now = await hashFile(join(folder, path));
    if (now === null) troubles.push(`${path} of the run is not there any more`);
    else if (now !== sha256) troubles.push(`${path} of the run was changed`);
  }
  try {
    const added = (await boundFiles(folder)).filter(({ path }) => !known.has(path));
    troubles.push(...added.map(({ path }) => `${path} of the run was added later`));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    troubles.push(error.message);
  }
  return troubles;
};

/** Judges the run again as it was judged then: a verdict that does not follow from the journal was written by hand. */
const judgementTroubles = (record: DecisionRecord, folder: string, world: World): Troubles => {
  try {
    return differences(record, folder, world);
  } catch (error) {
    return [`the run cannot be judged again: ${error instanceof Error ? error.message : String(error)}`];
  }
};

const differences = (record: DecisionRecord, folder: string, world: World): Troubles => {
  const { judged, gate: its } = record;
  const saved = readSavedRun(folder, world);
  const run = judgeRun(judged.under === null ? saved : underOverlay(saved, judged.under), new Date(judged.at));
  const gate = run.gates.find(({ id }) => id === its.id);
  if (gate === undefined) return [`the run has no gate ${its.id}`];
  const again = judgementOf(run, gate);
  const parts = (['gate', 'criteria', 'attested', 'run', 'verdict', 'validUntil', 'reasons'] as const).filter(
    (part) => digestOf({ part: again[part] }) !== digestOf({ part: record[part] }),
  );
  if (parts.length === 0) return [];
  const said = `judging the run again gives ${gate.verdict} for ${its.id}, and other ${parts.join(', ')} than the record says`;
  const other = judged.tool.version === world.tool.version ? '' : `; it was judged by version ${judged.tool.version}`;
  return [`${said}${other}`];
};

const markdownTroubles = async (record: DecisionRecord, path: string): Promise<Troubles> => {
  const markdown = await readText(path, MOST_BYTES);
  if (!markdown.ok) return markdown.reason === 'does not exist' ? [] : [`the Markdown beside it ${markdown.reason}`];
  return markdown.text === recordMarkdown(record) ? [] : ['the Markdown beside it says something else than the record'];
};

const signatureTroubles = async (record: DecisionRecord, options: ParsedOptions, world: World): Promise<Troubles> => {
  const name = options.value('allowed-signers');
  if (name === null) return [];
  if (record.signature === null) return [`it is not signed with a key of ${record.decided.by}`];
  const { verifySignature } = await import('../../shell/ssh-signature.ts');
  const allowedSigners = resolve(world.workingDirectory, name);
  const { signature, decided } = record;
  const given = { text: signedText(record), signature, by: decided.by, allowedSigners };
  const trouble = await verifySignature(given, world.environment);
  return trouble === null ? [] : [`the signature of ${decided.by} does not hold: ${trouble}`];
};

const signedBy = ({ signature, decided }: DecisionRecord, options: ParsedOptions): string => {
  if (signature === null) return '';
  return options.has('allowed-signers')
    ? `Signed with a key of ${decided.by}\n`
    : 'It is signed; --allowed-signers FILE looks at the signature\n';
};

/**
 * `gonogo verify RECORD`: whether a decision record and everything that it rests on is as it was, and its verdict is what
 * the run gives. Exits 1 when not. It does not say what was decided: an unchanged NO-GO holds.
 */
export const execute: Execute = async (options, world) => {
  const name = (options.words[0] ?? '').replace(/\.md$/, '.json');
  const path = resolve(world.workingDirectory, name);
  const record = await readRecordAt(path, name);
  const folder = resolve(dirname(path), record.folder);
  const evidence = await evidenceTroubles(record, folder);
  const troubles = [
    ...digestTroubles(record, options.value('digest')),
    ...(await signatureTroubles(record, options, world)),
    ...evidence,
    ...(evidence.length > 0 ? [] : judgementTroubles(record, folder, world)),
    ...(path.endsWith('.json') ? await markdownTroubles(record, path.replace(/\.json$/, '.md')) : []),
  ];
  const { decided, gate } = record;
  const head = `${decided.decision.toUpperCase()} by ${decided.by} at ${decided.at} for ${gate.id} (${gate.verdict})`;
  const files = `${record.evidence.length} file${record.evidence.length === 1 ? '' : 's'} of the run`;
  const lines =
    troubles.length === 0
      ? [`holds: ${head}`, `The record and ${files} are as they were, and the verdict follows; digest ${record.digest}`]
      : [`DOES NOT HOLD: ${head}`, ...troubles.map((one) => `  - ${one}`)];
  const text = lines.map((line) => `${forTerminal(line, true)}\n`).join('');
  const code = await print(world, `${text}${troubles.length === 0 ? signedBy(record, options) : ''}`);
  return troubles.length > 0 ? 1 : code;
};
