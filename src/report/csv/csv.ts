import type { CheckResult, Run } from '../../model/run.ts';
import { visible } from '../encode/visible.ts';
import { entriesOf } from '../view/findings.ts';
import { ownerText, runbookText } from '../view/phrase.ts';
import { isScenario } from '../view/steps.ts';

const COLUMNS = [
  'id',
  'title',
  'kind',
  'component',
  'owner',
  'outcome',
  'flaky',
  'reason_code',
  'layer',
  'message',
  'target',
  'duration_ms',
  'attempts',
  'file',
  'line',
  'runbook',
] as const;

type Cells = readonly (string | number | boolean | null)[];

/** CSV by RFC 4180: a line for the verdict, then one for each check, scenario, step and manual item. */
export const renderCsv = (run: Run): string =>
  [COLUMNS, verdictCells(run), ...entriesOf(run).flatMap(linesOf)]
    .map((cells: Cells) => `${cells.map(cell).join(',')}\r\n`)
    .join('');

const verdictCells = (run: Run): Cells => [
  'verdict',
  run.run.name,
  'verdict',
  null,
  null,
  run.verdict,
  null,
  null,
  null,
  run.reasons.join('; '),
  run.run.id,
  run.run.durationMs,
  ...[null, null, null, null],
];

const linesOf = (check: CheckResult): readonly Cells[] => [
  cellsOf(check, check.id),
  ...(isScenario(check)
    ? [...check.steps, ...check.cleanup].map((step) => cellsOf(step, `${check.id}/${step.name}`))
    : []),
];

const cellsOf = (check: CheckResult, id: string): Cells => [
  id,
  check.title,
  check.kind,
  check.component,
  check.owner === null ? null : ownerText(check.owner),
  check.outcome,
  check.flaky,
  check.reasonCode,
  check.layer,
  check.message,
  check.target,
  check.durationMs,
  check.attempts.length,
  check.source.file,
  check.source.line,
  check.runbook === null ? null : runbookText(check.runbook),
];

/**
 * A spreadsheet takes what begins with one of these for a formula, blanks before it or not, full-width ones in some
 * languages too. Where a semicolon separates the columns, a cell also begins behind each of those.
 */
const FORMULA = /(?<=^|;)(?=\s*[=+\-@|%＝＋－＠])/gu;

const cell = (value: string | number | boolean | null): string => {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = visible(value);
  const safe = text.replace(FORMULA, "'");
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
