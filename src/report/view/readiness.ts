import type { RiskResult, Run, WaiverResult } from '../../model/run.ts';
import { formatEffort } from './duration.ts';

/** A part of a readiness report that every format shows alike: a title and lines, each about one thing. */
export type ReadinessPart = { readonly title: string; readonly lines: readonly ReadinessLine[] };

/** `state` is a word in front, `id` what it is about, `text` the rest of the line. */
export type ReadinessLine = {
  readonly state: string;
  readonly tone: 'good' | 'doubt' | 'bad';
  readonly id: string;
  readonly text: string;
};

/** Work items with the critical path, risks, and waivers; only the parts that a run has. */
export const readinessParts = (run: Run): readonly ReadinessPart[] =>
  [
    { title: 'Work', lines: workLines(run.work) },
    { title: 'Critical path', lines: pathLines(run.work) },
    { title: 'Risks', lines: run.risks.map(riskLine) },
    { title: 'Waivers', lines: run.waivers.map(waiverLine) },
  ].filter(({ lines }) => lines.length > 0);

type Work = NonNullable<Run['work']>;
type Item = Work['items'][number];

const TONES = { done: 'good', ready: 'doubt', blocked: 'bad' } as const;

const workLines = (work: Run['work']): readonly ReadinessLine[] =>
  (work?.items ?? []).map((item) => ({
    state: item.claimedDone === true && item.missing.length > 0 ? 'claimed' : item.state,
    tone: TONES[item.state],
    id: item.id,
    text: joined([item.title === item.id ? '' : item.title, ...detailsOf(item)]),
  }));

const detailsOf = (item: Item): readonly string[] => [
  item.group ?? '',
  item.estimateMs === null || item.state === 'done' ? '' : formatEffort(item.estimateMs),
  item.owner ?? '',
  item.deadline === null || item.state === 'done' ? '' : `due ${item.deadline}`,
  item.state === 'done' ? '' : item.optional ? 'the launch can do without it' : '',
  item.state === 'blocked' ? `waits for ${item.blockedBy.join(', ')}` : '',
  item.state === 'ready' ? 'can start now' : '',
  item.missing.length === 0 ? '' : `not shown by ${item.missing.join(', ')}`,
];

const pathLines = (work: Run['work']): readonly ReadinessLine[] => {
  if (work === null || work.criticalPath.ids.length === 0) return [];
  const { ids, totalMs, unestimated } = work.criticalPath;
  const total = joined([
    formatEffort(totalMs),
    unestimated.length === 0 ? '' : `and what nobody has estimated: ${unestimated.join(', ')}`,
  ]);
  return [{ state: 'left', tone: 'doubt', id: ids.join(' > '), text: total }];
};

const RISK_TONES = { clear: 'good', unwatched: 'doubt', showing: 'bad' } as const;

const riskLine = (risk: RiskResult): ReadinessLine => ({
  state: risk.state,
  tone: RISK_TONES[risk.state],
  id: risk.id,
  text: joined([
    risk.title === risk.id ? '' : risk.title,
    risk.showing.length === 0 ? '' : `seen by ${risk.showing.join(', ')}`,
    risk.impact === null ? '' : `impact: ${risk.impact}`,
    risk.mitigation === null ? '' : `mitigation: ${risk.mitigation}`,
    risk.owner ?? '',
  ]),
});

const WAIVER_WORDS: { readonly [state in WaiverResult['state']]: string } = {
  'in-force': 'in force',
  expired: 'expired: it does not count',
  'beyond-horizon': 'expires too late: it does not count',
  stale: 'stale: the check passes, remove it',
  'other-reason': 'the check fails for another reason: it does not count',
  'not-evaluated': 'the check was not evaluated',
};

const waiverLine = (waiver: WaiverResult): ReadinessLine => ({
  state: waiver.state === 'in-force' ? 'waived' : waiver.state,
  tone: waiver.state === 'in-force' ? 'doubt' : 'bad',
  id: waiver.check,
  text: joined([
    waiver.reasonCode,
    waiver.reason,
    `owner ${waiver.owner}, approved by ${waiver.approvedBy}`,
    `until ${waiver.expires}`,
    WAIVER_WORDS[waiver.state],
  ]),
});

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('; ');
