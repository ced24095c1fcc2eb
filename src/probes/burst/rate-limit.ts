import type { Head } from '../engine/answer.ts';
import { headerValues } from '../engine/parse-head.ts';
import { type Bare, type Member, readMembers } from './structured-field.ts';

/** What the headers of one answer tell of a limit; what they do not tell is null. */
export type RateLimit = {
  /** In lower case, in a fixed order. */
  readonly names: readonly string[];
  readonly limit: number | null;
  readonly windowMs: number | null;
  readonly remaining: number | null;
  readonly resetMs: number | null;
  readonly policy: string | null;
  /** Headers that cannot be read, one clause each. */
  readonly flaws: readonly string[];
};

type Told = Pick<RateLimit, 'limit' | 'windowMs' | 'remaining' | 'resetMs'>;

const NAMES = [
  'ratelimit-policy',
  'ratelimit',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-rate-limit-limit',
  'x-rate-limit-remaining',
  'x-rate-limit-reset',
] as const;

const count = (value: Bare | undefined): number | null => (typeof value === 'number' && value >= 0 ? value : null);
const seconds = (value: Bare | undefined): number | null => {
  const number = count(value);
  return number === null ? null : number * 1000;
};

const quota = ({ value, parameters }: Member): number | null => count(parameters.get('q')) ?? count(value);

/** The service limit with the least left, with the quota of the policy of the same name. */
const fromLimits = (limits: readonly Member[], policies: readonly Member[]): Told => {
  const [tightest] = limits.toSorted(
    (a, b) => (count(a.parameters.get('r')) ?? Infinity) - (count(b.parameters.get('r')) ?? Infinity),
  );
  const policy = policies.find(({ value }) => value === tightest?.value) ?? policies[0];
  return {
    remaining: count(tightest?.parameters.get('r')),
    resetMs: seconds(tightest?.parameters.get('t')),
    limit: policy === undefined ? null : quota(policy),
    windowMs: seconds(policy?.parameters.get('w')),
  };
};

/** `limit=100, remaining=50, reset=5`, as the draft had it in its seventh version. */
const fromDictionary = (members: readonly Member[], policies: readonly Member[]): Told => {
  const valueOf = (key: string) => members.find((member) => member.key === key)?.value;
  return {
    limit: count(valueOf('limit')) ?? (policies[0] === undefined ? null : quota(policies[0])),
    remaining: count(valueOf('remaining')),
    resetMs: seconds(valueOf('reset')),
    windowMs: seconds(policies[0]?.parameters.get('w')),
  };
};

/** Above this a reset is an instant in seconds since 1970, and in milliseconds above the next. */
const FIRST_INSTANT = 1e9;
const FIRST_MILLISECONDS = 1e12;

const resetOf = (value: number | null, now: Date): number | null => {
  if (value === null || value < FIRST_INSTANT) return value === null ? null : value * 1000;
  return Math.max(0, (value < FIRST_MILLISECONDS ? value * 1000 : value) - now.getTime());
};

/** The three headers of before: `RateLimit-Limit: 100, 100;w=60`, `X-RateLimit-Remaining: 5` and their like. */
const fromThree = (read: (name: string) => readonly Member[], now: Date): Told => {
  const first = (what: string): Member | undefined =>
    ['ratelimit', 'x-ratelimit', 'x-rate-limit'].flatMap((prefix) => read(`${prefix}-${what}`))[0];
  const limits = ['ratelimit-limit', 'x-ratelimit-limit'].flatMap(read);
  return {
    limit: count(first('limit')?.value),
    remaining: count(first('remaining')?.value),
    resetMs: resetOf(count(first('reset')?.value), now),
    windowMs: seconds(limits.find(({ parameters }) => parameters.has('w'))?.parameters.get('w')),
  };
};

const shown = (text: string): string => JSON.stringify(text.slice(0, 80));

/** What is wrong with a header of the draft. The ones that begin with X never had a rule to break. */
const flawOf = (name: string, text: string, members: readonly Member[] | null): readonly string[] => {
  if (name.startsWith('x-')) return [];
  if (members === null) return [`${name}: ${shown(text)} cannot be read`];
  const lacking = { ratelimit: 'r', 'ratelimit-policy': 'q' }[name];
  const named = members.filter(({ key, value }) => key === null && typeof value === 'string');
  return lacking !== undefined && named.some(({ parameters }) => count(parameters.get(lacking)) === null)
    ? [`${name}: ${shown(text)} does not tell ${lacking}`]
    : [];
};

const textsOf = (headers: Head['headers']): ReadonlyMap<string, string> =>
  new Map(
    NAMES.flatMap((name): readonly (readonly [string, string])[] => {
      const values = headerValues(headers, name);
      return values.length === 0 ? [] : [[name, values.join(', ')]];
    }),
  );

/** Reads what the headers tell of a limit: draft-ietf-httpapi-ratelimit-headers in its newest form and those before. */
export const readRateLimit = (headers: Head['headers'], now: Date): RateLimit => {
  const texts = textsOf(headers);
  const members = new Map([...texts].map(([name, text]) => [name, readMembers(text)]));
  const read = (name: string): readonly Member[] => members.get(name) ?? [];
  const policies = read('ratelimit-policy');
  const current = read('ratelimit');
  const three = fromThree(read, now);
  const newest = current.some(({ key }) => key !== null)
    ? fromDictionary(current, policies)
    : fromLimits(current, policies);
  return {
    names: [...texts.keys()],
    limit: newest.limit ?? three.limit,
    windowMs: newest.windowMs ?? three.windowMs,
    remaining: newest.remaining ?? three.remaining,
    resetMs: newest.resetMs ?? three.resetMs,
    policy: texts.get('ratelimit-policy')?.slice(0, 1000) ?? null,
    flaws: [...members].flatMap(([name, found]) => flawOf(name, texts.get(name) ?? '', found)),
  };
};
