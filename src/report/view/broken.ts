import type { CheckResult } from '../../model/run.ts';
import { compact, typedValue } from './value.ts';

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

/** `duration number 2300 is not below 1500`: the fact, and why the expectation about it broke. */
export const breakText = (one: Shown): string =>
  one.explanation === '' ? `${one.fact} is ${typedValue(one.actual)}, not ${askedText(one)}` : `${one.fact}: ${one.explanation}`;

/** What was asked of the fact: `below 1500`. */
export const askedText = (one: Shown): string => `${one.matcher} ${compact(one.expected)}`;

const brokenOf = (check: CheckResult): readonly Shown[] => check.expectations.filter((one) => !one.held);
