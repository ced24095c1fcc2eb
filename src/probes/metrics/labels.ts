import type { Format } from './format.ts';
import { accept, expected, flawed, LABEL_NAME, QUOTED, take, type Scan } from './scan.ts';

/** Labels in the order in which they stand. */
export type Labels = readonly (readonly [name: string, value: string])[];

const BLANKS = /[ \t]*/y;
const GAP = /[ \t]+/y;
const SPACE = / /y;

/** Blanks that mean nothing; OpenMetrics has none of them. */
export const skipBlanks = (scan: Scan, format: Format): void => {
  if (format === 'prometheus') take(scan, BLANKS);
};

/** What parts two words: one space in OpenMetrics, any blanks in Prometheus text. */
export const takeGap = (scan: Scan, format: Format): boolean =>
  take(scan, format === 'prometheus' ? GAP : SPACE) !== null;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['"', '"'],
  ['\\', '\\'],
]);

/**
 * Text in double quotes with its escapes read; null, with the flaw noted, when there is none. In OpenMetrics a backslash
 * may stand before any character, and then means both.
 */
export const readQuoted = (scan: Scan, format: Format, what: string): string | null => {
  const from = scan.at;
  const quoted = take(scan, QUOTED);
  if (quoted === null) {
    return scan.text.charAt(from) === '"' ? flawed(scan, `${what} is not closed by a quote`) : expected(scan, what);
  }
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  const unknown = Array.from(quoted.matchAll(/\\([^])/g)).find(([, escape = '']) => !ESCAPES.has(escape));
  if (unknown !== undefined && format === 'prometheus') {
    return flawed(scan, `${unknown[0]} in ${what} is no escape: there are \\\\, \\" and \\n`);
  }
  return quoted.slice(1, -1).replaceAll(/\\([^])/g, (both, escape: string) => ESCAPES.get(escape) ?? both);
};

/** What stands in the braces: labels, and the name of the metric when that is in quotes. */
export type Braces = { readonly name: string | null; readonly labels: Labels };

/**
 * Reads `{a="b",...}`, in which names may be in quotes, and the first item may be the name of the metric, in quotes. The
 * opening brace is behind us. A comma may stand before the closing one in Prometheus text.
 */
export const readBraces = (scan: Scan, format: Format): Braces | null => {
  const labels: (readonly [string, string])[] = [];
  let name: string | null = null;
  for (skipBlanks(scan, format); !accept(scan, '}'); skipBlanks(scan, format)) {
    const first = labels.length === 0 && name === null;
    const quoted = scan.text.charAt(scan.at) === '"';
    const label = quoted ? readQuoted(scan, format, 'a name') : take(scan, LABEL_NAME);
    if (label === null) return expected(scan, 'the name of a label');
    skipBlanks(scan, format);
    if (quoted && first && scan.text.charAt(scan.at) !== '=') name = label;
    else {
      if (!accept(scan, '=')) return expected(scan, `"=" after the label ${label.slice(0, 80)}`);
      skipBlanks(scan, format);
      const value = readQuoted(scan, format, 'a value in double quotes');
      if (value === null) return null;
      if (label === '__name__') return flawed(scan, 'the label __name__ is reserved');
      if (labels.some(([other]) => other === label))
        return flawed(scan, `the label ${label.slice(0, 80)} stands twice`);
      labels.push([label, value]);
    }
    skipBlanks(scan, format);
    if (accept(scan, ',')) {
      if (format === 'openmetrics' && scan.text.charAt(scan.at) === '}')
        return expected(scan, 'a label after the comma');
    } else if (scan.text.charAt(scan.at) !== '}') return expected(scan, '"," or "}"');
  }
  return { name, labels };
};
