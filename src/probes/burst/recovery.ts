import { setTimeout as wait } from 'node:timers/promises';
import type { ProbeContext } from '../probe.ts';
import type { Burst } from './fire.ts';
import type { BurstPlan } from './plan.ts';
import { readRateLimit } from './rate-limit.ts';
import { readRetryAfter } from './retry-after.ts';
import { type Answered, isAnswered, type Shot } from './shot.ts';

/** Whether the target came back. `shot` is null when it asks to wait for longer than the plan allows. */
export type Recovery = {
  readonly recovered: boolean;
  /** From the end of the burst to the request that looked again, in milliseconds, and to its answer. */
  readonly waitedMs: number;
  readonly afterMs: number;
  /** What the answers ask to wait, counted from the end of the burst. */
  readonly askedMs: number | null;
  readonly shot: Shot | null;
};

const isOrdinary = ({ status }: Answered): boolean => status !== 429 && status < 500;

/** How long an answer asks to stay away: by Retry-After, else by the reset of its limit. */
const askedBy = ({ headers, endedAt }: Answered): number | null => {
  const after = readRetryAfter(headers, endedAt);
  return after.ok ? after.waitMs : readRateLimit(headers, endedAt).resetMs;
};

/** The instant from which every answer allows to come back; null when none tells. */
const comebackMs = (odd: readonly Shot[]): number | null =>
  odd.reduce<number | null>((latest, shot) => {
    const asked = isAnswered(shot) ? askedBy(shot) : null;
    return asked === null ? latest : Math.max(latest ?? 0, shot.endedMs + asked);
  }, null);

const isUsual = (shot: Shot, burst: Burst): boolean => {
  if (!isAnswered(shot) || !isOrdinary(shot)) return false;
  const usual = burst.shots.filter(isAnswered).filter(isOrdinary);
  return usual.length === 0 || usual.some(({ status }) => status === shot.status);
};

const pause = async (untilMs: number, { monotonicMs, signal }: ProbeContext): Promise<void> => {
  for (let left = untilMs - monotonicMs(); left > 0; left = untilMs - monotonicMs()) {
    signal.throwIfAborted();
    await wait(Math.ceil(left), undefined, { signal }).catch(() => signal.throwIfAborted());
  }
};

/**
 * After answers that were limited or failed: waits as long as they ask, at most as long as the plan says, and looks once
 * more. As usual is a status that the burst itself had seen; null when nothing happened that one could recover from.
 */
export const recover = async (
  burst: Burst,
  plan: BurstPlan,
  shoot: (number: number, signal: AbortSignal) => Promise<Shot>,
  context: ProbeContext,
): Promise<Recovery | null> => {
  const odd = burst.shots.filter((shot) => !isAnswered(shot) || !isOrdinary(shot));
  if (odd.length === 0) return null;
  const lastMs = Math.max(...burst.shots.map(({ endedMs }) => endedMs));
  const backMs = comebackMs(odd);
  const askedMs = backMs === null ? null : Math.max(0, backMs - lastMs);
  if (askedMs !== null && askedMs > plan.recoverWithinMs)
    return { recovered: false, waitedMs: 0, afterMs: 0, askedMs, shot: null };
  await pause(lastMs + (askedMs ?? plan.recoverWithinMs), context);
  const waitedMs = context.monotonicMs() - lastMs;
  const shot = await shoot(burst.sent + 1, context.signal);
  return { recovered: isUsual(shot, burst), waitedMs, afterMs: shot.endedMs - lastMs, askedMs, shot };
};
