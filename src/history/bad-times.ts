import type { Outcome } from '../model/outcome.ts';
import type { KeptCheck, KeptRun } from './store.ts';

/** What became of a check in a run. Times are ISO texts. */
export type CheckMoment = {
  readonly kind: 'broke' | 'other-cause' | 'mended';
  readonly at: string;
  readonly run: string;
  readonly check: string;
  readonly outcome: Outcome;
  readonly reasonCode: string | null;
  readonly message: string;
};

/** A time for which a check was bad; `to` is null when it was not seen to be good again. */
export type BadTime = {
  readonly check: string;
  readonly component: string | null;
  readonly from: string;
  readonly to: string | null;
  /** When it was last seen to be bad, how often it was, and why, each reason once. */
  readonly last: string;
  readonly looks: number;
  readonly reasonCodes: readonly string[];
  /** The run in which it broke. */
  readonly run: string;
};

/** A bad time that is not over, and why the check was bad when it was last seen. */
type Open = { readonly time: { -readonly [Name in keyof BadTime]: BadTime[Name] }; causeKey: string | null };

/** What is bad in a run, by check and cause. */
export const badIn = ({ checks }: KeptRun): ReadonlySet<string> =>
  new Set(checks.filter(({ standing }) => standing === 'bad').map(keyOf));

const keyOf = ({ id, causeKey }: KeptCheck): string => JSON.stringify([id, causeKey]);

/**
 * Follows each check through runs, oldest first. What is bad from the start for a cause that was accepted then (`badIn`
 * of a run that may go) is no bad time, until it was good once. Pure.
 */
export const followChecks = (
  runs: readonly KeptRun[],
  accepted: ReadonlySet<string>,
): { readonly moments: readonly CheckMoment[]; readonly badTimes: readonly BadTime[] } => {
  const moments: CheckMoment[] = [];
  const open = new Map<string, Open>();
  const badTimes: Open[] = [];
  const borne = new Set(accepted);
  for (const { id: run, checks } of runs) {
    for (const check of checks) {
      if (check.standing === 'good') for (const key of borne) if (isOf(key, check.id)) borne.delete(key);
      if (!open.has(check.id) && borne.has(keyOf(check))) continue;
      const kind = follow(check, run, open, badTimes);
      if (kind !== null) moments.push(momentOf(kind, check, run));
    }
  }
  return { moments, badTimes: badTimes.map(({ time }): BadTime => time) };
};

const isOf = (key: string, check: string): boolean => key.startsWith(`[${JSON.stringify(check)},`);

const follow = (check: KeptCheck, run: string, open: Map<string, Open>, all: Open[]): CheckMoment['kind'] | null => {
  const known = open.get(check.id);
  if (check.standing === 'good') {
    open.delete(check.id);
    if (known === undefined) return null;
    known.time.to = check.at;
    return 'mended';
  }
  if (check.standing !== 'bad') return null;
  const codes = check.reasonCode === null ? [] : [check.reasonCode];
  if (known === undefined) {
    const { id, component, at, causeKey } = check;
    const time = { check: id, component, from: at, to: null, last: at, looks: 1, reasonCodes: codes, run };
    const begun: Open = { time, causeKey };
    open.set(id, begun);
    all.push(begun);
    return 'broke';
  }
  const otherCause = known.causeKey !== check.causeKey;
  known.causeKey = check.causeKey;
  known.time.last = check.at;
  known.time.looks += 1;
  known.time.reasonCodes = [...new Set([...known.time.reasonCodes, ...codes])];
  return otherCause ? 'other-cause' : null;
};

const momentOf = (
  kind: CheckMoment['kind'],
  { id, at, outcome, reasonCode, message }: KeptCheck,
  run: string,
): CheckMoment => ({ kind, at, run, check: id, outcome, reasonCode, message });
