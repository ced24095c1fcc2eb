import type { Blocker, CheckResult, GateResult, OwnerShown, Run, RunbookSection } from '../../model/run.ts';
import type { SourcePosition } from '../../model/position.ts';
import { formatDuration, formatEffort, formatTime } from './duration.ts';
import { named } from './lists.ts';
import { plural } from './totals.ts';

/** Ids in a sentence; nobody reads more of them, and `run.json` has them all. */
const MOST_NAMES = 20;

/** `checks/dashboard.yaml:14:17`, as terminals and editors make it clickable. */
export const positionText = (source: SourcePosition): string => `${source.file}:${source.line}:${source.column}`;

/** `platform, #platform`. */
export const ownerText = (owner: OwnerShown): string => [owner.id, owner.contact].filter(isGiven).join(', ');

/** `docs/runbooks/operations.md#dashboard-degraded`. */
export const runbookText = (section: RunbookSection): string =>
  section.anchor === '' ? section.file : `${section.file}#${section.anchor}`;

/** `attempt 3/3, 4.2 s`; only the time when the first attempt was good or the only one, empty when there was none. */
export const effortText = (check: CheckResult): string => {
  const made = check.attempts.length;
  const allowed = Math.max(made, check.attemptsAllowed);
  const worthSaying = made > 1 || (made === 1 && allowed > 1 && check.outcome !== 'pass');
  const time = check.durationMs === null ? null : formatDuration(check.durationMs);
  return [worthSaying ? `attempt ${made}/${allowed}` : null, time].filter(isGiven).join(', ');
};

/** `due 2026-12-01`, `overdue since 2026-12-01`, `due 2026-12-01: too little time`; empty without a deadline. */
export const deadlineText = ({ deadline, deadlineState }: Pick<Blocker, 'deadline' | 'deadlineState'>): string => {
  if (deadline === null) return '';
  if (deadlineState === 'over') return `overdue since ${deadline}`;
  return deadlineState === 'short' ? `due ${deadline}: too little time` : `due ${deadline}`;
};

/** `operations, takes 6 d, due 2026-12-01`: who decides about a gate, how long it takes until then, and when. */
export const gateTimeText = (gate: GateResult): string =>
  [
    gate.owner,
    gate.estimateMs === null || gate.deadlineState === null ? null : `takes ${formatEffort(gate.estimateMs)}`,
    deadlineText(gate),
  ]
    .filter(isGiven)
    .join(', ');

/** `P1, due 2026-12-01, open since 2026-11-21 02:14:07 UTC`; empty when nothing of it is known. */
export const urgencyText = (of: Blocker): string =>
  [
    of.priority,
    deadlineText(of),
    of.since === null ? null : `open since ${formatTime(of.since)}`,
    of.dueAt === null ? null : `service level ${of.overdue ? 'OVER since' : 'until'} ${formatTime(of.dueAt)}`,
  ]
    .filter(isGiven)
    .join(', ');

/** Who is to be called because its time is over; empty while there is time, or nobody is named. */
export const escalateText = ({ overdue, deadlineState, owner }: Blocker): string =>
  overdue || deadlineState === 'over' ? (owner?.escalation ?? []).join(', ') : '';

/** What waits for a blocker: `2 checks (a, b), 1 gate (launch)`; empty when nothing does. */
export const holdsUpText = (affects: Blocker['affects']): string =>
  [listText(affects.checks, 'check'), listText(affects.gates, 'gate')].filter(isGiven).join(', ');

const listText = (ids: readonly string[], noun: string): string | null =>
  ids.length === 0 ? null : `${plural(ids.length, noun)} (${named(ids, MOST_NAMES)})`;

/** `Fix these 2 and the verdict becomes GO: a, b`; null when there is nothing to fix. */
export const repairText = (run: Run): string | null => {
  if (run.repair === null || run.repair.checks.length === 0) return null;
  const { checks, verdict } = run.repair;
  const these = checks.length === 1 ? 'this one' : `these ${checks.length}`;
  return `Fix ${these} and the verdict becomes ${verdict}: ${named(checks, MOST_NAMES)}`;
};

/** `staging, 2026-11-21 02:14:07 UTC, 12.4 s`: where, when, how long. */
export const circumstancesText = (run: Run): string => {
  const { environment, startedAt, durationMs } = run.run;
  return [environment, formatTime(startedAt), durationMs === null ? null : formatDuration(durationMs)]
    .filter(isGiven)
    .join(', ');
};

/** `not complete: stopped by SIGINT`; null when the run came to its end. */
export const incompleteText = (run: Run): string | null => {
  if (run.run.complete) return null;
  return run.run.interruptedBy === null
    ? 'This run is not complete'
    : `This run is not complete: stopped by ${run.run.interruptedBy}`;
};

/** The reason code with what it means here; only the code when the message is already said elsewhere. */
export const reasonText = (check: CheckResult, said: string): string =>
  [check.reasonCode, check.message === said ? null : check.message].filter(isGiven).join(': ');

const isGiven = (part: string | null): part is string => part !== null && part !== '';
