import type { Span, Style } from './span.ts';

/** A character with its style and how many columns it takes. */
export type Cell = { readonly character: string; readonly columns: number; readonly style: Style };

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

export const cellsOf = (spans: readonly Span[]): readonly Cell[] =>
  spans.flatMap(({ text, style }) =>
    [...text].map((character) => ({ character, columns: columnsOf(character), style })),
  );

const columnsOf = (character: string): number => {
  if (character >= ' ' && character <= '~') return 1;
  if (/[\p{M}\ufe0f]/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
};

/** How many columns these cells take. */
export const widthOf = (cells: readonly Cell[]): number => cells.reduce((sum, cell) => sum + cell.columns, 0);

/** Breaks cells into lines of at most `width` columns: at blanks, and inside a word only when it fits on no line. */
export const wrap = (cells: readonly Cell[], width: number): readonly (readonly Cell[])[] => {
  const lines: (readonly Cell[])[] = [];
  let rest = cells;
  while (widthOf(rest) > width) {
    const fits = countThatFit(rest, width);
    const blank = rest.slice(0, fits + 1).findLastIndex((cell) => cell.character === ' ');
    const cut = blank > 0 && rest.slice(0, blank).some((cell) => cell.character !== ' ') ? blank : fits;
    lines.push(rest.slice(0, cut));
    const start = rest.findIndex((cell, index) => index >= cut && cell.character !== ' ');
    rest = start === -1 ? [] : rest.slice(start);
  }
  return rest.length > 0 || lines.length === 0 ? [...lines, rest] : lines;
};

const countThatFit = (cells: readonly Cell[], width: number): number => {
  let columns = 0;
  const over = cells.findIndex((cell) => {
    columns += cell.columns;
    return columns > width;
  });
  return Math.max(1, over);
};
