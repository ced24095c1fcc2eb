import type { CheckResult } from '../model/run.ts';

const COUNTS: ReadonlySet<string> = new Set(['calls', 'requests', 'queries', 'count', 'total']);
const RATES: ReadonlySet<string> = new Set(['errorrate', 'failurerate', 'errors', 'failures', 'failed']);
const MAX_DEPTH = 6;

/** An error rate that a health endpoint shows over nothing: of what, how it says so, and over which count. */
export type Hollow = { readonly what: string; readonly claim: string; readonly over: string };

type Seen = Pick<CheckResult, 'facts'>;

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');

/** 0, `"0"`, `"0%"`, `"0.0 %"`: a number of none, as endpoints write it. */
const isNone = (value: unknown): boolean =>
  value === 0 || (typeof value === 'string' && /^0+(?:\.0+)?\s*%?$/.test(value.trim()));

/** Error rates in the body of a health endpoint that were measured over nothing: no errors of 0 calls is no evidence. */
export const hollowMeasures = ({ facts }: Seen): readonly Hollow[] => hollowIn(facts['json'], 'health', 0);

const hollowIn = (value: unknown, what: string, depth: number): readonly Hollow[] => {
  if (!isRecord(value) || depth > MAX_DEPTH) return [];
  const members = Object.entries(value);
  const count = members.find(([name, member]) => COUNTS.has(plain(name)) && isNone(member));
  const rate = members.find(([name, member]) => RATES.has(plain(name)) && isNone(member));
  const own =
    count === undefined || rate === undefined
      ? []
      : [{ what, claim: `${rate[0]} ${JSON.stringify(rate[1])}`, over: `${count[0]} ${JSON.stringify(count[1])}` }];
  return [...own, ...members.flatMap(([name, member]) => hollowIn(member, name, depth + 1))];
};

/** Tools that a health endpoint names and the server does not list (`absent`), and the other way round (`unnamed`). */
export type ToolsApart = { readonly absent: readonly string[]; readonly unnamed: readonly string[] };

/** How the tools that a health endpoint names differ from those listed; null when not, or when it cannot be told. */
export const toolsApart = (health: Seen, mcp: Seen): ToolsApart | null => {
  const { json } = health.facts;
  const named = isRecord(json) ? namesIn(json['tools']) : null;
  const listed = namesIn(mcp.facts['tools']);
  if (named === null || listed === null || mcp.facts['tool-count'] !== listed.length) return null;
  const absent = named.filter((name) => !listed.includes(name));
  const unnamed = listed.filter((name) => !named.includes(name));
  return absent.length + unnamed.length === 0 ? null : { absent, unnamed };
};

/** Names, or what has a `name`; null for anything else and for nothing. */
const namesIn = (value: unknown): readonly string[] | null => {
  if (!Array.isArray(value) || value.length === 0) return null;
  const items: readonly unknown[] = value;
  const names = items.map((item) => (isRecord(item) ? item['name'] : item)).filter((name) => typeof name === 'string');
  return names.length === items.length ? names : null;
};
