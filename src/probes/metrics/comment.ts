import { declareHelp, declareType, declareUnit, type Families } from './families.ts';
import { readQuoted } from './labels.ts';
import { accept, METRIC_NAME, startScan, take, type Scan } from './scan.ts';

const WORD = /[^ \t]+/y;
const BLANKS = /[ \t]+/y;
const KINDS = ['HELP', 'TYPE', 'UNIT'] as const;

const takeName = (scan: Scan, families: Families): string | null =>
  scan.text.charAt(scan.at) === '"' ? readQuoted(scan, families.format, 'a name') : take(scan, METRIC_NAME);

const helpFlaw = (help: string): string | null => {
  const unknown = Array.from(help.matchAll(/\\([^]?)/g)).find(([, escape]) => escape !== '\\' && escape !== 'n');
  return unknown === undefined ? null : `${unknown[0]} in a help text is no escape: there are \\\\ and \\n`;
};

const declare = (families: Families, kind: (typeof KINDS)[number], name: string, rest: string): string | null => {
  if (kind === 'HELP') return (families.format === 'prometheus' ? helpFlaw(rest) : null) ?? declareHelp(families, name);
  const word = families.format === 'prometheus' ? rest.trimEnd() : rest;
  return kind === 'TYPE' ? declareType(families, name, word) : declareUnit(families, name, word);
};

/** A line of Prometheus text that begins with `#`: HELP, TYPE, or a comment that means nothing. */
const readPrometheusComment = (families: Families, scan: Scan): string | null => {
  take(scan, BLANKS);
  const word = take(scan, WORD);
  const kind = KINDS.find((known) => known === word);
  if (kind === undefined || kind === 'UNIT') return null;
  take(scan, BLANKS);
  const name = takeName(scan, families);
  if (name === null) return scan.flaw ?? `${kind} names no metric`;
  const parted = take(scan, BLANKS) !== null || scan.at === scan.text.length;
  return parted ? declare(families, kind, name, scan.text.slice(scan.at)) : `${kind} names no metric`;
};

/** A line of OpenMetrics that begins with `#`: HELP, TYPE or UNIT, with one space between the words. */
const readOpenMetricsComment = (families: Families, scan: Scan): string | null => {
  const kind = KINDS.find((known) => accept(scan, ` ${known} `));
  if (kind === undefined) return 'OpenMetrics has no comments: expected # HELP, # TYPE, # UNIT or # EOF';
  const name = takeName(scan, families);
  if (name === null) return scan.flaw ?? `${kind} names no metric`;
  if (!accept(scan, ' ') && scan.at < scan.text.length) return `${kind} names no metric`;
  return declare(families, kind, name, scan.text.slice(scan.at));
};

/** Takes in a line that begins with `#`, at most after blanks. Answers what is wrong with it; null when nothing is. */
export const readComment = (families: Families, line: string): string | null => {
  const scan = startScan(line);
  scan.at = line.indexOf('#') + 1;
  return families.format === 'prometheus'
    ? readPrometheusComment(families, scan)
    : readOpenMetricsComment(families, scan);
};
