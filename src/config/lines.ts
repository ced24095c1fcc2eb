/** Line and column of an offset, both counted from 1; a column counts UTF-16 units, as editors do. */
export type LineColumn = { readonly line: number; readonly column: number };

/** Where each line of a text starts; a line ends with LF, CR LF or a lone CR. */
export type LineTable = readonly number[];

export const lineTable = (text: string): LineTable => {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
};

/** The position of an offset, by binary search. */
export const lineColumn = (lines: LineTable, offset: number): LineColumn => {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
};

/** The text of a line without its end; empty when there is no such line. */
export const lineText = (text: string, lines: LineTable, line: number): string => {
  const start = lines[line - 1];
  return start === undefined ? '' : text.slice(start, lines[line] ?? text.length).replace(/[\r\n]+$/, '');
};
