import { TYPES, type RecordType } from './types.ts';
import { canonicalIpv6, canonicalName, canonicalRecord } from './canonical.ts';

/** What is asked: a name in its canonical form, and a type. */
export type Query = { readonly name: string; readonly type: RecordType };

const nibbles = (address: string): string => {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = groups(tail ?? '');
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join('');
};

/** The name under which DNS keeps the name of an address (RFC 1035, 3.5; RFC 3596, 2.5); null for what is no address. */
export const reverseName = (text: string): string | null => {
  const four = canonicalRecord('A', text);
  if (four !== null) return `${four.split('.').toReversed().join('.')}.in-addr.arpa`;
  const six = canonicalIpv6(text);
  return six === null ? null : `${[...nibbles(six)].toReversed().join('.')}.ip6.arpa`;
};

/** The query of a spec; null when its name is none. With PTR an address stands for its reverse name. */
export const readQuery = (spec: { readonly name: string; readonly type?: RecordType }): Query | null => {
  const type = spec.type ?? 'A';
  const name = (type === 'PTR' ? reverseName(spec.name) : null) ?? canonicalName(spec.name);
  return name === null ? null : { name, type };
};

/** The labels of a canonical name. */
export const labelsOf = (name: string): readonly string[] => (name === '.' ? [] : name.split('.'));

/** The number that stands for the type of a query. */
export const typeNumber = ({ type }: Query): number => TYPES[type];
