import type { Insight } from '../../history/insight.ts';
import type { Blocker, CheckResult, Run } from '../../model/run.ts';
import { breakText, mainBreak } from '../view/broken.ts';
import { chainsOf } from '../view/chain.ts';
import { formatDuration, formatTime } from '../view/duration.ts';
import { findingsOf } from '../view/findings.ts';
import { ladderText } from '../view/ladder.ts';
import { ownerText, runbookText } from '../view/phrase.ts';
import { requestLine } from '../view/request-line.ts';
import { typedValue } from '../view/value.ts';

/** One root cause as the person on call needs it: labels with texts, in the order of reading, empty ones left out. */
export type TriageCause = {
  readonly id: string;
  readonly title: string;
  readonly verdict: Blocker['verdict'];
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  readonly runbook: string;
  readonly steps: readonly string[];
  /** Argv to look again; null when there is none. */
  readonly again: readonly string[] | null;
};

export type TriageView = {
  readonly headline: string;
  readonly causes: readonly TriageCause[];
  readonly contradictions: readonly string[];
  readonly healthy: readonly string[];
  readonly notChecked: readonly string[];
};

const MOST_STEPS = 6;

/** What a triage has to say, the same for every format. `now` is when it is said. */
export const triageView = (run: Run, insights: readonly Insight[], now: Date): TriageView => {
  const byCheck = new Map(insights.map((insight) => [insight.check, insight]));
  const { blockers } = findingsOf(run);
  const bad = run.checks.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'warn').length;
  const took = run.run.durationMs === null ? '' : ` in ${formatDuration(run.run.durationMs)}`;
  const causes = blockers.length === 1 ? '1 root cause' : `${blockers.length} root causes`;
  return {
    headline:
      blockers.length === 0
        ? `all of ${run.checks.length} checks are good${took}`
        : `${bad} of ${run.checks.length} checks are not good, ${causes}${took}`,
    causes: blockers.map(({ blocker, check }) => causeOf(blocker, check, byCheck.get(blocker.cause.check), now)),
    contradictions: run.contradictions.map(({ message }) => message),
    healthy: run.checks.filter(({ outcome }) => outcome === 'pass' || outcome === 'warn').map(({ id }) => id),
    notChecked: run.notChecked.map(({ id, why }) => `${id}: ${why}`),
  };
};

const causeOf = (blocker: Blocker, check: CheckResult | null, insight: Insight | undefined, now: Date): TriageCause => {
  const main = check === null ? null : mainBreak(check);
  const lines = [
    ['what', blocker.cause.message],
    ['seen', check === null ? '' : requestLine(check)],
    ['asked', main === null || main.source === null ? '' : breakText(main)],
    ...(check === null ? [] : chainsOf(check).map((chain) => ['chain', chain] as const)),
    ['layer', check === null ? '' : ladderText(check)],
    ['since', sinceText(blocker, insight, now)],
    ['impact', impactText(blocker)],
    ['changed', changesText(insight)],
    ['before', beforeText(insight)],
    ['owner', ownerLine(blocker)],
  ] as const;
  return {
    id: blocker.cause.check,
    title: check === null || check.title === check.id ? '' : check.title,
    verdict: blocker.verdict,
    lines: lines.filter(([, text]) => text !== '').map(([label, text]) => ({ label, text })),
    runbook: blocker.runbook === null ? '' : runbookText(blocker.runbook),
    steps: blocker.runbook === null ? [blocker.next] : blocker.runbook.steps.slice(0, MOST_STEPS),
    again: check?.tryCommand ?? null,
  };
};

const agoText = (iso: string, now: Date): string => {
  const ms = now.getTime() - Date.parse(iso);
  return Number.isFinite(ms) && ms >= 1000 ? `${formatDuration(ms)} ago` : 'just now';
};

const sinceText = ({ since }: Blocker, insight: Insight | undefined, now: Date): string => {
  if (insight === undefined) return '';
  const begun = insight.firstBad ?? since;
  const first = begun === null ? 'this run is the first to see it' : `${formatTime(begun)}, ${agoText(begun, now)}`;
  const good =
    insight.lastGood === null
      ? 'never seen good'
      : `last good ${formatTime(insight.lastGood.at)} (${insight.lastGood.run})`;
  return `${first}; ${good}${insight.flapping ? '; FLAPPING: it comes and goes' : ''}`;
};

const impactText = ({ affects, same, priority, overdue, dueAt }: Blocker): string => {
  const others = [...new Set([...same, ...affects.checks])];
  return [
    priority ?? '',
    others.length === 0 ? '' : `holds up ${others.join(', ')}`,
    overdue && dueAt !== null ? `OVERDUE since ${formatTime(dueAt)}` : '',
  ]
    .filter((one) => one !== '')
    .join('; ');
};

const changesText = (insight: Insight | undefined): string =>
  (insight?.changes ?? [])
    .map(({ check, fact, before, after }) => {
      const whose = check === insight?.check ? '' : `${check} `;
      return `${whose}${fact} ${typedValue(before)} -> ${typedValue(after)}`;
    })
    .join('; ');

const beforeText = (insight: Insight | undefined): string => {
  const episode = insight?.seenBefore ?? null;
  if (episode === null) return '';
  const { began, last, ended } = episode;
  return `the same from ${formatTime(began.at)} to ${formatTime(last.at)}; it ended as ${ended.outcome} in ${ended.run}`;
};

const ownerLine = ({ owner, overdue }: Blocker): string => {
  if (owner === null) return 'nobody is named';
  const escalation =
    owner.escalation.length === 0 ? '' : `; ${overdue ? 'ESCALATE NOW' : 'then'}: ${owner.escalation.join(', ')}`;
  return `${ownerText(owner)}${escalation}`;
};
