import { forTerminal } from '../encode/terminal.ts';
import type { CheckResult } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { mainBreak } from '../view/broken.ts';
import { markOf, seenAndAskedText, type Mark } from '../view/mark.ts';
import { requestLine } from '../view/request-line.ts';
import type { Token } from '../view/token.ts';
import { cellsOf, widthOf } from './cells.ts';
import { row, span, type Row, type Span } from './span.ts';

/** Columns that a note needs beside its carets; with fewer it goes below them. */
const NOTE_ROOM = 24;

/** The code frame of a finding: the request, the YAML line that asked, carets under the token, what was seen instead. */
export const frameRows = (check: CheckResult, options: ReportOptions): readonly Row[] => {
  const gutter = gutterWidth(check);
  const mark = markOf(check, options.sourceOf);
  const asked = requestLine(check);
  return [
    barRow(gutter, ''),
    ...(asked === '' ? [] : [barRow(gutter, `  ${asked}`)]),
    ...(mark === null ? [barRow(gutter, `  ${seenAndAskedText(check)}`)] : markRows(mark, gutter, options)),
    barRow(gutter, ''),
  ];
};

/** Columns before the bar: room for the line number. */
export const gutterWidth = (check: CheckResult): number =>
  Math.max(2, String((mainBreak(check)?.source ?? check.source).line).length);

const bar = (gutter: number, number = ''): Span => span(`${number.padStart(gutter)} |`, 'dim');

const barRow = (gutter: number, text: string): Row => ({
  first: [bar(gutter)],
  next: [bar(gutter), span('  ')],
  body: [span(text)],
  right: [],
  whole: false,
});

const markRows = (mark: Mark, gutter: number, options: ReportOptions): readonly Row[] => {
  const columns = (text: string): number => widthOf(cellsOf([span(forTerminal(text, options.unicode))]));
  const room = Math.max(20, options.width - gutter - 2);
  const { text, token } = windowOn(mark.text, mark.token, room);
  const before = span(' '.repeat(columns(text.slice(0, token.start))));
  const carets = span('^'.repeat(Math.max(1, columns(text.slice(token.start, token.end)))), 'bad');
  const line = row([bar(gutter, String(mark.line))], [span(text)]);
  const left = room - before.text.length - carets.text.length - 1;
  if (left < Math.min(NOTE_ROOM, columns(mark.note))) {
    return [line, row([bar(gutter), before, carets], []), barRow(gutter, `  ${mark.note}`)];
  }
  const under = span(' '.repeat(before.text.length + carets.text.length + 1));
  const note: Row = {
    first: [bar(gutter), before, carets, span(' ')],
    next: [bar(gutter), under],
    body: [span(mark.note, 'bad')],
    right: [],
    whole: false,
  };
  return [line, note];
};

/** The part of a long line that shows the token, with `...` where it was cut and room for the note behind it. */
const windowOn = (text: string, token: Token, room: number): { readonly text: string; readonly token: Token } => {
  if (text.length <= room) return { text, token };
  const end = Math.min(token.end, token.start + Math.floor(room / 2));
  const from = end <= room / 2 ? 0 : Math.max(0, token.start - Math.floor(room / 4));
  const head = from === 0 ? '' : '...';
  const shown = text.slice(from, from + room - head.length - 3);
  const tail = from + shown.length < text.length ? '...' : '';
  const shift = head.length - from;
  return { text: `${head}${shown}${tail}`, token: { start: token.start + shift, end: end + shift } };
};
