import type { Verdict } from '../model/outcome.ts';
import { TRIAGE_GATE } from '../plan/triage-plan.ts';
import { badIn, followChecks, type BadTime, type CheckMoment } from './bad-times.ts';
import { diffRuns, type RunDiff } from './diff.ts';
import type { KeptRun, RunEntry } from './store.ts';

type VerdictMoment = {
  readonly kind: 'verdict';
  readonly at: string;
  readonly run: string;
  readonly before: Verdict;
  readonly after: Verdict;
};

/** One thing that became different from one run to a later one. Times are ISO texts. */
export type Moment = VerdictMoment | CheckMoment;

/** What earlier runs tell of an incident. */
export type Incident = {
  readonly first: KeptRun;
  readonly last: KeptRun;
  readonly runs: number;
  /** The last run before the first bad one that said GO or CONDITIONAL, or saw to be good what broke then. */
  readonly lastGood: KeptRun | null;
  /** The run in which something broke first, also one before those that were asked for; null when nothing did. */
  readonly firstBad: KeptRun | null;
  /** Checks that were bad already in a run that said GO or CONDITIONAL: bad, and not what happened. */
  readonly accepted: readonly string[];
  readonly timeline: readonly Moment[];
  /** In the order in which they began. */
  readonly badTimes: readonly BadTime[];
  /** What was different when it was first seen to be bad; null where either side is not known. */
  readonly begun: RunDiff | null;
  /** What was different when the last check was seen to be good again; null while one is bad. */
  readonly ended: RunDiff | null;
};

/** Whether a run said that we may go. A triage says of everything that it is good, and never that. */
export const saidGo = ({ verdict, complete, gates }: RunEntry): boolean =>
  (verdict === 'GO' || verdict === 'CONDITIONAL') && complete && !isTriage(gates);

/**
 * Puts runs together, oldest first and at least one, into what happened. `before` are those that came before them, from
 * the last that said GO on. A run that did not look at a check says nothing about it. Pure.
 */
export const reviewRuns = (runs: readonly [KeptRun, ...KeptRun[]], before: readonly KeptRun[]): Incident => {
  const [first] = runs;
  const all = [...before, ...runs];
  const baseline = before.findLast(saidGo) ?? (saidGo(first) ? first : null);
  const accepted = baseline === null ? new Set<string>() : badIn(baseline);
  const followed = followChecks(all, accepted);
  const badTimes = followed.badTimes.filter(({ to }) => to === null || to >= first.startedAt);
  const firstBad = all.find(({ id }) => badTimes.some(({ run }) => run === id)) ?? null;
  const lastGood = firstBad === null ? (baseline ?? null) : goodBefore(all, firstBad, badTimes);
  const own = new Set(runs.map(({ id }) => id));
  const moments = followed.moments.filter(({ kind, run, check, at }) =>
    own.has(run) ? true : kind === 'broke' && badTimes.some((time) => time.check === check && time.from === at),
  );
  const verdicts = verdictMoments(all).filter(({ run }) => own.has(run));
  return {
    first,
    last: runs.at(-1) ?? first,
    runs: runs.length,
    lastGood,
    firstBad,
    accepted: [...new Set(baseline?.checks.filter(({ standing }) => standing === 'bad').map(({ id }) => id))],
    timeline: inOrder(all, verdicts, moments),
    badTimes,
    begun: lastGood === null || firstBad === null ? null : diffRuns(lastGood, firstBad),
    ended: endOf(all, badTimes, followed.moments),
  };
};

const isTriage = (gates: RunEntry['gates']): boolean => gates.length === 1 && gates[0]?.id === TRIAGE_GATE;

const goodBefore = (all: readonly KeptRun[], firstBad: KeptRun, badTimes: readonly BadTime[]): KeptRun | null => {
  const broke = badTimes.filter(({ run }) => run === firstBad.id).map(({ check }) => check);
  const sawGood = ({ checks }: KeptRun): boolean =>
    broke.every((check) => checks.some(({ id, standing }) => id === check && standing === 'good'));
  return all.slice(0, all.indexOf(firstBad)).findLast((run) => saidGo(run) || sawGood(run)) ?? null;
};

const verdictMoments = (runs: readonly KeptRun[]): readonly VerdictMoment[] => {
  const moments: VerdictMoment[] = [];
  let before: Verdict | null = null;
  for (const { id: run, startedAt: at, verdict, gates } of runs) {
    if (verdict === null || isTriage(gates)) continue;
    if (before !== null && verdict !== before) moments.push({ kind: 'verdict', at, run, before, after: verdict });
    before = verdict;
  }
  return moments;
};

/** By run, the verdict first. */
const inOrder = (
  runs: readonly KeptRun[],
  verdicts: readonly VerdictMoment[],
  moments: readonly CheckMoment[],
): readonly Moment[] =>
  runs.flatMap(({ id }): readonly Moment[] => [
    ...verdicts.filter(({ run }) => run === id),
    ...moments.filter(({ run }) => run === id),
  ]);

const endOf = (
  all: readonly KeptRun[],
  badTimes: readonly BadTime[],
  moments: readonly CheckMoment[],
): RunDiff | null => {
  if (badTimes.length === 0 || badTimes.some(({ to }) => to === null)) return null;
  const mended = moments.findLast(({ kind }) => kind === 'mended');
  const at = all.findIndex(({ id }) => id === mended?.run);
  const [before, after] = [all[at - 1], all[at]];
  return before === undefined || after === undefined ? null : diffRuns(before, after);
};
