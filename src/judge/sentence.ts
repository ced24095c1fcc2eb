import { isGood } from '../execute/retry.ts';
import type { Outcome } from '../model/outcome.ts';
import type { CheckResult } from '../model/run.ts';

/** One sentence that names a criterion and says what is the matter with it; undefined stands for one that was left out. */
export const sentenceOf = (id: string, check: CheckResult | undefined): string => {
  if (check === undefined) return `${id} is not part of this run`;
  if (check.waiver !== null) {
    const { approvedBy, expires, reason } = check.waiver;
    return `${id} fails and is waived until ${expires} (${reason}; approved by ${approvedBy}): ${check.message}`;
  }
  if (check.outcome === 'blocked' && check.causedBy !== null) return `${id} is blocked by ${check.causedBy}`;
  if (check.flaky && isGood(check.outcome))
    return `${id} passed only after a failed attempt (${check.attempts.length} attempts)`;
  const because = check.message === '' ? '' : `: ${check.message}`;
  return `${id} ${VERBS[check.outcome]}${because}`;
};

const VERBS: { readonly [Name in Outcome]: string } = {
  pass: 'passes',
  warn: 'warns',
  fail: 'fails',
  unknown: 'is unknown',
  blocked: 'is blocked',
  skipped: 'was skipped',
};
