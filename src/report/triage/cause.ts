import type { Insight } from '../../history/insight.ts';
import type { Blocker, CheckResult } from '../../model/run.ts';
import { breakText, writtenBreak } from '../view/broken.ts';
import { chainsOf } from '../view/chain.ts';
import { formatDuration, formatTime } from '../view/duration.ts';
import type { Cause } from '../view/findings.ts';
import { ladderText } from '../view/ladder.ts';
import { ownerText, runbookText } from '../view/phrase.ts';
import { requestLine } from '../view/request-line.ts';
import { beforeText, changeTexts, sinceText } from './earlier.ts';
import { named } from '../view/lists.ts';
import type { TriageCause, TriageContext } from './view.ts';

const MOST_STEPS = 8;
const MOST_ALSO = 4;
/** A look that was cut ends a little before its limit, or a little after. */
const ALMOST = 0.95;

/** One root cause with everything that a person on call asks about it, in the order in which it is asked. */
export const causeOf = (
  { blocker, check }: Cause,
  also: readonly Cause[],
  insight: Insight | undefined,
  context: TriageContext,
): TriageCause => {
  const asked = check === null ? null : writtenBreak(check);
  const lines: readonly (readonly [string, string])[] = [
    ['impact', impactText(blocker, context)],
    ['same', named(blocker.same)],
    ['holds up', holdsUpText(blocker, context)],
    ['since', sinceText(blocker, insight, context.now)],
    ['layer', check === null ? '' : ladderText(check)],
    ['seen', check === null ? '' : requestLine(check)],
    ['limit', check === null ? '' : cutText(check, context)],
    ['asked', asked === null || blocker.cause.message.includes(breakText(asked)) ? '' : breakText(asked)],
    ...(check === null ? [] : chainsOf(check).map((chain) => ['chain', chain] as const)),
    ...changeTexts(insight).map((text) => ['changed', text] as const),
    ['before', beforeText(insight)],
    ...alsoTexts(also).map((text) => ['also', text] as const),
    ['owner', ownerLine(blocker)],
  ];
  return {
    id: blocker.cause.check,
    title: check === null || check.title === check.id ? '' : check.title,
    verdict: blocker.verdict,
    what: blocker.cause.message,
    lines: lines.filter(([, text]) => text !== '').map(([label, text]) => ({ label, text })),
    runbook: blocker.runbook === null ? '' : runbookText(blocker.runbook),
    steps: stepsOf(blocker),
    again: check?.tryCommand ?? null,
  };
};

/** Who is hurt, in the words of the runbook. */
const impactText = ({ runbook }: Blocker, { impactOf }: TriageContext): string =>
  runbook === null ? '' : impactOf(runbook.url);

/** What cannot go on, and how urgent that is. */
const holdsUpText = ({ same, priority, overdue, dueAt, cause }: Blocker, { stakeOf }: TriageContext): string => {
  const { gates, neededBy } = stakeOf(cause.check);
  const held = neededBy.filter((id) => !same.includes(id));
  return [
    held.length === 0 ? '' : named(held),
    gates.length === 0 ? '' : `${gates.length === 1 ? 'the gate' : 'the gates'} ${named(gates)}`,
    priority ?? '',
    overdue && dueAt !== null ? `OVERDUE since ${formatTime(dueAt)}` : '',
  ]
    .filter((one) => one !== '')
    .join('; ');
};

/** Whoever reads of a timeout has to know that a triage waits less than a run does. */
const cutText = ({ id, durationMs }: CheckResult, { cutOf }: TriageContext): string => {
  const cut = cutOf(id);
  if (cut === null || durationMs === null || durationMs < cut.lookedMs * ALMOST) return '';
  return `looked for ${formatDuration(cut.lookedMs)} at most; the check itself allows ${formatDuration(cut.allowedMs)}`;
};

const alsoTexts = (also: readonly Cause[]): readonly string[] => {
  const texts = also.map(({ blocker: { cause } }) => `${cause.check} needs it: ${cause.message}`);
  const more = texts.length - MOST_ALSO;
  return more > 0 ? [...texts.slice(0, MOST_ALSO), `and ${more} more that need it`] : texts;
};

const stepsOf = ({ runbook, next }: Blocker): readonly string[] => {
  if (runbook === null || runbook.steps.length === 0) return [next];
  const more = runbook.steps.length - MOST_STEPS;
  return more > 0 ? [...runbook.steps.slice(0, MOST_STEPS), `read on in the runbook: ${more} more`] : runbook.steps;
};

const ownerLine = ({ owner, overdue }: Blocker): string => {
  if (owner === null) return 'nobody is named';
  const escalation =
    owner.escalation.length === 0 ? '' : `; ${overdue ? 'ESCALATE NOW' : 'then'}: ${owner.escalation.join(', ')}`;
  return `${ownerText(owner)}${escalation}`;
};
