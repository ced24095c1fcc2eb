import type { JsonObject } from '../../model/json.ts';
import type { Facts } from '../../model/observation.ts';
import { connectionFacts } from '../engine/facts.ts';
import type { Burst } from './fire.ts';
import { rateLimitFlaws } from './flaws.ts';
import { readRateLimit } from './rate-limit.ts';
import type { Recovery } from './recovery.ts';
import { readRetryAfter } from './retry-after.ts';
import { type Answered, isAnswered } from './shot.ts';

const MOST_FAILURES = 10;

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

const byNumber = <S extends { readonly number: number }>(shots: readonly S[]): readonly S[] =>
  shots.toSorted((a, b) => a.number - b.number);

/** The smallest value that at least this share of them does not exceed. */
const nearestRank = (sorted: readonly number[], share: number): number =>
  rounded(sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? 0);

const latencyFacts = (answers: readonly Answered[]): Facts => {
  const sorted = answers.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
  return { p50: nearestRank(sorted, 0.5), p95: nearestRank(sorted, 0.95), max: nearestRank(sorted, 1) };
};

const retryAfterFacts = (limited: readonly Answered[]): Facts => {
  if (limited.length === 0) return {};
  const read = limited.map(({ headers, endedAt }) => readRetryAfter(headers, endedAt));
  const problems = read.flatMap((one) => (one.ok ? [] : [one.problem]));
  const [problem] = problems;
  return problem === undefined
    ? { 'retry-after': Math.max(...read.flatMap((one) => (one.ok ? [one.waitMs] : []))) }
    : {
        'retry-after-problem': `${problems.length} of ${limited.length} limited answers do not tell when to come back: ${problem}`,
      };
};

const present = (entries: readonly (readonly [name: string, value: string | number | null])[]): JsonObject =>
  Object.fromEntries(entries.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])));

/** The limit as the first limited answer tells it, or the last answer where none was limited. */
const rateLimitFacts = (answers: readonly Answered[], limited: readonly Answered[]): Facts => {
  const told = limited[0] ?? answers.at(-1);
  if (told === undefined) return {};
  const { limit, windowMs, remaining, resetMs, policy } = readRateLimit(told.headers, told.endedAt);
  const names = answers.flatMap(({ headers, endedAt }) => readRateLimit(headers, endedAt).names);
  return {
    'rate-limit-headers': [...new Set(names)],
    'rate-limit': {
      ...present([
        ['limit', limit],
        ['window', windowMs],
        ['remaining', remaining],
        ['reset', resetMs],
        ['policy', policy],
      ]),
      flaws: rateLimitFlaws(answers),
    },
  };
};

const answerFacts = (answers: readonly Answered[]): Facts => {
  const [first] = answers;
  if (first === undefined) return {};
  const limited = answers.filter(({ status }) => status === 429);
  const { timings: _timings, addresses: _addresses, ...connection } = connectionFacts(first.connection, { total: 0 });
  return {
    ...connection,
    statuses: Object.fromEntries(
      [...Map.groupBy(answers, ({ status }) => status)].map(([status, same]) => [String(status), same.length]),
    ),
    limited: limited.length,
    ...present([['first-limited-at', limited[0]?.number ?? null]]),
    ...retryAfterFacts(limited),
    ...rateLimitFacts(answers, limited),
    'server-errors': answers.filter(({ status }) => status >= 500).length,
    latency: latencyFacts(answers),
  };
};

/** What a burst shows by itself. Facts that only an answer can show are absent without one. */
export const burstFacts = ({ startedMs, sent, shots, endedBy }: Burst): Facts => {
  const answers = byNumber(shots.filter(isAnswered));
  const failures = byNumber(shots.flatMap((shot) => (isAnswered(shot) ? [] : [shot])));
  return {
    ...answerFacts(answers),
    sent,
    answered: answers.length,
    'ended-by': endedBy,
    failures: failures
      .slice(0, MOST_FAILURES)
      .map(({ number, failure }) => ({ number, code: failure.code, message: failure.message })),
    duration: rounded(Math.max(0, ...shots.map(({ endedMs }) => endedMs - startedMs))),
  };
};

/** What the look for recovery shows; nothing when there was none. */
export const recoveryFacts = (recovery: Recovery | null): Facts => {
  if (recovery === null) return {};
  const { recovered, waitedMs, afterMs, askedMs, shot } = recovery;
  const failure = shot !== null && !isAnswered(shot) ? shot.failure : null;
  return {
    recovered,
    ...(recovered ? { 'recovered-after': rounded(afterMs) } : {}),
    ...(askedMs === null ? {} : { 'recovery-asked': rounded(askedMs) }),
    ...(shot === null ? {} : { 'recovery-waited': rounded(waitedMs) }),
    ...(shot !== null && isAnswered(shot) ? { 'recovery-status': shot.status } : {}),
    ...(failure === null ? {} : { 'recovery-failure': { code: failure.code, message: failure.message } }),
  };
};
