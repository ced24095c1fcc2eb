import type { Verdict } from '../../model/outcome.ts';
import type { Contradiction, GateResult, Run } from '../../model/run.ts';
import { formatTime } from '../view/duration.ts';
import type { Findings } from '../view/findings.ts';
import { named } from '../view/lists.ts';
import { circumstancesText, gateTimeText, incompleteText, repairText } from '../view/phrase.ts';
import { coverageText, plural, totalsText } from '../view/totals.ts';
import { EMPTY, row, span, type Row, type Span, type Style } from './span.ts';

const STYLE_OF_VERDICT: { readonly [verdict in Verdict]: Style } = {
  GO: 'good',
  CONDITIONAL: 'doubt',
  HOLD: 'doubt',
  'NO-GO': 'bad',
};

const MOST_REASONS = 8;
const MOST_HOLDING = 20;
const MOST_SAID = 20;

/** What must be known before anything else: absent credentials, an interrupted run. */
export const bannerRows = (run: Run): readonly Row[] => {
  const incomplete = incompleteText(run);
  const banners = [
    ...(incomplete === null ? [] : [incomplete]),
    ...run.banners.filter((banner) => banner !== incomplete),
  ];
  return banners.length === 0
    ? []
    : [...banners.map((banner) => row([span('! ', 'doubt')], [span(banner, 'doubt')])), EMPTY];
};

/** The verdict with name, environment, duration and totals, and why it is what it is. */
export const headlineRows = (run: Run): readonly Row[] => {
  const indent = span('  ');
  const reasons = run.reasons.slice(0, MOST_REASONS).map((reason) => row([span('  - ')], [span(reason)]));
  const more = run.reasons.length - MOST_REASONS;
  return [
    row([span(`${run.verdict}  `, STYLE_OF_VERDICT[run.verdict])], [span(run.run.name, 'strong')]),
    row([indent], [span(circumstancesText(run), 'dim')]),
    row([indent], [span(totalsText(run.totals))]),
    ...reasons,
    ...(more > 0
      ? [row([span('  - ')], [span(`... and ${plural(more, 'more reason')}`.replace('more reasons', 'more'))])]
      : []),
    EMPTY,
  ];
};

export const contradictionRows = (contradiction: Contradiction): readonly Row[] => [
  row([span('CONTRADICTION  ', 'bad')], [span(contradiction.component, 'strong'), span(`  ${contradiction.message}`)]),
  sayingRow('claim', contradiction.claim),
  sayingRow('evidence', contradiction.evidence),
  EMPTY,
];

const sayingRow = (label: string, saying: Contradiction['claim']): Row =>
  row([span(`   = ${label.padEnd(10)}`, 'dim')], [span(saying.check, 'strong'), span(` says ${saying.says}`)]);

/** Each gate: its verdict, how much of it was evaluated, what holds it, its conditions and notes. */
export const gateRows = (gates: readonly GateResult[]): readonly Row[] => {
  const width = Math.max(0, ...gates.map((gate) => gate.verdict.length)) + 2;
  return gates.flatMap((gate) => {
    const under = span(' '.repeat(width + 2));
    const title = gate.title === gate.id ? '' : `  ${gate.title}`;
    return [
      row(
        [span('  '), span(gate.verdict.padEnd(width), STYLE_OF_VERDICT[gate.verdict])],
        [span(gate.id, 'strong'), span(title)],
        [span(gateTimeText(gate), 'dim')],
      ),
      ...coverageText(gate.coverage).map((text) => row([under], [span(text)])),
      ...(gate.blockedBy.length === 0 ? [] : [row([under], [span(`held by ${named(gate.blockedBy, MOST_HOLDING)}`)])]),
      ...saidRows('condition', gate.conditions, under),
      ...saidRows('note', gate.notes, under),
    ];
  });
};

/** The first conditions or notes of a gate, and how many more there are. */
const saidRows = (word: string, texts: readonly string[], under: Span): readonly Row[] => {
  const more = texts.length - MOST_SAID;
  const shown = more > 0 ? [...texts.slice(0, MOST_SAID), `... and ${more} more`] : texts;
  return shown.map((text) => row([under, span(`${word}  `, 'dim')], [span(text)]));
};

/** The verdict once more, as the last line: what counts is where the eye ends. */
export const closingRows = (run: Run, findings: Findings): readonly Row[] => {
  const repair = repairText(run);
  const held = findings.blockers.length === 0 ? '' : `  ${plural(findings.blockers.length, 'blocker')}`;
  const until = run.validUntil === null ? '' : `  valid until ${formatTime(run.validUntil)}`;
  return [
    ...(repair === null ? [] : [row([span('  ')], [span(repair)]), EMPTY]),
    row(
      [span(`${run.verdict}  `, STYLE_OF_VERDICT[run.verdict])],
      [span(run.run.name, 'strong'), span(held), span(until)],
    ),
  ];
};
