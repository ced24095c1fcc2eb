import type { ManualResult, RiskResult, Run, WaiverResult } from '../../model/run.ts';
import { formatDay } from './duration.ts';
import { joined, type ReadinessLine } from './readiness-line.ts';
import { wayLines, workLines } from './work.ts';

export type { ReadinessLine } from './readiness-line.ts';

/** A part of a readiness report that every format shows alike: a title and lines, each about one thing. */
export type ReadinessPart = { readonly title: string; readonly lines: readonly ReadinessLine[] };

/** Work with the way that is left, decisions, sign-offs, risks and waivers; only the parts that a run has. */
export const readinessParts = (run: Run): readonly ReadinessPart[] =>
  [
    { title: 'Work', lines: workLines(run.work) },
    { title: 'Way to the launch', lines: wayLines(run.work) },
    { title: 'Decisions', lines: run.manual.filter(isDecision).map(decisionLine) },
    { title: 'Sign-offs', lines: run.manual.filter((item) => !isDecision(item)).map(signOffLine) },
    { title: 'Risks', lines: run.risks.map(riskLine) },
    { title: 'Waivers', lines: run.waivers.map(waiverLine) },
  ].filter(({ lines }) => lines.length > 0);

/** `run.json` tells a decision by what it has come to, or by why it has not. */
const isDecision = ({ target }: ManualResult): boolean => target === 'a decision';

const titleOf = ({ id, title }: { readonly id: string; readonly title: string }): string => (title === id ? '' : title);

const goodOnes = ({ signOffs }: ManualResult): ManualResult['signOffs'] =>
  signOffs.filter(({ state }) => state === 'good');

const whoText = (item: ManualResult): string =>
  goodOnes(item)
    .map(({ by, at, signed }) => `${by} on ${formatDay(at)}${signed ? ' with a key' : ''}`)
    .join(', ');

const ownerText = ({ owner }: ManualResult): string => owner?.id ?? '';

const decisionLine = (item: ManualResult): ReadinessLine => {
  const { id, choice, message } = item;
  const said = choice === null ? message : `${choice}, by ${whoText(item)}`;
  const decided = choice !== null;
  const text = joined([titleOf(item), said, decided ? '' : ownerText(item)]);
  return { state: decided ? 'decided' : 'open', tone: decided ? 'good' : 'bad', id, text };
};

const STATES: { readonly [code: string]: string } = {
  'sign-off-missing': 'missing',
  'sign-off-expired': 'expired',
  'sign-off-lapsed': 'lapsed',
  'quorum-missing': 'too few',
};

const signOffLine = (item: ManualResult): ReadinessLine => {
  const { id, outcome, reasonCode, message } = item;
  if (outcome !== 'pass') {
    const state = STATES[reasonCode ?? ''] ?? outcome;
    return { state, tone: 'bad', id, text: joined([titleOf(item), message]) };
  }
  const [until] = goodOnes(item)
    .flatMap(({ expiresAt }) => expiresAt ?? [])
    .toSorted();
  const holds = until === undefined ? '' : `holds until ${formatDay(until)}`;
  const evidence = goodOnes(item).flatMap((one) => one.evidence?.file ?? []);
  const on = evidence.length === 0 ? '' : `on ${[...new Set(evidence)].join(', ')}`;
  return { state: 'signed', tone: 'good', id, text: joined([titleOf(item), `by ${whoText(item)}`, on, holds]) };
};

const RISK_TONES = { clear: 'good', unwatched: 'doubt', showing: 'bad' } as const;

const riskLine = (risk: RiskResult): ReadinessLine => ({
  state: risk.state,
  tone: RISK_TONES[risk.state],
  id: risk.id,
  text: joined([
    titleOf(risk),
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
