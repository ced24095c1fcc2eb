import { shellCommand } from '../encode/shell.ts';
import { layOut } from '../console/layout.ts';
import { EMPTY, row, span, wholeRow, type Row } from '../console/span.ts';
import type { ReportOptions } from '../reporter.ts';
import type { TriageCause, TriageView } from './view.ts';

const LABEL = 9;

/** The triage on one screen: the worst first, each with the command that looks again and the steps that mend it. */
export const renderTriage = (view: TriageView, name: string, options: ReportOptions): string =>
  layOut(
    [
      row(
        [span(view.causes.length === 0 ? 'GOOD  ' : 'BROKEN  ', view.causes.length === 0 ? 'good' : 'bad')],
        [span(name, 'strong'), span(`  ${view.headline}`)],
      ),
      EMPTY,
      ...view.causes.flatMap(causeRows),
      ...view.contradictions.map((text) => row([span('CONTRADICTION  ', 'bad')], [span(text)])),
      ...(view.contradictions.length > 0 ? [EMPTY] : []),
      ...listRows('good', view.healthy, ', '),
      ...listRows('not seen', view.notChecked, '; '),
    ],
    options,
  );

const causeRows = ({ id, title, verdict, lines, runbook, steps, again }: TriageCause): readonly Row[] => [
  row(
    [span(`${verdict}  `, verdict === 'NO-GO' ? 'bad' : 'doubt')],
    [span(id, 'strong'), span(title === '' ? '' : `  ${title}`)],
  ),
  ...lines.map(({ label, text }) => row([span(`  ${label.padEnd(LABEL)}`, 'dim')], [span(text)])),
  ...(again === null ? [] : [wholeRow([span(`  ${'again'.padEnd(LABEL)}`, 'dim')], [span(shellCommand(again))])]),
  ...(runbook === '' ? [] : [wholeRow([span(`  ${'runbook'.padEnd(LABEL)}`, 'dim')], [span(runbook, 'place')])]),
  ...steps.map((step, at) => row([span(`  ${''.padEnd(LABEL)}${at + 1}. `)], [span(step)])),
  EMPTY,
];

const listRows = (label: string, items: readonly string[], separator: string): readonly Row[] =>
  items.length === 0 ? [] : [row([span(`${label.padEnd(LABEL + 2)}`, 'dim')], [span(items.join(separator))])];
