import { shellCommand } from '../encode/shell.ts';
import type { CheckResult } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { stateOf, type Cause } from '../view/findings.ts';
import { named } from '../view/lists.ts';
import { seenAndAskedText } from '../view/mark.ts';
import {
  effortText,
  escalateText,
  holdsUpText,
  ownerText,
  reasonText,
  runbookText,
  urgencyText,
} from '../view/phrase.ts';
import { entriesUnder, evidenceRows, placeRow, runbookRows } from './entries.ts';
import { frameRows, gutterWidth } from './frame.ts';
import { EMPTY, row, span, type Row, type Style } from './span.ts';

const MOST_SAME = 20;

/**
 * The whole block of a blocker: where, what was asked and seen, which layer, who, which steps, what waits for it.
 * `stepsShownAt` is the finding above that shows the same steps already; null for none.
 */
export const blockerRows = (
  { blocker, check }: Cause,
  options: ReportOptions,
  stepsShownAt: string | null = null,
): readonly Row[] => {
  const { cause, owner, runbook } = blocker;
  const style = blocker.verdict === 'NO-GO' ? 'bad' : 'doubt';
  const gutter = check === null ? 2 : gutterWidth(check);
  const entry = entriesUnder(gutter);
  return [
    check === null ? headRow(blocker.verdict, style, cause.check, '', '') : checkHead(blocker.verdict, style, check),
    ...(check === null ? [] : [placeRow(check, gutter), ...frameRows(check, options)]),
    ...entry('reason', check === null ? `${cause.reasonCode}: ${cause.message}` : reasonOf(check)),
    ...(check === null ? [] : evidenceRows(check, entry)),
    ...entry('urgency', urgencyText(blocker)),
    ...entry('owner', owner === null ? 'nobody is named' : ownerText(owner)),
    ...entry('escalate', escalateText(blocker)),
    ...runbookRows(runbook, entry, gutter, stepsShownAt),
    ...entry('next', runbook === null ? blocker.next : ''),
    ...entry('try', check?.tryCommand ? shellCommand(check.tryCommand) : '', 'whole'),
    ...entry('same', named(blocker.same, MOST_SAME)),
    ...entry('holds up', holdsUpText(blocker.affects)),
    EMPTY,
  ];
};

/** The short block of a finding that does not hold the verdict down. */
export const lesserRows = (check: CheckResult): readonly Row[] => {
  const entry = entriesUnder(1);
  const state = stateOf(check);
  const flaky = state === 'flaky' ? flakyText(check) : '';
  return [
    checkHead(state.toUpperCase(), state === 'fail' ? 'bad' : 'doubt', check),
    placeRow(check, 1),
    ...entry('reason', flaky === '' ? [check.reasonCode, check.message].filter((part) => part).join(': ') : flaky),
    ...(check.causedBy === null ? [] : entry('blocked by', check.causedBy)),
    ...evidenceRows(check, entry),
    ...entry('owner', check.owner === null ? '' : ownerText(check.owner)),
    ...entry('runbook', check.runbook === null ? '' : runbookText(check.runbook), 'whole'),
    EMPTY,
  ];
};

/** A blocker as one line, where there are too many for a block each: what, why, whose, and where to read on. */
export const blockerLine = ({ blocker }: Cause): Row => {
  const { cause, verdict, owner, runbook } = blocker;
  return lineRow(verdict, verdict === 'NO-GO' ? 'bad' : 'doubt', cause.check, [
    cause.reasonCode,
    owner === null ? 'nobody is named' : ownerText(owner),
    runbook === null ? '' : runbookText(runbook),
  ]);
};

/** The same of a finding that does not hold the verdict down. */
export const lesserLine = (check: CheckResult): Row =>
  lineRow(stateOf(check).toUpperCase(), check.outcome === 'fail' ? 'bad' : 'doubt', check.id, [
    check.reasonCode ?? '',
    check.owner === null ? '' : ownerText(check.owner),
    check.runbook === null ? '' : runbookText(check.runbook),
  ]);

const lineRow = (label: string, style: Style, id: string, parts: readonly string[]): Row =>
  row(
    [span(`${label}  `, style)],
    [span(id, 'strong'), ...parts.filter((part) => part !== '').map((part) => span(`  ${part}`))],
  );

/** `it passed only after 3 attempts; the first to fail ended in http-5xx`. */
const flakyText = ({ attempts }: CheckResult): string => {
  const code = attempts.find(({ reasonCode }) => reasonCode !== null)?.reasonCode ?? null;
  return `it passed only after ${attempts.length} attempts${code === null ? '' : `; the first to fail ended in ${code}`}`;
};

const reasonOf = (check: CheckResult): string => reasonText(check, seenAndAskedText(check));

const checkHead = (label: string, style: Style, check: CheckResult): Row =>
  headRow(label, style, check.id, check.title === check.id ? '' : check.title, effortText(check));

const headRow = (label: string, style: Style, id: string, title: string, effort: string): Row =>
  row(
    [span(`${label}  `, style)],
    [span(id, 'strong'), ...(title === '' ? [] : [span(`  ${title}`)])],
    effort === '' ? [] : [span(effort, 'dim')],
  );
