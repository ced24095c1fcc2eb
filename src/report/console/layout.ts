import { disarmLine, forTerminal } from '../encode/terminal.ts';
import { excerpt } from '../encode/visible.ts';
import { cellsOf, widthOf, wrap, type Cell } from './cells.ts';
import type { Row, Span, Style } from './span.ts';

/** The sheet that rows are laid out on. */
export type Sheet = { readonly width: number; readonly colour: boolean; readonly unicode: boolean };

const NARROWEST = 40;

/** Code points of one field; a report is for reading, and `run.json` has the rest. */
const FIELD_LIMIT = 2000;

const SGR: { readonly [style in Style]: string } = {
  plain: '',
  strong: '\u001b[1m',
  dim: '\u001b[2m',
  place: '\u001b[36m',
  bad: '\u001b[1;31m',
  doubt: '\u001b[1;33m',
  good: '\u001b[1;32m',
};

/** Lays out rows as text that ends in a newline. The one place where console text is made harmless, and coloured. */
export const layOut = (rows: readonly Row[], sheet: Sheet): string =>
  rows
    .flatMap((row) => rowLines(row, sheet))
    .map((line) => `${line}\n`)
    .join('');

const rowLines = (row: Row, sheet: Sheet): readonly string[] => {
  const width = Math.max(NARROWEST, sheet.width);
  const first = safeCells(row.first, sheet);
  const next = safeCells(row.next, sheet);
  const room = width - Math.max(widthOf(first), widthOf(next));
  const cells = safeCells(row.body, sheet);
  const body = row.whole ? [cells] : wrap(cells, Math.max(8, room));
  const lines = body.map((line, index) => [...(index === 0 ? first : next), ...line]);
  return withRight(lines, safeCells(row.right, sheet), next, width).map((line) =>
    disarmLine(paint(line, sheet.colour)),
  );
};

/** Puts `right` at the edge of a row that is a single line with room for it; else on a line of its own below. */
const withRight = (
  lines: readonly (readonly Cell[])[],
  right: readonly Cell[],
  next: readonly Cell[],
  width: number,
): readonly (readonly Cell[])[] => {
  const [only] = lines;
  if (right.length === 0 || only === undefined) return lines;
  const gap = width - widthOf(only) - widthOf(right);
  if (lines.length > 1 || gap < 2) return [...lines, [...next, ...right]];
  return [[...only, ...cellsOf([{ text: ' '.repeat(gap), style: 'plain' }]), ...right]];
};

const safeCells = (spans: readonly Span[], sheet: Sheet): readonly Cell[] =>
  cellsOf(spans.map(({ text, style }) => ({ text: forTerminal(excerpt(text, FIELD_LIMIT), sheet.unicode), style })));

const paint = (cells: readonly Cell[], colour: boolean): string => {
  const last = cells.findLastIndex((cell) => cell.character !== ' ');
  let text = '';
  let style: Style = 'plain';
  for (const cell of cells.slice(0, last + 1)) {
    if (colour && cell.style !== style) text += `${style === 'plain' ? '' : '\u001b[0m'}${SGR[cell.style]}`;
    style = cell.style;
    text += cell.character;
  }
  return colour && style !== 'plain' ? `${text}\u001b[0m` : text;
};
