import { createServer, type ServerResponse } from 'node:http';
import { listen, stop } from './listen.ts';

/** How the gateway treats a path; what is not said is as it should be. */
export type LimitRule = {
  /** How many requests the bucket holds; null lets everything through. */
  readonly capacity: number | null;
  /** How long it takes until the bucket is full again, in milliseconds. */
  readonly refillMs: number;
  /** How a limited answer tells when to come back. */
  readonly retryAfter?: 'seconds' | 'date' | 'none' | 'words';
  /** What a limited answer has for a status. */
  readonly status?: number;
  /** Which headers tell the limit. */
  readonly headers?: 'draft' | 'draft-7' | 'three' | 'x' | 'none';
  /** Breaks instead of limiting. */
  readonly overflow?: 'limit' | 'error' | 'reset';
  /** A bucket that never fills again, whatever Retry-After says. */
  readonly leaks?: boolean;
};

type Bucket = { tokens: number; filledAt: number };

const refilled = (bucket: Bucket, { capacity, refillMs, leaks }: LimitRule, now: number): Bucket => {
  const full = capacity ?? 0;
  const earned = leaks === true ? 0 : ((now - bucket.filledAt) / refillMs) * full;
  return { tokens: Math.min(full, bucket.tokens + earned), filledAt: now };
};

const HEADERS = {
  draft: (limit: number, left: number, wait: number) => ({
    'ratelimit-policy': `"burst";q=${limit};w=1`,
    ratelimit: `"burst";r=${left};t=${wait}`,
  }),
  'draft-7': (limit: number, left: number, wait: number) => ({
    'ratelimit-policy': `${limit};w=1`,
    ratelimit: `limit=${limit}, remaining=${left}, reset=${wait}`,
  }),
  three: (limit: number, left: number, wait: number) => ({
    'ratelimit-limit': `${limit}, ${limit};w=1`,
    'ratelimit-remaining': String(left),
    'ratelimit-reset': String(wait),
  }),
  x: (limit: number, left: number, wait: number) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(left),
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + wait),
  }),
  none: () => ({}),
} as const;

const RETRY_AFTER = {
  seconds: (wait: number) => ({ 'retry-after': String(wait) }),
  date: (wait: number) => ({ 'retry-after': new Date((Math.floor(Date.now() / 1000) + wait) * 1000).toUTCString() }),
  none: () => ({}),
  words: () => ({ 'retry-after': 'soon' }),
} as const;

const limit = (response: ServerResponse, rule: LimitRule, told: object, wait: number): void => {
  if (rule.overflow === 'reset') return void response.socket?.resetAndDestroy();
  if (rule.overflow === 'error') return void response.writeHead(500).end('out of workers');
  const retryAfter = RETRY_AFTER[rule.retryAfter ?? 'seconds'](wait);
  response.writeHead(rule.status ?? 429, { ...told, ...retryAfter }).end('too many requests');
};

/**
 * A gateway with a token bucket for each path, on a free loopback port. It counts every request that reaches it, so that
 * a test can hold the sender to its word.
 */
export const startRateLimited = async (rules: { readonly [path: string]: LimitRule }) => {
  let current = rules;
  const buckets = new Map<string, Bucket>();
  const counts = new Map<string, number>();
  let underWay = 0;
  let mostUnderWay = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const rule = current[path];
    counts.set(path, (counts.get(path) ?? 0) + 1);
    underWay += 1;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    response.once('close', () => {
      underWay -= 1;
    });
    if (rule === undefined || rule.capacity === null) return void response.end('found');
    const now = performance.now();
    const bucket = refilled(buckets.get(path) ?? { tokens: rule.capacity, filledAt: now }, rule, now);
    const passes = bucket.tokens >= 1;
    buckets.set(path, passes ? { ...bucket, tokens: bucket.tokens - 1 } : bucket);
    const left = Math.max(0, Math.floor(bucket.tokens) - 1);
    const wait = Math.max(1, Math.ceil(rule.refillMs / 1000));
    const told = HEADERS[rule.headers ?? 'draft'](rule.capacity, left, wait);
    if (passes) response.writeHead(200, told).end('found');
    else limit(response, rule, told, wait);
  });
  const port = await listen(server);
  return {
    /** `host:port`, as `allow-bursts` lists it. */
    host: `127.0.0.1:${port}`,
    /** How many requests for a path came. */
    count: (path: string): number => counts.get(path) ?? 0,
    /** The most requests that were under way at the same time. */
    mostUnderWay: (): number => mostUnderWay,
    /** Changes the rules, with every bucket full. */
    setRules: (next: { readonly [path: string]: LimitRule }): void => {
      current = next;
      buckets.clear();
      counts.clear();
    },
    close: () => stop(server),
  };
};
