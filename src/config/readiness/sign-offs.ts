import { posix } from 'node:path';
import type { Json } from '../../model/json.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import type { LoadPorts } from '../ports.ts';
import type { SourceFile } from '../source-file.ts';
import { makeSourceFile } from '../source-file.ts';
import { signedText } from './signed-text.ts';
import { readEntry, type WrittenSignOff } from './sign-off-entry.ts';

/** One entry of the sign-off file, with what is known of it now. */
export type SignOff = Omit<WrittenSignOff, 'evidence' | 'signature'> & {
  /** Whether the item is still defined so. */
  readonly sameItem: boolean;
  readonly evidence:
    (NonNullable<WrittenSignOff['evidence']> & { readonly state: 'same' | 'changed' | 'missing' }) | null;
  /** What the signature on the entry is worth; null where none is asked for. */
  readonly signature: { readonly state: 'good' | 'bad' | 'absent'; readonly message: string } | null;
};

export type SignOffsRead = {
  readonly signOffs: readonly SignOff[];
  readonly file: SourceFile | null;
  readonly findings: readonly Finding[];
};

/** Where sign-offs lie unless `sign-offs:` says otherwise, beside the file that is started from. */
export const SIGN_OFFS = 'signoffs.yaml';

/** Entries as they are written, oldest first; an entry that cannot be read is a finding, never left out. */
export const parseSignOffs = (
  path: string,
  text: string,
): {
  readonly file: SourceFile;
  readonly written: readonly WrittenSignOff[];
  readonly findings: readonly Finding[];
} => {
  const file = makeSourceFile(path, text);
  const none = { file, written: [] };
  if (isBlank(text)) return { ...none, findings: [] };
  if (file.faults.length > 0) {
    const findings = file.faults.map(({ message, hint, ...span }) =>
      findingAt(file, [], 'value', message, { hint, span }),
    );
    return { ...none, findings };
  }
  if (!Array.isArray(file.value)) {
    return { ...none, findings: [findingAt(file, [], 'value', 'sign-offs are a list of entries')] };
  }
  const entries = file.value.map((entry: Json, at) => readEntry(entry, at, file));
  return {
    file,
    written: entries.flatMap(({ signOff }) => signOff ?? []),
    findings: entries.flatMap(({ findings }) => findings),
  };
};

const isBlank = (text: string): boolean => text.split('\n').every((line) => /^(#|$)/.test(line.trim()));

/**
 * Reads the sign-off file; one that does not exist holds none. With a file of allowed signers, every entry has to be
 * signed by the key of who it names.
 */
export const readSignOffs = async (
  path: string,
  ports: LoadPorts,
  allowedSigners: string | null = null,
): Promise<SignOffsRead> => {
  const read = await ports.readText(path);
  if (!read.ok && read.reason === 'does not exist') return { signOffs: [], file: null, findings: [] };
  if (!read.ok) {
    const file = makeSourceFile(path, '');
    return { signOffs: [], file, findings: [findingAt(file, [], 'value', `it ${read.reason}`)] };
  }
  const { file, written, findings } = parseSignOffs(path, read.text);
  const folder = posix.dirname(path);
  const signOffs = await Promise.all(
    written.map(async (one): Promise<SignOff> => ({
      ...one,
      sameItem: false,
      evidence: await comparedEvidence(one.evidence, folder, ports),
      signature: allowedSigners === null ? null : await checkedSignature(one, allowedSigners, ports),
    })),
  );
  return { signOffs, file, findings };
};

/** Compares the evidence with what the file holds now. */
const comparedEvidence = async (
  evidence: WrittenSignOff['evidence'],
  folder: string,
  ports: LoadPorts,
): Promise<SignOff['evidence']> => {
  if (evidence === null) return null;
  const hash = await ports.hashFile(posix.join(folder, evidence.file));
  return { ...evidence, state: hash === null ? 'missing' : hash === evidence.sha256 ? 'same' : 'changed' };
};

const checkedSignature = async (
  written: WrittenSignOff,
  allowedSigners: string,
  ports: LoadPorts,
): Promise<SignOff['signature']> => {
  const { signature, by } = written;
  if (signature === null) return { state: 'absent', message: 'it is not signed with a key' };
  const trouble = await ports.verifySignature({ text: signedText(written), signature, by, allowedSigners });
  return trouble === null ? { state: 'good', message: '' } : { state: 'bad', message: trouble };
};
