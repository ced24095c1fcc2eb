import { posix } from 'node:path';
import { parseInstant } from '../../matchers/instant.ts';
import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { closest } from '../../model/suggest.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import type { LoadPorts } from '../ports.ts';
import type { SourceFile } from '../source-file.ts';
import { makeSourceFile } from '../source-file.ts';
import { textAt } from '../written.ts';

/** One entry of the sign-off file, with what is known of it now. */
export type SignOff = {
  readonly item: string;
  readonly by: string;
  /** ISO time. */
  readonly at: string;
  /** True takes back what the same person signed before. */
  readonly revoked: boolean;
  /** The option that was chosen; null for a plain sign-off. */
  readonly choice: string | null;
  readonly note: string | null;
  /** Digest of the item's definition at that time. */
  readonly definition: string;
  /** Whether the item is still defined so. */
  readonly sameItem: boolean;
  readonly evidence: {
    readonly file: string;
    readonly sha256: string;
    readonly state: 'same' | 'changed' | 'missing';
  } | null;
  /** Whether the signature on the entry is good; null when there is none. */
  readonly signature: { readonly good: boolean; readonly message: string } | null;
};

export type SignOffsRead = {
  readonly signOffs: readonly SignOff[];
  readonly file: SourceFile | null;
  readonly findings: readonly Finding[];
};

/** Where sign-offs lie unless `sign-offs:` says otherwise, beside the file that is started from. */
export const SIGN_OFFS = 'signoffs.yaml';

/** The keys of an entry, in the order in which they are written. */
export const ENTRY_KEYS = [
  'item',
  'by',
  'at',
  'revoked',
  'choice',
  'note',
  'definition',
  'evidence',
  'signature',
] as const;

/** Reads the sign-off file; one that does not exist holds none. An entry that cannot be read is an error, never left out. */
export const readSignOffs = async (path: string, ports: LoadPorts): Promise<SignOffsRead> => {
  const read = await ports.readText(path);
  if (!read.ok && read.reason === 'does not exist') return { signOffs: [], file: null, findings: [] };
  const file = makeSourceFile(path, read.ok ? read.text : '');
  if (!read.ok) return { signOffs: [], file, findings: [findingAt(file, [], 'value', `it ${read.reason}`)] };
  const faults = file.faults.map(({ message, hint, ...span }) => findingAt(file, [], 'value', message, { hint, span }));
  if (faults.length > 0) return { signOffs: [], file, findings: faults };
  if (file.value === null) return { signOffs: [], file, findings: [] };
  if (!Array.isArray(file.value)) {
    return { signOffs: [], file, findings: [findingAt(file, [], 'value', 'sign-offs are a list of entries')] };
  }
  const entries = file.value.map((entry: Json, at) => readEntry(entry, at, file));
  const good = entries.flatMap(({ signOff }) => signOff ?? []);
  const signOffs = await Promise.all(good.map((one) => withEvidence(one, posix.dirname(path), ports)));
  return { signOffs, file, findings: entries.flatMap(({ findings }) => findings) };
};

type EntryRead = { readonly signOff: SignOff | null; readonly findings: readonly Finding[] };

const readEntry = (entry: Json, at: number, file: SourceFile): EntryRead => {
  const refuse = (path: readonly (string | number)[], message: string, hint: string | null = null): Finding =>
    findingAt(file, [at, ...path], path.length === 0 ? 'value' : 'value', message, { hint });
  if (!isJsonObject(entry)) return { signOff: null, findings: [refuse([], 'an entry is a mapping')] };
  const findings: Finding[] = [];
  for (const key of Object.keys(entry).filter((one) => !ENTRY_KEYS.some((known) => known === one))) {
    const near = closest(key, ENTRY_KEYS);
    findings.push(refuse([key], `unknown key "${key}"`, near === null ? null : `did you mean "${near}"?`));
  }
  const text = (key: string): string => {
    const value = textAt(entry, [key]);
    if (value !== null && value !== '') return value;
    findings.push(refuse([key], `the entry needs ${key} as a text`));
    return '';
  };
  const [item, by, time, definition] = [text('item'), text('by'), text('at'), text('definition')];
  if (time !== '' && (parseInstant(time) === null || !time.includes('T'))) {
    findings.push(refuse(['at'], `there is no such time as "${time}"`));
  }
  const evidence = entry['evidence'];
  const hash = textAt(entry, ['evidence', 'sha256']);
  const path = textAt(entry, ['evidence', 'file']);
  if (evidence !== undefined && (path === null || hash === null || !/^[0-9a-f]{64}$/.test(hash))) {
    findings.push(refuse(['evidence'], 'evidence is a file and its sha256'));
  }
  if (findings.length > 0) return { signOff: null, findings };
  const signOff: SignOff = {
    item,
    by,
    at: time,
    revoked: entry['revoked'] === true,
    choice: textAt(entry, ['choice']),
    note: textAt(entry, ['note']),
    definition,
    sameItem: false,
    evidence: path === null || hash === null ? null : { file: path, sha256: hash, state: 'missing' },
    signature: null,
  };
  return { signOff, findings: [] };
};

/** Compares the evidence with what the file holds now. */
const withEvidence = async (signOff: SignOff, folder: string, ports: LoadPorts): Promise<SignOff> => {
  const { evidence } = signOff;
  if (evidence === null) return signOff;
  const hash = await ports.hashFile(posix.join(folder, evidence.file));
  const state = hash === null ? 'missing' : hash === evidence.sha256 ? 'same' : 'changed';
  return { ...signOff, evidence: { ...evidence, state } };
};
