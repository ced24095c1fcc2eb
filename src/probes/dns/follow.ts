import type { DnsRecord } from './message.ts';
import { type Query, typeNumber } from './query.ts';
import { TYPES } from './types.ts';

/** What the answer to a query comes to. */
export type Followed = {
  /** Names that the aliases lead to, in order, the asked one left out. */
  readonly aliases: readonly string[];
  readonly loop: boolean;
  /** The records of the asked type at the end of the aliases. */
  readonly records: readonly string[];
  /** The smallest of all that were used, in seconds; null without any. */
  readonly ttl: number | null;
};

/** Follows the aliases of an answer from the asked name to its records. Records of other names are not believed. */
export const followAnswer = (answers: readonly DnsRecord[], query: Query): Followed => {
  const targets = new Map(
    query.type === 'CNAME'
      ? []
      : answers.filter(({ type }) => type === TYPES.CNAME).map((record) => [record.name, record]),
  );
  const used: DnsRecord[] = [];
  const passed = new Set([query.name]);
  let at = query.name;
  let loop = false;
  for (let next = targets.get(at); next !== undefined && !loop; next = targets.get(at)) {
    used.push(next);
    at = next.text;
    loop = passed.has(at);
    passed.add(at);
  }
  const records = loop ? [] : answers.filter(({ name, type }) => name === at && type === typeNumber(query));
  const ttls = [...used, ...records].map(({ ttl }) => ttl);
  return {
    aliases: used.map(({ text }) => text),
    loop,
    records: [...new Set(records.map(({ text }) => text))],
    ttl: ttls.length === 0 ? null : Math.min(...ttls),
  };
};
