import type { Insight } from '../../history/insight.ts';
import type { ReasonCode } from '../../model/reason-code.ts';
import type { Blocker, CheckResult, Run } from '../../model/run.ts';
import type { Stake } from '../../plan/stakes.ts';
import { formatDuration } from '../view/duration.ts';
import { findingsOf, type Cause } from '../view/findings.ts';
import { plural } from '../view/totals.ts';
import { causeOf } from './cause.ts';
import { foldCauses } from './fold.ts';
import { groupedByReason, named } from '../view/lists.ts';

/** What a triage has to say beside its run. */
export type TriageContext = {
  /** When it is said. */
  readonly now: Date;
  readonly insights: readonly Insight[];
  readonly stakeOf: (check: string) => Stake;
  /** What the Impact section beside a runbook section says, by its address; empty when there is none. */
  readonly impactOf: (url: string) => string;
  /** Milliseconds for which a look was allowed to take, where the check itself allows more. */
  readonly cutOf: (check: string) => { readonly lookedMs: number; readonly allowedMs: number } | null;
  /** Argv that shows everything that was seen. */
  readonly details: readonly string[];
};

/** One root cause as the person on call needs it: labels with texts, in the order of reading, empty ones left out. */
export type TriageCause = {
  readonly id: string;
  readonly title: string;
  readonly verdict: Blocker['verdict'];
  readonly what: string;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  readonly runbook: string;
  readonly steps: readonly string[];
  /** Argv to look again; null when there is none. */
  readonly again: readonly string[] | null;
};

export type TriageView = {
  /** `GOOD` is no verdict: a triage can say that something is broken, and not that we may go. */
  readonly mark: 'GOOD' | 'HOLD' | 'NO-GO';
  readonly headline: string;
  readonly banners: readonly string[];
  /** The root causes at a glance, where there are several; the first few of them are in `causes`. */
  readonly overview: readonly Pick<TriageCause, 'verdict' | 'id' | 'what'>[];
  /** How many root causes are neither in the overview nor told in full. */
  readonly untold: number;
  readonly causes: readonly TriageCause[];
  readonly contradictions: readonly string[];
  /** What is not good and holds nothing up: warnings, and what a waiver accepts. */
  readonly lesser: readonly string[];
  /** Ids, as one text that is not too long; empty when nothing is good. */
  readonly healthy: string;
  readonly notChecked: readonly string[];
  readonly details: readonly string[];
};

const MOST_IN_FULL = 8;
const MOST_IN_OVERVIEW = 20;
const MOST_LESSER = 8;
/** What there was no time for broke nothing: it was not seen. */
const LATE: ReadonlySet<string> = new Set(['deadline-exceeded', 'cancelled'] satisfies ReasonCode[]);

/** What a triage has to say, the same for every format. Pure. */
export const triageView = (run: Run, context: TriageContext): TriageView => {
  const insights = new Map(context.insights.map((insight) => [insight.check, insight]));
  const { blockers: found, lesser } = findingsOf(run);
  const blockers = found.filter((one) => !isLate(one));
  const folded = foldCauses(blockers, context.stakeOf);
  const causes = folded.map(({ cause, also }) =>
    causeOf(cause, also, insights.get(cause.blocker.cause.check), context),
  );
  const told = new Set(blockers.flatMap(({ blocker: { cause, same } }) => [cause.check, ...same]));
  const good = run.checks.filter(({ id, outcome }) => (outcome === 'pass' || outcome === 'warn') && !told.has(id));
  return {
    mark: run.verdict === 'NO-GO' || run.verdict === 'HOLD' ? run.verdict : 'GOOD',
    headline: headlineOf(run, causes.length),
    banners: run.banners,
    overview:
      causes.length < 2
        ? []
        : causes.slice(0, MOST_IN_OVERVIEW).map(({ verdict, id, what }) => ({ verdict, id, what })),
    untold: Math.max(0, causes.length - MOST_IN_OVERVIEW),
    causes: causes.slice(0, MOST_IN_FULL),
    contradictions: run.contradictions.map(({ message }) => message),
    lesser: lesserTexts(lesser),
    healthy: good.length === 0 ? '' : named(good.map(({ id }) => id)),
    notChecked: groupedByReason(unseen(run, found.filter(isLate)).filter(({ id }) => !told.has(id))),
    details: context.details,
  };
};

const isLate = ({ blocker }: Cause): boolean => LATE.has(blocker.cause.reasonCode);

/** What was not looked at, and what the time was over for. */
const unseen = ({ notChecked }: Run, late: readonly Cause[]): Run['notChecked'] => {
  const known = new Set(notChecked.map(({ id }) => id));
  const ids = late.flatMap(({ blocker: { cause, same } }) =>
    [cause.check, ...same].map((id) => ({ id, why: cause.message })),
  );
  return [...notChecked, ...ids.filter(({ id }) => !known.has(id))];
};

const headlineOf = (run: Run, causes: number): string => {
  const took = run.run.durationMs === null ? '' : ` in ${formatDuration(run.run.durationMs)}`;
  const total = run.checks.length;
  const late = run.checks.filter(({ reasonCode }) => reasonCode !== null && LATE.has(reasonCode)).length;
  const bad = run.checks.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'warn').length - late;
  if (total === 0) return 'nothing was looked at';
  if (late > 0 && bad === 0)
    return `${late} of ${plural(total, 'check')} ${late === 1 ? 'was' : 'were'} not seen${took}`;
  if (bad === 0 && causes === 0) return `${total === 1 ? '1 check is' : `all ${total} checks are`} good${took}`;
  const roots = causes === 0 ? '' : `, ${plural(causes, 'root cause')}`;
  const unseen = late === 0 ? '' : `, ${late} not seen`;
  return `${bad} of ${plural(total, 'check')} ${bad === 1 ? 'is' : 'are'} not good${roots}${unseen}${took}`;
};

const lesserTexts = (checks: readonly CheckResult[]): readonly string[] => {
  const texts = checks.map(({ id, outcome, waiver, message }) => {
    const waived = waiver === null ? '' : ` (waived until ${waiver.expires}: ${waiver.reason})`;
    return `${id} ${outcome}${waived}${message === '' ? '' : `: ${message}`}`;
  });
  const more = texts.length - MOST_LESSER;
  return more > 0 ? [...texts.slice(0, MOST_LESSER), `and ${more} more`] : texts;
};
