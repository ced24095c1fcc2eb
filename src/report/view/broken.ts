import { MATCHERS } from '../../matchers/matcher.ts';
import { phrase } from '../../matchers/phrase.ts';
import type { CheckResult } from '../../model/run.ts';
import { isJson, typedValue } from './value.ts';

export type Shown = CheckResult['expectations'][number];

/** The broken expectation to show in full: the first that fails the check, else the first that warns; null if none. */
export const mainBreak = (check: CheckResult): Shown | null => {
  const broken = brokenOf(check);
  return broken.find((one) => one.level === 'expect') ?? broken[0] ?? null;
};

/** The other broken expectations, one sentence each with the line that asked. */
export const otherBreaks = (check: CheckResult): readonly string[] => {
  const main = mainBreak(check);
  return brokenOf(check)
    .filter((one) => one !== main)
    .map((one) => {
      const where = one.source === null ? 'asked by default' : `line ${one.source.line}`;
      return `${breakText(one)} (${where}${one.level === 'warn' ? ', warns' : ''})`;
    });
};

/** `duration: number 2300 ms is not below 1500 ms`: the fact, and why the expectation about it broke. */
export const breakText = (one: Shown): string =>
  `${one.fact}: ${one.explanation === '' ? `${typedValue(one.actual)} breaks "${askedText(one)}"` : one.explanation}`;

/** What was asked of the fact: `is below 1500`. */
export const askedText = (one: Shown): string => {
  const matcher = MATCHERS.find((name) => name === one.matcher);
  return matcher === undefined || !isJson(one.expected)
    ? one.matcher
    : phrase({ matcher, expected: one.expected }, null);
};

const brokenOf = (check: CheckResult): readonly Shown[] => check.expectations.filter((one) => !one.held);
