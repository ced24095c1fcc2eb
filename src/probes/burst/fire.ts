import type { ProbeContext } from '../probe.ts';
import type { BurstPlan } from './plan.ts';
import { isAnswered, type Shot } from './shot.ts';

/** Why a burst ended: the limit was found, the target broke, the time was over, all was sent, or we were stopped. */
export type EndedBy = 'limit' | 'server-errors' | 'failures' | 'time' | 'requests' | 'stopped';

/** A burst so far; shots in the order in which they ended. */
export type Burst = {
  readonly startedMs: number;
  readonly sent: number;
  readonly shots: readonly Shot[];
  readonly endedBy: EndedBy;
};

/** So many limited answers prove the limit: to go on would only hammer. */
const ENOUGH_LIMITED = 3;
/** So many answers of 5xx, or requests without any, show that the target breaks. */
const ENOUGH_SERVER_ERRORS = 10;
const ENOUGH_FAILURES = 5;

const count = (shots: readonly Shot[], from: number, to: number): number =>
  shots.filter((shot) => isAnswered(shot) && shot.status >= from && shot.status <= to).length;

/** Why no more requests are to be sent; null while there are some to send. */
const endOf = (shots: readonly Shot[], sent: number, leftMs: number, { requests }: BurstPlan): EndedBy | null => {
  if (count(shots, 429, 429) >= ENOUGH_LIMITED) return 'limit';
  if (count(shots, 500, 599) >= ENOUGH_SERVER_ERRORS) return 'server-errors';
  if (shots.filter((shot) => !isAnswered(shot)).length >= ENOUGH_FAILURES) return 'failures';
  if (sent >= requests) return 'requests';
  return leftMs <= 0 ? 'time' : null;
};

/** Thrown by `fire` when it had to stop, with what had come by then. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly burst: Burst;

  constructor(burst: Burst, cause: unknown) {
    super('the burst was stopped', { cause });
    this.burst = burst;
  }
}

/**
 * Sends requests, `concurrency` at a time, until one of the reasons to end. Never more than the plan says: a number is
 * taken before its request is sent. Requests that are under way at the end are waited for; when one cannot be sent from
 * here, or the look is stopped, all are ended and `Stopped` is thrown.
 */
export const fire = async (
  plan: BurstPlan,
  shoot: (number: number, signal: AbortSignal) => Promise<Shot>,
  { monotonicMs, signal, tell }: Pick<ProbeContext, 'monotonicMs' | 'signal' | 'tell'>,
): Promise<Burst> => {
  const startedMs = monotonicMs();
  const ours = new AbortController();
  const both = AbortSignal.any([signal, ours.signal]);
  const shots: Shot[] = [];
  let sent = 0;
  let endedBy: EndedBy | null = null;

  const sendOn = async (): Promise<void> => {
    for (;;) {
      endedBy ??= endOf(shots, sent, startedMs + plan.withinMs - monotonicMs(), plan);
      if (endedBy !== null) return;
      sent += 1;
      shots.push(await shoot(sent, both));
      tell(`${shots.length} of ${plan.requests} requests, ${count(shots, 429, 429)} limited`);
    }
  };
  const burst = (): Burst => ({ startedMs, sent, shots, endedBy: endedBy ?? 'stopped' });

  const workers = Array.from({ length: plan.concurrency }, sendOn);
  try {
    await Promise.all(workers);
    return burst();
  } catch (error) {
    endedBy = 'stopped';
    ours.abort(error);
    await Promise.allSettled(workers);
    throw new Stopped(burst(), error);
  }
};
