import { parseInstant } from '../../matchers/instant.ts';
import type { Json } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { closest } from '../../model/suggest.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import type { SourceFile } from '../source-file.ts';
import { nameTrouble } from './person.ts';

/** An entry of the sign-off file as it is written. */
export type WrittenSignOff = {
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
  /** The path starts at the folder of the sign-off file. */
  readonly evidence: { readonly file: string; readonly sha256: string } | null;
  /** An SSH signature over the rest, without its armour; null when there is none. */
  readonly signature: string | null;
};

/** The keys of an entry, in the order in which they are written. */
const KEYS = ['item', 'by', 'at', 'revoked', 'choice', 'note', 'definition', 'evidence', 'signature'] as const;
const EVIDENCE_KEYS = ['file', 'sha256'] as const;

const SHA256 = /^[0-9a-f]{64}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T/;

export type EntryRead = { readonly signOff: WrittenSignOff | null; readonly findings: readonly Finding[] };

/** Reads one entry. Nothing in it is taken for something else: `revoked: yes` is refused, and is no sign-off. */
export const readEntry = (entry: Json, at: number, file: SourceFile): EntryRead => {
  const findings: Finding[] = [];
  const refuse = (path: readonly string[], message: string, hint: string | null = null): void => {
    findings.push(findingAt(file, [at, ...path], 'value', message, { hint }));
  };
  if (!isJsonObject(entry)) {
    refuse([], 'an entry is a mapping');
    return { signOff: null, findings };
  }
  const unknownKeys = (value: Json, known: readonly string[], path: readonly string[]): void => {
    for (const key of isJsonObject(value) ? Object.keys(value) : []) {
      if (known.includes(key)) continue;
      const near = closest(key, known);
      const hint = near === null ? null : `did you mean "${near}"?`;
      findings.push(findingAt(file, [at, ...path, key], 'key', `unknown key "${key}"`, { hint }));
    }
  };
  const textAt = (key: string): string | null => {
    const value = entry[key];
    if (value === undefined) return null;
    if (typeof value === 'string' && value !== '') return value;
    refuse([key], `${key} is a text that is not empty`);
    return null;
  };
  const needed = (key: string): string => {
    if (entry[key] === undefined) refuse([], `the entry has no ${key}`);
    return textAt(key) ?? '';
  };
  unknownKeys(entry, KEYS, []);
  const [item, by, time, definition] = [needed('item'), needed('by'), needed('at'), needed('definition')];
  const trouble = by === '' ? null : nameTrouble(by);
  if (trouble !== null) refuse(['by'], trouble);
  if (time !== '' && (!TIME.test(time) || parseInstant(time) === null)) {
    refuse(['at'], `there is no such time as "${time}"`, 'for example 2026-12-01T09:30:00Z');
  }
  if (definition !== '' && !SHA256.test(definition)) refuse(['definition'], 'definition is a SHA-256');
  const revoked = entry['revoked'] === undefined ? false : entry['revoked'];
  if (typeof revoked !== 'boolean') refuse(['revoked'], 'revoked is true or is left out');
  const evidence = entry['evidence'] === undefined ? null : readEvidence(entry['evidence']);
  if (evidence === 'wrong') refuse(['evidence'], 'evidence is a file, by its path from here, and its sha256');
  unknownKeys(entry['evidence'] ?? null, EVIDENCE_KEYS, ['evidence']);
  const [choice, note, signature] = [textAt('choice'), textAt('note'), textAt('signature')];
  if (findings.length > 0 || evidence === 'wrong') return { signOff: null, findings };
  const signOff = { item, by, at: time, revoked: revoked === true, choice, note, definition, evidence, signature };
  return { signOff, findings };
};

const readEvidence = (value: Json): WrittenSignOff['evidence'] | 'wrong' => {
  if (!isJsonObject(value)) return 'wrong';
  const { file, sha256 } = value;
  const good = typeof file === 'string' && typeof sha256 === 'string' && isPathFromHere(file) && SHA256.test(sha256);
  return good ? { file, sha256 } : 'wrong';
};

/** Others have the file at the same place only when its path starts here. */
const isPathFromHere = (path: string): boolean => path !== '' && !/^\/|^[a-z]:|^\\|\p{Cc}/iu.test(path);
