import type { Outcome, Verdict } from '../model/outcome.ts';
import { TRIAGE_GATE } from '../plan/triage-plan.ts';
import { diffRuns, type RunDiff } from './diff.ts';
import type { KeptCheck, KeptRun } from './store.ts';

/** One thing that became different from one run to a later one. Times are ISO texts. */
export type Moment =
  | {
      readonly kind: 'verdict';
      readonly at: string;
      readonly run: string;
      readonly before: Verdict;
      readonly after: Verdict;
    }
  | {
      readonly kind: 'broke' | 'other-cause' | 'mended';
      readonly at: string;
      readonly run: string;
      readonly check: string;
      readonly outcome: Outcome;
      readonly reasonCode: string | null;
      readonly message: string;
    };

/** A time for which a check was bad; `to` is null when it was still bad when it was last seen. */
export type BadTime = {
  readonly check: string;
  readonly component: string | null;
  readonly from: string;
  readonly to: string | null;
  /** How often it was seen to be bad, and why, each reason once. */
  readonly looks: number;
  readonly reasonCodes: readonly string[];
};

/** What earlier runs tell of an incident. */
export type Incident = {
  readonly first: KeptRun;
  readonly last: KeptRun;
  readonly runs: number;
  readonly lastGood: KeptRun | null;
  readonly firstBad: KeptRun | null;
  readonly timeline: readonly Moment[];
  /** In the order in which they began. */
  readonly badTimes: readonly BadTime[];
  /** What was different when it was first seen to be bad; null where either side is not known. */
  readonly begun: RunDiff | null;
  /** What was different when the last check was seen to be good again; null while one is bad. */
  readonly ended: RunDiff | null;
};

/**
 * Puts runs together, oldest first and at least one, into what happened. `lastGood` is the last good run before them.
 * A run that did not look at a check says nothing about it. Pure.
 */
export const reviewRuns = (runs: readonly [KeptRun, ...KeptRun[]], lastGood: KeptRun | null): Incident => {
  const [first] = runs;
  const last = runs.at(-1) ?? first;
  const { moments, badTimes } = walk(lastGood === null ? runs : [lastGood, ...runs]);
  const firstBad = runs.find(isBad) ?? null;
  const goodBefore =
    runs.slice(0, firstBad === null ? 0 : runs.indexOf(firstBad)).findLast((run) => !isBad(run)) ?? lastGood;
  const open = badTimes.some(({ to }) => to === null);
  const mended = open ? undefined : moments.findLast(({ kind }) => kind === 'mended');
  const after = runs.find(({ id }) => id === mended?.run);
  const before = after === undefined ? undefined : runs[runs.indexOf(after) - 1];
  return {
    first,
    last,
    runs: runs.length,
    lastGood: goodBefore,
    firstBad,
    timeline: moments,
    badTimes,
    begun: goodBefore === null || firstBad === null ? null : diffRuns(goodBefore, firstBad),
    ended: after === undefined || before === undefined ? null : diffRuns(before, after),
  };
};

const isBad = ({ checks }: KeptRun): boolean => checks.some(({ standing }) => standing === 'bad');

/** A bad time that is not over, and why the check was bad when it was last seen. */
type Open = { readonly time: { -readonly [Name in keyof BadTime]: BadTime[Name] }; causeKey: string | null };

const walk = (runs: readonly KeptRun[]) => {
  const moments: Moment[] = [];
  const open = new Map<string, Open>();
  const badTimes: Open[] = [];
  let verdict: Verdict | null = null;
  for (const run of runs) {
    const said = verdictOf(run);
    if (said !== null && verdict !== null && said !== verdict)
      moments.push({ kind: 'verdict', at: run.startedAt, run: run.id, before: verdict, after: said });
    verdict = said ?? verdict;
    for (const check of run.checks) {
      const kind = follow(check, open, badTimes);
      if (kind !== null) moments.push(momentOf(kind, check, run.id));
    }
  }
  return { moments, badTimes: badTimes.map(({ time }): BadTime => time) };
};

/** A triage has a gate of its own: its verdict is none on whether we may go. */
const verdictOf = ({ verdict, gates }: KeptRun): Verdict | null =>
  gates.length === 1 && gates[0]?.id === TRIAGE_GATE ? null : verdict;

const follow = (check: KeptCheck, open: Map<string, Open>, all: Open[]): 'broke' | 'other-cause' | 'mended' | null => {
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
    const begun: Open = {
      time: { check: id, component, from: at, to: null, looks: 1, reasonCodes: codes },
      causeKey,
    };
    open.set(id, begun);
    all.push(begun);
    return 'broke';
  }
  const otherCause = known.causeKey !== check.causeKey;
  known.causeKey = check.causeKey;
  known.time.looks += 1;
  known.time.reasonCodes = [...new Set([...known.time.reasonCodes, ...codes])];
  return otherCause ? 'other-cause' : null;
};

const momentOf = (
  kind: 'broke' | 'other-cause' | 'mended',
  { id, at, outcome, reasonCode, message }: KeptCheck,
  run: string,
): Moment => ({ kind, at, run, check: id, outcome, reasonCode, message });
