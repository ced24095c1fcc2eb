import type { Json } from '../../model/json.ts';
import type { Declaration } from '../declarations.ts';
import type { Finding } from '../finding.ts';
import { findingAt } from '../finding.ts';
import { textAt, textsAt } from '../written.ts';
import { nameTrouble, personKey } from './person.ts';

/** How many of whom must sign. */
export type Quorum = { readonly least: number; readonly of: readonly string[] };

const QUORUM = /^\s*(\d{1,3})\s+of\s+\[([^\]]*)\]\s*$/;

/** `2 of [ada, grace, alan]`. */
export const readQuorum = ({ file, path }: Declaration, value: Json) => {
  const text = textAt(value, ['quorum']);
  if (text === null) return { quorum: null, findings: [] };
  const refuse = (message: string) => ({
    quorum: null,
    findings: [findingAt(file, [...path, 'quorum'], 'value', message, { hint: 'for example 2 of [ada, grace, alan]' })],
  });
  const [, least, list] = QUORUM.exec(text) ?? [];
  if (least === undefined || list === undefined) return refuse(`"${text}" is no quorum`);
  const of = list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const trouble = namesTrouble(of);
  if (trouble !== null) return refuse(trouble);
  const number = Number(least);
  if (number < 1 || number > of.length) return refuse(`${number} of ${of.length} cannot be met`);
  return { quorum: { least: number, of }, findings: [] };
};

/** What is wrong with the names of those who may sign: nobody may count twice. Null when nothing is. */
const namesTrouble = (names: readonly string[]): string | null => {
  const first = new Map<string, string>();
  for (const name of names) {
    const trouble = nameTrouble(name);
    if (trouble !== null) return trouble;
    const other = first.get(personKey(name));
    if (other === name) return `"${name}" is there twice`;
    if (other !== undefined) return `"${other}" and "${name}" may be the same person`;
    first.set(personKey(name), name);
  }
  return null;
};

/** Who may decide, held against the quorum: both have to be met. */
export const authorityFindings = (
  { file, path }: Declaration,
  value: Json,
  quorum: Quorum | null,
): readonly Finding[] => {
  const authority = textsAt(value, ['decision', 'authority']).map(({ text }) => text);
  const trouble = namesTrouble(authority);
  const at = [...path, 'decision', 'authority'];
  if (trouble !== null) return [findingAt(file, at, 'value', trouble)];
  if (quorum === null || authority.length === 0) return [];
  const both = quorum.of.filter((name) => authority.includes(name));
  if (both.length >= quorum.least) return [];
  const message = `the quorum asks for ${quorum.least}, and ${both.length} of those who may decide are in it`;
  return [findingAt(file, [...path, 'quorum'], 'value', message)];
};
