import type { CheckResult, RunbookSection } from '../../model/run.ts';
import { mainBreak, otherBreaks } from '../view/broken.ts';
import { chainsOf } from '../view/chain.ts';
import { ladderText } from '../view/ladder.ts';
import { positionText, runbookText } from '../view/phrase.ts';
import { cleanupText, stepsText } from '../view/steps.ts';
import { row, span, wholeRow, type Row } from './span.ts';
import { stepRow } from './step.ts';

/** Writes `   = label   text` under a gutter, or nothing when there is no text. What is to be copied stays on one line. */
export type Entry = (label: string, text: string, way?: 'flowing' | 'whole') => readonly Row[];

const LABEL_WIDTH = 10;
const MOST_STEPS = 9;
const MOST_KEPT = 4;

export const entriesUnder =
  (gutter: number): Entry =>
  (label, text, way = 'flowing') => {
    const first = [span(`${' '.repeat(gutter + 1)}= ${label.padEnd(LABEL_WIDTH)}`, 'dim')];
    if (text === '') return [];
    return way === 'whole' ? [wholeRow(first, [span(text)])] : [row(first, [span(text)])];
  };

/** `  --> checks/dashboard.yaml:14:17`. */
export const placeRow = (check: CheckResult, gutter: number): Row =>
  row(
    [span(`${' '.repeat(gutter)}--> `, 'dim')],
    [span(positionText(mainBreak(check)?.source ?? check.source), 'place')],
  );

/** The redirect chains, the other broken expectations, how far the look came, and what was kept of it. */
export const evidenceRows = (check: CheckResult, entry: Entry): readonly Row[] => [
  ...entry('steps', stepsText(check)),
  ...entry('cleanup', cleanupText(check)),
  ...chainsOf(check).flatMap((chain) => entry('chain', chain)),
  ...otherBreaks(check).flatMap((sentence) => entry('also', sentence)),
  ...entry('layer', ladderText(check)),
  ...keptTexts(check).flatMap((path) => entry('evidence', path, 'whole')),
];

/** Files that were kept, as they are named from the folder of the run. */
const keptTexts = ({ evidence }: CheckResult): readonly string[] => {
  const more = evidence.length - MOST_KEPT;
  return more > 0 ? [...evidence.slice(0, MOST_KEPT), `and ${more} more`] : evidence;
};

/** The runbook section with its steps, numbered. */
export const runbookRows = (
  section: RunbookSection | null,
  entry: Entry,
  gutter: number,
  shownAt: string | null = null,
): readonly Row[] => {
  if (section === null) return [];
  const indent = ' '.repeat(gutter + 3 + LABEL_WIDTH);
  const steps = section.steps
    .slice(0, MOST_STEPS)
    .map((step, index) => stepRow([span(`${indent}${index + 1}. `)], step));
  const more = section.steps.length - MOST_STEPS;
  const rest = more > 0 ? [row([span(indent)], [span(`... ${more} more in the runbook`, 'dim')])] : [];
  const whole = entry('runbook', runbookText(section), 'whole');
  if (shownAt !== null && section.steps.length > 0) {
    return [...whole, row([span(indent)], [span(`the steps that ${shownAt} shows`, 'dim')])];
  }
  return [...whole, ...steps, ...rest];
};
