import { shellCommand } from '../encode/shell.ts';
import { layOut } from '../console/layout.ts';
import { EMPTY, row, span, wholeRow, type Row } from '../console/span.ts';
import { stepRow } from '../console/step.ts';
import type { ReportOptions } from '../reporter.ts';
import type { TriageCause, TriageView } from './view.ts';

const LABEL = 9;
/** Characters of a message in the overview. */
const GLANCE = 60;

/** The triage on one screen: what is broken at a glance, then each root cause with the steps that mend it. */
export const renderTriage = (view: TriageView, name: string, options: ReportOptions): string =>
  layOut(
    [
      row([mark(view.mark)], [span(name, 'strong'), span(`  ${view.headline}`)]),
      ...view.banners.map((text) => row([span('  ! ', 'doubt')], [span(text)])),
      ...overviewRows(view),
      EMPTY,
      ...view.causes.flatMap(causeRows),
      ...view.contradictions.map((text) => row([span('CONTRADICTION  ', 'bad')], [span(text)])),
      ...(view.contradictions.length > 0 ? [EMPTY] : []),
      ...view.lesser.map((text) => row([label('beside')], [span(text)])),
      ...(view.healthy === '' ? [] : [row([label('good')], [span(view.healthy)])]),
      ...view.notChecked.map((text) => row([label('not seen')], [span(text)])),
      wholeRow([label('details')], [span(shellCommand(view.details))]),
    ],
    options,
  );

const mark = (verdict: TriageView['mark']) =>
  span(`${verdict}  `, verdict === 'NO-GO' ? 'bad' : verdict === 'HOLD' ? 'doubt' : 'good');

const label = (text: string) => span(text.padEnd(LABEL + 2), 'dim');

const glance = (text: string): string => (text.length > GLANCE ? `${text.slice(0, GLANCE - 1).toWellFormed()}…` : text);

const overviewRows = ({ overview, untold, causes }: TriageView): readonly Row[] => {
  if (overview.length === 0) return [];
  const width = Math.min(40, Math.max(...overview.map(({ id }) => id.length)));
  const number = String(overview.length).length;
  return [
    EMPTY,
    ...overview.map(({ verdict, id, what }, at) =>
      row(
        [
          span(`  ${String(at + 1).padStart(number)}. `),
          span(verdict.padEnd(8), verdict === 'NO-GO' ? 'bad' : 'doubt'),
        ],
        [span(id.padEnd(width), 'strong'), span(`  ${glance(what)}`)],
      ),
    ),
    ...(untold === 0 ? [] : [row([span('  ')], [span(`and ${untold} more`)])]),
    ...(overview.length > causes.length
      ? [row([span('  ')], [span(`the first ${causes.length} follow; the last line says how to see all`, 'dim')])]
      : []),
  ];
};

const causeRows = ({ id, title, verdict, what, lines, runbook, steps, again }: TriageCause): readonly Row[] => [
  row(
    [span(`${verdict}  `, verdict === 'NO-GO' ? 'bad' : 'doubt')],
    [span(id, 'strong'), span(title === '' ? '' : `  ${title}`)],
  ),
  row([span('  ')], [span(what)]),
  ...lines.map((line) => row([span('  '), span(line.label.padEnd(LABEL), 'dim')], [span(line.text)])),
  ...(runbook === '' ? [] : [wholeRow([span('  '), span('runbook'.padEnd(LABEL), 'dim')], [span(runbook, 'place')])]),
  ...steps.map((step, at) => numbered(step, at, runbook === '')),
  ...(again === null ? [] : [wholeRow([span('  '), span('again'.padEnd(LABEL), 'dim')], [span(shellCommand(again))])]),
  EMPTY,
];

const numbered = (step: string, at: number, isNext: boolean): Row =>
  stepRow([span('  '), span((isNext ? 'next' : '').padEnd(LABEL), 'dim'), span(isNext ? '' : `${at + 1}. `)], step);
