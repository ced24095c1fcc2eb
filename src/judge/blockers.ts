import type { Blocker } from '../model/run.ts';
import { catalogue } from './catalogue.ts';
import type { Cause } from './causes.ts';
import { deadlineState, earliest } from './deadline.ts';

/** What is known of blockers besides this run. */
export type BlockerSetting = {
  readonly since: (check: string) => string | null;
  readonly serviceLevels: { readonly [priority: string]: number };
  readonly now: Date;
};

/** The causes that keep a gate at HOLD or NO-GO: the worse first, then by priority, then in plan order. */
export const findBlockers = (causes: readonly Cause[], setting: BlockerSetting): readonly Blocker[] =>
  ['NO-GO', 'HOLD']
    .flatMap((verdict) => causes.filter((cause) => cause.verdict === verdict).toSorted(byPriority))
    .flatMap((cause) => blockerOf(cause, setting));

/** `P0` before `P1`; no priority comes last. */
const byPriority = (a: Cause, b: Cause): number => {
  const [left, right] = [priorityOf(a) ?? '~', priorityOf(b) ?? '~'];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The most urgent of what a cause holds up. */
const priorityOf = ({ held }: Cause): string | null =>
  held
    .flatMap(({ priority }) => priority ?? [])
    .toSorted()
    .at(0) ?? null;

/** The first deadline of what a cause holds up, else of the gates. */
const deadlineOf = ({ held, gates }: Cause): string | null =>
  earliest(held.map(({ deadline }) => deadline)) ?? earliest(gates.map(({ deadline }) => deadline));

/** Since when any of those that broke alike is broken. */
const beginOf = ({ check, same }: Cause, sinceOf: BlockerSetting['since']): string | null =>
  earliest([check.id, ...same].map(sinceOf));

/** No date is later than this (ECMAScript's time range). */
const LAST_INSTANT_MS = 8.64e15;

const blockerOf = (cause: Cause, { since: sinceOf, serviceLevels, now }: BlockerSetting): readonly Blocker[] => {
  const { check, same, blocked, gates, verdict } = cause;
  // A flaky pass that its gate counts as a failure has no reason code of its own: that of the failed attempt.
  const code = check.reasonCode ?? check.attempts.flatMap(({ reasonCode }) => reasonCode ?? [])[0];
  if (code === undefined) return [];
  const { layer, advice } = catalogue[code];
  const message =
    check.message === '' ? `it passed only after a failed attempt: ${catalogue[code].title}` : check.message;
  const [priority, deadline, since] = [priorityOf(cause), deadlineOf(cause), beginOf(cause, sinceOf)];
  const level = priority === null ? undefined : serviceLevels[priority];
  const dueMs = since === null || level === undefined ? null : Math.min(Date.parse(since) + level, LAST_INSTANT_MS);
  return [
    {
      cause: { check: check.id, reasonCode: code, layer, message },
      outcome: check.outcome,
      verdict,
      same,
      affects: { checks: blocked, gates: gates.map(({ id }) => id) },
      owner: check.owner,
      priority,
      deadline,
      deadlineState: deadlineState(deadline, 0, now),
      since,
      dueAt: dueMs === null ? null : new Date(dueMs).toISOString(),
      overdue: dueMs !== null && dueMs < now.getTime(),
      runbook: check.runbook,
      next: check.runbook?.steps[0] ?? advice,
    },
  ];
};
