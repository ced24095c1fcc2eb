import { dirname, resolve } from 'node:path';
import { readRecord } from '../../decision/read-record.ts';
import type { DecisionRecord } from '../../decision/record.ts';
import { UsageError } from '../../model/fault.ts';
import { forTerminal } from '../../report/encode/terminal.ts';
import { readText } from '../../shell/files.ts';
import type { Execute } from '../command.ts';
import { print } from '../print.ts';
import { recordTroubles } from '../record-troubles.ts';

const MOST_BYTES = 64 * 1024 * 1024;

const readRecordAt = async (path: string, name: string): Promise<DecisionRecord> => {
  const read = await readText(path, MOST_BYTES);
  if (!read.ok) throw new UsageError(`the record "${name}" ${read.reason}`);
  const record = readRecord(read.text);
  if (typeof record === 'string') throw new UsageError(`"${name}" cannot be verified: ${record}`);
  return record;
};

/** What else is to be known of a record that holds. */
const signedBy = ({ signature, decided }: DecisionRecord, checked: boolean): readonly string[] => {
  if (signature === null) return [];
  return [
    checked ? `Signed with a key of ${decided.by}` : 'It is signed; --allowed-signers FILE looks at the signature',
  ];
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
  const allowedSigners = options.value('allowed-signers');
  const troubles = await recordTroubles(
    record,
    { path, folder, digest: options.value('digest'), allowedSigners },
    world,
  );
  const { decided, gate, digest, evidence } = record;
  const head = `${decided.decision.toUpperCase()} by ${decided.by} at ${decided.at} for ${gate.id} (${gate.verdict})`;
  const files = `${evidence.length} file${evidence.length === 1 ? '' : 's'} of the run`;
  const lines =
    troubles.length === 0
      ? [
          `holds: ${head}`,
          `The record and ${files} are as they were, and the verdict follows; digest ${digest}`,
          ...signedBy(record, allowedSigners !== null),
        ]
      : [`DOES NOT HOLD: ${head}`, ...troubles.map((one) => `  - ${one}`)];
  const code = await print(world, lines.map((line) => `${forTerminal(line, true)}\n`).join(''));
  return troubles.length > 0 ? 1 : code;
};
