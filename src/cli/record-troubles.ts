import { dirname, join, resolve } from 'node:path';
import { recordMarkdown } from '../decision/markdown.ts';
import { digestOf, judgementOf, signedText, type DecisionRecord } from '../decision/record.ts';
import { judgeRun } from '../judge/judge-run.ts';
import { underOverlay, type Overlay } from '../judge/overlay.ts';
import { relaxations } from '../judge/relaxed.ts';
import { UsageError } from '../model/fault.ts';
import type { RecordedPlan } from '../plan/plan.ts';
import { hashFile, readText } from '../shell/files.ts';
import { boundFiles } from './run-files.ts';
import { readSavedRun } from './saved-run.ts';
import type { World } from './world.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const JOURNAL = 'journal.jsonl';

/** Everything that does not fit, one sentence each. */
export type Troubles = readonly string[];

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

/** What people signed on, which lies beside their sign-offs and not in the run. */
const attestedTroubles = async ({ attested, signOffs }: DecisionRecord, recordFolder: string): Promise<Troubles> => {
  if (signOffs === null) return [];
  const signed = attested.flatMap(({ id, signOffs: all }) =>
    all.flatMap(({ by, state, evidence }) => (state !== 'good' || evidence === null ? [] : [{ id, by, ...evidence }])),
  );
  const troubles: string[] = [];
  for (const { id, by, file, sha256 } of signed) {
    const now = await hashFile(join(recordFolder, signOffs, file));
    const said = `${file}, on which ${by} signed ${id},`;
    if (now === null) troubles.push(`${said} is not there any more`);
    else if (now !== sha256) troubles.push(`${said} was changed`);
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
  if (judged.under !== null && !isOfTheFile(judged.under, saved.plan)) {
    return ['its gates or waivers are not those of the configuration that it names'];
  }
  const run = judgeRun(judged.under === null ? saved : underOverlay(saved, judged.under), new Date(judged.at));
  const gate = run.gates.find(({ id }) => id === its.id);
  if (gate === undefined) return [`the run has no gate ${its.id}`];
  const relaxed = relaxations(its.id, saved.plan.gates, judged.under?.gates ?? saved.plan.gates);
  const again = judgementOf(run, gate, relaxed);
  const parts = (
    ['gate', 'criteria', 'attested', 'run', 'verdict', 'validUntil', 'reasons', 'relaxed', 'needs'] as const
  ).filter((part) => digestOf({ part: again[part] }) !== digestOf({ part: record[part] }));
  if (parts.length === 0) return [];
  const said = `judging the run again gives ${gate.verdict} for ${its.id}, and other ${parts.join(', ')} than the record says`;
  const other = judged.tool.version === world.tool.version ? '' : `; it was judged by version ${judged.tool.version}`;
  return [`${said}${other}`];
};

/** The same configuration has the same gates and waivers; only sign-offs come from elsewhere. */
const isOfTheFile = (under: Overlay, then: RecordedPlan): boolean => {
  if (under.configDigest !== then.configDigest) return true;
  const gates = new Set(under.gates.map((gate) => digestOf(gate)));
  return (
    then.gates.every((gate) => gates.has(digestOf(gate))) &&
    digestOf({ all: under.waivers }) === digestOf({ all: then.waivers })
  );
};

const markdownTroubles = async (record: DecisionRecord, path: string): Promise<Troubles> => {
  const markdown = await readText(path, MOST_BYTES);
  if (!markdown.ok) return markdown.reason === 'does not exist' ? [] : [`the Markdown beside it ${markdown.reason}`];
  return markdown.text === recordMarkdown(record) ? [] : ['the Markdown beside it says something else than the record'];
};

const signatureTroubles = async (
  record: DecisionRecord,
  allowedSigners: string,
  { environment, workingDirectory }: World,
): Promise<Troubles> => {
  const { signature, decided } = record;
  if (signature === null) return [`it is not signed with a key of ${decided.by}`];
  const { verifySignature } = await import('../shell/ssh-signature.ts');
  const given = { text: signedText(record), signature, by: decided.by };
  const file = resolve(workingDirectory, allowedSigners);
  const trouble = await verifySignature({ ...given, allowedSigners: file }, environment);
  return trouble === null ? [] : [`the signature of ${decided.by} does not hold: ${trouble}`];
};

/** What a record is held against, besides the run that it names. */
export type Against = {
  /** Absolute path of the record; its Markdown lies beside it. */
  readonly path: string;
  /** Absolute path of the run. */
  readonly folder: string;
  /** A digest that was noted elsewhere; null for none. */
  readonly digest: string | null;
  /** A file of SSH keys; null for none. */
  readonly allowedSigners: string | null;
};

/** All that does not fit in a decision record, and between it and what it rests on; none when it holds. */
export const recordTroubles = async (record: DecisionRecord, against: Against, world: World): Promise<Troubles> => {
  const { path, folder, digest, allowedSigners } = against;
  const evidence = await evidenceTroubles(record, folder);
  return [
    ...digestTroubles(record, digest),
    ...(allowedSigners === null ? [] : await signatureTroubles(record, allowedSigners, world)),
    ...evidence,
    ...(await attestedTroubles(record, dirname(path))),
    ...(evidence.length > 0 ? [] : judgementTroubles(record, folder, world)),
    ...(path.endsWith('.json') ? await markdownTroubles(record, path.replace(/\.json$/, '.md')) : []),
  ];
};
