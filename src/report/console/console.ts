import type { CheckResult, Run } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { findingsOf, type Cause } from '../view/findings.ts';
import { groupedByReason } from '../view/lists.ts';
import { effortText } from '../view/phrase.ts';
import { readinessParts, type ReadinessPart } from '../view/readiness.ts';
import { plural } from '../view/totals.ts';
import { blockerLine, blockerRows, lesserLine, lesserRows } from './finding.ts';
import { layOut } from './layout.ts';
import { EMPTY, row, span, type Row } from './span.ts';
import { bannerRows, closingRows, contradictionRows, gateRows, headlineRows } from './summary.ts';

/** Passing checks are listed up to this many, and only counted beyond. */
const MOST_PASSING = 20;

/** Of blockers and of lesser findings: this many in full, then this many in a line each, and the others are counted. */
const MOST_IN_FULL = 40;
const MOST_LINES = 200;

/** The report for a terminal or a log: what keeps us from going first, with who mends it and how; the verdict last. */
export const renderConsole = (run: Run, options: ReportOptions): string => {
  const findings = findingsOf(run);
  const shownAbove = stepsShownAbove(findings.blockers);
  const mark = options.unicode ? '\u2713' : 'ok';
  return layOut(
    [
      ...bannerRows(run),
      ...headlineRows(run),
      ...bounded(findings.blockers, (cause) => blockerRows(cause, options, shownAbove.get(cause) ?? null), blockerLine),
      ...run.contradictions.flatMap(contradictionRows),
      ...bounded(findings.lesser, lesserRows, lesserLine),
      ...section('Passing', passingRows(findings.passing, mark)),
      ...section('Gates', gateRows(run.gates)),
      ...readinessParts(run).flatMap((part) => section(part.title, readinessRows(part))),
      ...section(
        'Not checked',
        groupedByReason(run.notChecked, MOST_IN_FULL, MOST_LINES).map((text) => row([span('  ')], [span(text)])),
      ),
      ...closingRows(run, findings),
    ],
    options,
  );
};

/** The first in full, those that follow as a line each, and how many more there are. */
const bounded = <T>(all: readonly T[], inFull: (one: T) => readonly Row[], line: (one: T) => Row): readonly Row[] => {
  const lines = all.slice(MOST_IN_FULL, MOST_IN_FULL + MOST_LINES);
  const more = all.length - MOST_IN_FULL - lines.length;
  return [
    ...all.slice(0, MOST_IN_FULL).flatMap(inFull),
    ...lines.map(line),
    ...(more > 0 ? [row([span('... ')], [span(`and ${more} more: the other reports have them all`, 'strong')])] : []),
    ...(lines.length > 0 ? [EMPTY] : []),
  ];
};

/** For each blocker whose runbook steps stand under an earlier one: which that is. */
const stepsShownAbove = (causes: readonly Cause[]): ReadonlyMap<Cause, string> => {
  const first = new Map<string, string>();
  const above = new Map<Cause, string>();
  for (const cause of causes) {
    const { runbook } = cause.blocker;
    if (runbook === null) continue;
    const key = JSON.stringify([runbook.url, runbook.steps]);
    const known = first.get(key);
    if (known === undefined) first.set(key, cause.blocker.cause.check);
    else above.set(cause, known);
  }
  return above;
};

const section = (title: string, rows: readonly Row[]): readonly Row[] =>
  rows.length === 0 ? [] : [row([span(title, 'strong')], []), ...rows, EMPTY];

const readinessRows = ({ lines }: ReadinessPart): readonly Row[] => {
  const width = Math.max(...lines.map(({ state }) => state.length)) + 2;
  return lines.map(({ state, tone, id, text }) =>
    row([span(`  ${state.padEnd(width)}`, tone)], [span(id, 'strong'), span(text === '' ? '' : `  ${text}`)]),
  );
};

const passingRows = (checks: readonly CheckResult[], mark: string): readonly Row[] => {
  if (checks.length > MOST_PASSING) return [row([span('  ')], [span(`${plural(checks.length, 'check')} passed`)])];
  return checks.map((check) =>
    row(
      [span(`  ${mark}  `, 'good')],
      [span(check.id, 'strong'), ...(check.title === check.id ? [] : [span(`  ${check.title}`)])],
      [span(effortText(check), 'dim')],
    ),
  );
};
