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

/** The main break if somebody wrote it down: what broke by default is told better by the check's message. */
export const writtenBreak = (check: CheckResult): Shown | null => {
  const main = mainBreak(check);
  return main === null || main.source === null ? null : main;
};

/**
 * The other broken expectations that the file asks, one sentence each with the line. Defaults of the kind are left out:
 * beside the cause they only say that what came after it was not seen.
 */
export const otherBreaks = (check: CheckResult): readonly string[] => {
  const main = mainBreak(check);
  return brokenOf(check).flatMap((one) => {
    if (one === main || one.source === null) return [];
    return [`${breakText(one)} (line ${one.source.line}${one.level === 'warn' ? ', warns' : ''})`];
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
