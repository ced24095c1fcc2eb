import { compilePattern } from '../../matchers/pattern.ts';
import { accept, expected, flawed, isAtEnd, LABEL_NAME, METRIC_NAME, startScan, take, type Scan } from './scan.ts';

/** One condition on a label. A series without the label has it as the empty text, as in PromQL. */
export type LabelMatcher = {
  readonly label: string;
  readonly holds: (value: string) => boolean;
  /** Whether a series without the label fits too. */
  readonly fitsNone: boolean;
};

/** Series of one metric. */
export type Selector = { readonly name: string; readonly labels: readonly LabelMatcher[] };

/** What is asked of the series: the value of the only one, a number made of all, or a quantile. */
export type Query =
  | { readonly how: 'value' | 'sum' | 'max' | 'min' | 'count'; readonly of: Selector }
  | { readonly how: 'quantile'; readonly of: Selector; readonly at: number; readonly summed: boolean };

/** A query that was read, or what is wrong with it, as the predicate of a sentence. */
export type QueryReading =
  { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly problem: string };

const BLANK = /[ \t\n]*/y;
const WORD = /[a-zA-Z_]+(?=[ \t\n]*\()/y;
const NUMBER = /[0-9]*\.?[0-9]+/y;
const TEXT = /"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'/y;
const OPERATOR = /=~|!~|!=|=/y;

const blank = (scan: Scan): void => void take(scan, BLANK);

/** Whether that character comes next, blanks aside; notes what else was expected when it does not. */
const comes = (scan: Scan, character: string): boolean => {
  blank(scan);
  if (accept(scan, character)) return true;
  expected(scan, `"${character}"`);
  return false;
};

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
]);

const readText = (scan: Scan, what: string): string | null => {
  const quoted = take(scan, TEXT);
  if (quoted === null) return expected(scan, what);
  const unknown = [...quoted.matchAll(/\\([^])/g)].find(([, escape = '']) => !ESCAPES.has(escape));
  if (unknown !== undefined) return flawed(scan, `${unknown[0]} is no escape: write \\\\ for a backslash`);
  return quoted.slice(1, -1).replaceAll(/\\([^])/g, (_, escape: string) => ESCAPES.get(escape) ?? escape);
};

const test = (scan: Scan, operator: string, text: string): ((value: string) => boolean) | null => {
  if (operator === '=') return (value) => value === text;
  if (operator === '!=') return (value) => value !== text;
  const pattern = compilePattern(text);
  if (typeof pattern === 'string') return flawed(scan, `the pattern ${JSON.stringify(text)} is wrong: ${pattern}`);
  return operator === '=~' ? (value) => pattern.testExact(value) : (value) => !pattern.testExact(value);
};

/** `a="b"`, its name maybe in quotes; a name in quotes alone is that of the metric. */
const readMatcher = (scan: Scan): LabelMatcher | { readonly name: string } | null => {
  const quoted = /["']/.test(scan.text.charAt(scan.at));
  const label = quoted ? readText(scan, 'a name') : (take(scan, LABEL_NAME) ?? expected(scan, 'a label or "}"'));
  if (label === null) return null;
  blank(scan);
  const operator = take(scan, OPERATOR);
  if (operator === null) return quoted ? { name: label } : expected(scan, `=, !=, =~ or !~ after the label ${label}`);
  if (label === '__name__') return flawed(scan, 'the name of the metric stands before the braces, not in __name__');
  blank(scan);
  const text = readText(scan, 'a value in quotes');
  const holds = text === null ? null : test(scan, operator, text);
  return holds === null ? null : { label, holds, fitsNone: holds('') };
};

const readSelector = (scan: Scan): Selector | null => {
  blank(scan);
  let name = take(scan, METRIC_NAME);
  const labels: LabelMatcher[] = [];
  blank(scan);
  if (accept(scan, '{')) {
    for (blank(scan); !accept(scan, '}'); blank(scan)) {
      const matcher = readMatcher(scan);
      if (matcher === null) return null;
      if ('label' in matcher) labels.push(matcher);
      else if (name === null) name = matcher.name;
      else return flawed(scan, `it has two names, ${name} and ${matcher.name}`);
      blank(scan);
      if (!accept(scan, ',') && scan.text.charAt(scan.at) !== '}') return expected(scan, '"," or "}"');
    }
  }
  return name === null || name === '' ? expected(scan, 'the name of a metric') : { name, labels };
};

const readQuantile = (scan: Scan): Query | null => {
  blank(scan);
  const written = take(scan, NUMBER);
  const at = Number(written ?? Number.NaN);
  if (!(at >= 0 && at <= 1))
    return written === null ? expected(scan, 'a number') : flawed(scan, `${at} is not from 0 to 1`);
  if (!comes(scan, ',')) return null;
  blank(scan);
  const summed = take(scan, WORD);
  if (summed !== null && summed !== 'sum')
    return flawed(scan, `a quantile is taken of series or of sum(...), not of ${summed}`);
  if (summed !== null && !comes(scan, '(')) return null;
  const of = readSelector(scan);
  if (of === null || (summed !== null && !comes(scan, ')'))) return null;
  return { how: 'quantile', of, at, summed: summed !== null };
};

const HOW = ['sum', 'max', 'min', 'count', 'quantile'] as const;

const readWhole = (scan: Scan): Query | null => {
  blank(scan);
  const word = take(scan, WORD);
  const how = word === null ? 'value' : HOW.find((known) => known === word);
  if (how === undefined) return flawed(scan, `there is no ${word}(): there are ${HOW.join(', ')}`);
  if (word !== null && !comes(scan, '(')) return null;
  const of = how === 'quantile' ? null : readSelector(scan);
  const query = how === 'quantile' ? readQuantile(scan) : of === null ? null : ({ how, of } as const);
  if (query === null || (word !== null && !comes(scan, ')'))) return null;
  blank(scan);
  return isAtEnd(scan) ? query : expected(scan, 'the end');
};

/** Reads `name{label="x"}`, `sum(...)`, `quantile(0.95, ...)` and the like. Pure. */
export const readQuery = (text: string): QueryReading => {
  const scan = startScan(text);
  const query = readWhole(scan);
  return query === null
    ? { ok: false, problem: `is no selector: ${scan.flaw ?? 'it cannot be read'}` }
    : { ok: true, query };
};

/** How facts begin that carry a selector. */
export const FACT_PREFIX = 'metrics.';

/** What is wrong with the selector in the name of a fact, as a sentence; null when nothing is. */
export const factProblem = (fact: string): string | null => {
  if (!fact.startsWith(FACT_PREFIX)) return null;
  const selector = fact.slice(FACT_PREFIX.length);
  const reading = readQuery(selector);
  return reading.ok ? null : `${JSON.stringify(selector.slice(0, 200))} ${reading.problem}`;
};
