import { VERDICTS, type Verdict } from '../model/outcome.ts';

/** The worst of several verdicts; GO when there are none, so an empty list has to be caught before. */
export const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce<Verdict>((a, b) => (isWorse(b, a) ? b : a), 'GO');

/** Whether the first verdict is worse than the second: NO-GO > HOLD > CONDITIONAL > GO. */
export const isWorse = (a: Verdict, b: Verdict): boolean => VERDICTS.indexOf(a) > VERDICTS.indexOf(b);
