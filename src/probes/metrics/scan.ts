/** A place in a text that is read from left to right. The first flaw stays: whoever meets one gives up. */
export type Scan = { readonly text: string; at: number; flaw: string | null };

/** A scan of a whole text. */
export const startScan = (text: string): Scan => ({ text, at: 0, flaw: null });

/** What a sticky pattern finds here, which is then behind us; null when it finds nothing. */
export const take = (scan: Scan, pattern: RegExp): string | null => {
  const from = scan.at;
  pattern.lastIndex = from;
  if (!pattern.test(scan.text)) return null;
  scan.at = pattern.lastIndex;
  return scan.text.slice(from, scan.at);
};

/** Whether this text stands here; if so, it is behind us. */
export const accept = (scan: Scan, word: string): boolean => {
  if (!scan.text.startsWith(word, scan.at)) return false;
  scan.at += word.length;
  return true;
};

/** Whether everything is behind us. */
export const isAtEnd = ({ text, at }: Scan): boolean => at >= text.length;

const SHOWN = 24;

/** Notes that something else was expected here; answers null, for the caller to return. */
export const expected = (scan: Scan, what: string): null => {
  const rest = scan.text.slice(scan.at, scan.at + SHOWN);
  const found = rest === '' ? 'the end' : JSON.stringify(rest);
  scan.flaw ??= `expected ${what}, found ${found}`;
  return null;
};

/** Notes a flaw; answers null, for the caller to return. */
export const flawed = (scan: Scan, flaw: string): null => {
  scan.flaw ??= flaw;
  return null;
};

/** A metric name that needs no quotes. */
export const METRIC_NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
/** A label name that needs no quotes. */
export const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;
/** Text in double quotes, its escapes unread. */
export const QUOTED = /"[^"\\]*(?:\\[^][^"\\]*)*"/y;
