import { codeCell, forMarkdown } from '../encode/markdown.ts';
import type { CheckResult, GateResult } from '../../model/run.ts';
import { formatDuration } from '../view/duration.ts';
import { stateOf } from '../view/findings.ts';
import { deadlineText } from '../view/phrase.ts';
import { coverageText } from '../view/totals.ts';
import { runbookLink } from './finding.ts';

/** The gates: verdict, coverage, what holds them, and the conditions under which they open. */
export const gatesTable = (gates: readonly GateResult[]): readonly string[] =>
  table(
    ['Verdict', 'Gate', 'Due', 'Coverage', 'Held by', 'Conditions and notes'],
    gates.map((gate) => [
      `**${gate.verdict}**`,
      nameCell(gate.id, gate.title),
      forMarkdown(deadlineText(gate).replace(/^due /, '')),
      coverageText(gate.coverage).join('<br>'),
      gate.blockedBy.map(codeCell).join(', '),
      [...gate.conditions, ...gate.notes].map(forMarkdown).join('<br>'),
    ]),
  );

/** Every check in plan order, whatever became of it. */
export const checksTable = (checks: readonly CheckResult[], root: string): readonly string[] =>
  table(
    ['Outcome', 'Check', 'Reason', 'Owner', 'Runbook', 'Time'],
    checks.map((check) => [
      stateOf(check) === 'pass' ? 'pass' : `**${stateOf(check)}**`,
      nameCell(check.id, check.title),
      reasonCell(check),
      forMarkdown(check.owner?.id ?? ''),
      check.runbook === null || check.outcome === 'pass'
        ? ''
        : runbookLink(check.runbook, root).replace(/(?<!\\)\|/gu, '\\|'),
      check.durationMs === null ? '' : formatDuration(check.durationMs),
    ]),
  );

const nameCell = (id: string, title: string): string =>
  [codeCell(id), title === id ? '' : forMarkdown(title)].filter((part) => part !== '').join('<br>');

const reasonCell = (check: CheckResult): string =>
  [
    check.reasonCode === null ? '' : codeCell(check.reasonCode),
    forMarkdown(check.message),
    check.causedBy === null ? '' : `blocked by ${codeCell(check.causedBy)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')];
};
