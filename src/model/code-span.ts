/** A piece of a line of Markdown: what stands between two equal runs of backticks is code. */
export type Piece = {
  /** What a reader sees: of code without its backticks. */
  readonly text: string;
  readonly code: boolean;
  /** As written. */
  readonly raw: string;
  /** Where `text` begins in the line. */
  readonly index: number;
};

const SPAN = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/gsu;

/** A line in pieces, in its order; nothing of it is left out. Code spans are those of CommonMark. */
export const piecesOf = (line: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let from = 0;
  const addText = (to: number): void => {
    const text = line.slice(from, to);
    if (text !== '') pieces.push({ text, code: false, raw: text, index: from });
  };
  for (const { 0: raw, 1: fence = '', 2: inside = '', index } of line.matchAll(SPAN)) {
    addText(index);
    const padded = inside.startsWith(' ') && inside.endsWith(' ') && inside.trim() !== '';
    const text = padded ? inside.slice(1, -1) : inside;
    pieces.push({ text, code: true, raw, index: index + fence.length + (padded ? 1 : 0) });
    from = index + raw.length;
  }
  addText(line.length);
  return pieces;
};

/** A text as a code span that nothing in it can end. */
export const asCodeSpan = (text: string): string => {
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = /^[` ]|[` ]$/u.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
};

/** How many backticks stand side by side in a text, at most. */
export const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/gu)].map((match) => match[0].length));
