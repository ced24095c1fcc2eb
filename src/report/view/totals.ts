import { OUTCOMES } from '../../model/outcome.ts';
import type { GateResult, Run } from '../../model/run.ts';

/** `9 checks: 3 pass, 4 fail, 1 blocked, 1 skipped`; flaky passes are named too. */
export const totalsText = (totals: Run['totals']): string => {
  const parts = OUTCOMES.filter((outcome) => totals[outcome] > 0).map((outcome) => `${totals[outcome]} ${outcome}`);
  const flaky = totals.flaky > 0 ? [`${totals.flaky} flaky`] : [];
  const counts = [...parts, ...flaky].join(', ');
  return `${plural(totals.checks, 'check')}${counts === '' ? '' : `: ${counts}`}`;
};

/** `must 14/15 evaluated, 13 pass, 1 waived`, for each tier that the gate uses. */
export const coverageText = (coverage: GateResult['coverage']): readonly string[] =>
  coverage
    .filter((part) => part.total > 0)
    .map((part) => {
      const waived = part.waived > 0 ? `, ${part.waived} waived` : '';
      return `${part.tier} ${part.evaluated}/${part.total} evaluated, ${part.passed} pass${waived}`;
    });

/** `1 check`, `2 checks`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
