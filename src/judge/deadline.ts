import { parseInstant } from '../matchers/instant.ts';
import type { Run } from '../model/run.ts';

/** How a deadline stands; null where there is none, or nothing left to do until it. */
export type DeadlineState = Run['blockers'][number]['deadlineState'];

/** Milliseconds from now until a deadline, negative once it is over; a date means its beginning, in UTC. */
export const leftUntil = (deadline: string | null, now: Date): number | null => {
  const end = deadline === null ? null : parseInstant(deadline);
  return end === null ? null : end - now.getTime();
};

/** Whether a deadline is over, or leaves less time than what is left to do takes. */
export const deadlineState = (deadline: string | null, neededMs: number, now: Date): DeadlineState => {
  const left = leftUntil(deadline, now);
  if (left === null) return null;
  if (left <= 0) return 'over';
  return left < neededMs ? 'short' : 'ahead';
};

/** The first of these dates and times as they are written; null when there is none. */
export const earliest = (deadlines: readonly (string | null)[]): string | null =>
  deadlines
    .filter((deadline) => deadline !== null)
    .toSorted((a, b) => (parseInstant(a) ?? Infinity) - (parseInstant(b) ?? Infinity))[0] ?? null;
