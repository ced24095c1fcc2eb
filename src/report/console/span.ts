/** How a stretch of console text looks; without colour every style is plain. */
export type Style = 'plain' | 'strong' | 'dim' | 'place' | 'bad' | 'doubt' | 'good';

/** Text in one style. It may hold anything: it is made harmless when it is laid out. */
export type Span = { readonly text: string; readonly style: Style };

/**
 * One logical line: `first` opens it, `next` opens each line that it wraps into, `body` flows between them, and `right`
 * stands at the right edge when there is room. `first` and `next` are ours, so no foreign text starts a line.
 * A `whole` row is not wrapped, for what is to be copied or clicked.
 */
export type Row = {
  readonly first: readonly Span[];
  readonly next: readonly Span[];
  readonly body: readonly Span[];
  readonly right: readonly Span[];
  readonly whole: boolean;
};

export const span = (text: string, style: Style = 'plain'): Span => ({ text, style });

/** A row that hangs: what it wraps into is indented as wide as its opening. */
export const row = (first: readonly Span[], body: readonly Span[], right: readonly Span[] = []): Row => {
  const indent = first.reduce((sum, one) => sum + one.text.length, 0);
  return { first, next: [span(' '.repeat(Math.max(2, indent)))], body, right, whole: false };
};

/** A row that is one line, however long. */
export const wholeRow = (first: readonly Span[], body: readonly Span[]): Row => ({ ...row(first, body), whole: true });

export const EMPTY: Row = { first: [], next: [], body: [], right: [], whole: false };
