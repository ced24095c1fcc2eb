import { canonicalRecord } from './canonical.ts';
import type { Spec } from './schema.ts';
import type { RecordType } from './types.ts';

/** How a set of records differs from what a check expects. */
export type Difference = { readonly missing: readonly string[]; readonly unexpected: readonly string[] };

/** The records that an expectation names, and how they are meant; null when there is none. */
export const readExpected = ({ expected, type = 'A' }: Pick<Spec, 'expected' | 'type'>) => {
  for (const mode of ['all', 'any', 'exact'] as const) {
    const texts = expected?.[mode];
    if (texts !== undefined) return { mode, texts: texts.map((text) => canonicalRecord(type, text) ?? text) };
  }
  return null;
};

/** Compares whole sets; order means nothing. With `any` nothing is missing as soon as one of them is there. */
export const compareRecords = (
  records: readonly string[],
  { mode, texts }: { readonly mode: 'all' | 'any' | 'exact'; readonly texts: readonly string[] },
): Difference => {
  const missing = texts.filter((text) => !records.includes(text));
  return {
    missing: mode === 'any' && missing.length < texts.length ? [] : missing,
    unexpected: mode === 'exact' ? records.filter((record) => !texts.includes(record)) : [],
  };
};

/** What a record of the type looks like, for messages. */
export const EXAMPLES: { readonly [Type in RecordType]: string } = {
  A: '192.0.2.1',
  AAAA: '2001:db8::1',
  CNAME: 'target.example.com',
  NS: 'ns1.example.com',
  PTR: 'host.example.com',
  MX: '10 mail.example.com',
  TXT: 'v=spf1 -all',
  SOA: 'ns1.example.com hostmaster.example.com 2026120101 7200 3600 1209600 300',
  SRV: '10 5 5060 sip.example.com',
  CAA: '0 issue "ca.example.com"',
};
