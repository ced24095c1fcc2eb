import { expect, it } from 'vitest';
import { VERDICTS, type Verdict } from '../model/outcome.ts';
import { isWorse, worst } from './verdict.ts';

const ORDER: readonly Verdict[] = ['GO', 'CONDITIONAL', 'HOLD', 'NO-GO'];

it.each(ORDER.flatMap((a, left) => ORDER.map((b, right) => [a, b, left > right] as const)))(
  '%s is worse than %s: %s',
  (a, b, worse) => {
    expect(isWorse(a, b)).toBe(worse);
    expect(worst([a, b])).toBe(worse ? a : b);
  },
);

it('the worst of all is found wherever it stands, and of none it is GO', () => {
  expect(new Set(VERDICTS)).toEqual(new Set(ORDER));
  expect(worst(ORDER)).toBe('NO-GO');
  expect(worst(ORDER.toReversed())).toBe('NO-GO');
  expect(worst(['GO', 'HOLD', 'CONDITIONAL'])).toBe('HOLD');
  expect(worst([])).toBe('GO');
});
