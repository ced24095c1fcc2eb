import type { Format } from './format.ts';
import { type Braces, type Labels, readBraces, skipBlanks, takeGap } from './labels.ts';
import { accept, expected, flawed, isAtEnd, METRIC_NAME, take, type Scan } from './scan.ts';

/** One line with a value. The timestamp is in milliseconds of the epoch; null when the line has none. */
export type Sample = {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
  readonly timestampMs: number | null;
};

const WORD = /[^ \t]+/y;
const REAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i;
const INFINITE = /^[+-]?inf(?:inity)?$/i;
const WHOLE = /^[+-]?[0-9]{1,19}$/;

/** A number as both formats write it; null when it is none, or out of range without being called infinite. */
export const readNumber = (word: string): number | null => {
  if (REAL.test(word)) {
    const number = Number(word);
    return Number.isFinite(number) ? number : null;
  }
  if (INFINITE.test(word)) return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/i.test(word) ? Number.NaN : null;
};

const takeNumber = (scan: Scan, what: string): number | null => {
  const from = scan.at;
  const number = readNumber(take(scan, WORD) ?? '');
  if (number !== null) return number;
  scan.at = from;
  return expected(scan, what);
};

/** Whole milliseconds in Prometheus text, seconds in OpenMetrics. */
const takeTimestamp = (scan: Scan, format: Format): number | null => {
  const from = scan.at;
  const word = take(scan, WORD) ?? '';
  const right = format === 'prometheus' ? WHOLE.test(word) : REAL.test(word);
  const ms = Number(word) * (format === 'prometheus' ? 1 : 1000);
  if (right && Number.isFinite(ms)) return ms;
  scan.at = from;
  return expected(scan, format === 'prometheus' ? 'a timestamp in whole milliseconds' : 'a timestamp in seconds');
};

const LONGEST_EXEMPLAR = 128;

const readExemplar = (scan: Scan): void => {
  const braces = accept(scan, '{') ? readBraces(scan, 'openmetrics') : expected(scan, 'the labels of an exemplar');
  if (braces === null) return;
  const length = braces.labels.reduce((sum, [name, value]) => sum + [...name].length + [...value].length, 0);
  if (braces.name !== null) flawed(scan, 'an exemplar has no name');
  else if (length > LONGEST_EXEMPLAR)
    flawed(scan, `the labels of the exemplar have ${length} characters, more than 128`);
  else if (!takeGap(scan, 'openmetrics')) expected(scan, 'the value of the exemplar');
  else if (takeNumber(scan, 'the value of the exemplar') !== null && !isAtEnd(scan)) {
    if (takeGap(scan, 'openmetrics')) takeTimestamp(scan, 'openmetrics');
  }
};

/** What may follow the value: a timestamp, and an exemplar in OpenMetrics. */
const readRest = (scan: Scan, format: Format): number | null => {
  let timestampMs: number | null = null;
  if (format === 'prometheus') {
    skipBlanks(scan, format);
    if (isAtEnd(scan)) return null;
    timestampMs = takeTimestamp(scan, format);
    skipBlanks(scan, format);
  } else if (!isAtEnd(scan)) {
    if (!accept(scan, ' # ')) {
      if (!takeGap(scan, format)) return expected(scan, 'one space or the end');
      timestampMs = takeTimestamp(scan, format);
      if (isAtEnd(scan) || !accept(scan, ' # ')) return isAtEnd(scan) ? timestampMs : expected(scan, 'the end');
    }
    readExemplar(scan);
  }
  if (!isAtEnd(scan)) expected(scan, 'the end');
  return timestampMs;
};

/** Whether labels begin here; blanks before them do not count. */
const opensBraces = (scan: Scan, format: Format): boolean => {
  const from = scan.at;
  skipBlanks(scan, format);
  if (accept(scan, '{')) return true;
  scan.at = from;
  return false;
};

const NO_BRACES: Braces = { name: null, labels: [] };

/** Reads a line with a sample; null, with the flaw noted, when it is none. */
export const readSample = (scan: Scan, format: Format): Sample | null => {
  skipBlanks(scan, format);
  const plain = take(scan, METRIC_NAME);
  const inBraces = opensBraces(scan, format);
  const braces = inBraces ? readBraces(scan, format) : NO_BRACES;
  if (braces === null) return null;
  if (plain !== null && braces.name !== null) return flawed(scan, `it has two names, ${plain} and ${braces.name}`);
  const name = plain ?? braces.name;
  if (name === null) return expected(scan, 'the name of a metric');
  const parted = takeGap(scan, format) || (format === 'prometheus' && inBraces);
  if (!parted) return expected(scan, 'a blank and a value');
  const value = takeNumber(scan, 'a value');
  if (value === null) return null;
  const timestampMs = readRest(scan, format);
  return scan.flaw === null ? { name, labels: braces.labels, value, timestampMs } : null;
};
