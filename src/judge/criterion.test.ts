import { describe, expect, it } from 'vitest';
import { OUTCOMES, TIERS, type Verdict } from '../model/outcome.ts';
import { criterionEffect, verdictOf, type CriterionState, type Effect } from './criterion.ts';

/** The table of the design, by outcome: what a must, a should and a nice make of the gate. */
const TABLE: { readonly [name: string]: readonly [Effect, Effect, Effect] } = {
  pass: ['none', 'none', 'none'],
  warn: ['condition', 'note', 'note'],
  'flaky pass, rule warn': ['condition', 'note', 'note'],
  'flaky, rule fail': ['NO-GO', 'condition', 'note'],
  'flaky, rule fail, waived': ['condition', 'note', 'note'],
  fail: ['NO-GO', 'condition', 'note'],
  'fail, waived': ['condition', 'note', 'note'],
  unknown: ['HOLD', 'condition', 'note'],
  skipped: ['HOLD', 'condition', 'note'],
  'blocked by a failure': ['NO-GO', 'condition', 'note'],
  blocked: ['HOLD', 'condition', 'note'],
};

const rowOf = ({ outcome, waived, flaky, rootOutcome, flakyRule }: CriterionState): string => {
  if (outcome === 'fail') return waived ? 'fail, waived' : 'fail';
  if (outcome === 'blocked') return rootOutcome === 'fail' && !waived ? 'blocked by a failure' : 'blocked';
  if (outcome === 'unknown' || outcome === 'skipped') return outcome;
  if (flaky && flakyRule === 'fail') return waived ? 'flaky, rule fail, waived' : 'flaky, rule fail';
  if (outcome === 'pass' && flaky && flakyRule === 'warn') return 'flaky pass, rule warn';
  return outcome;
};

const STATES: readonly CriterionState[] = OUTCOMES.flatMap((outcome) =>
  TIERS.flatMap((tier) =>
    [true, false].flatMap((waived) =>
      [true, false].flatMap((flaky) =>
        (['warn', 'fail', 'ignore'] as const).flatMap((flakyRule) =>
          (outcome === 'blocked' ? [...OUTCOMES, null] : [null]).map((rootOutcome) => ({
            outcome,
            tier,
            waived,
            flaky,
            flakyRule,
            rootOutcome,
          })),
        ),
      ),
    ),
  ),
);

describe('a criterion', () => {
  it.each(STATES)(
    'does what the table says: $outcome $tier, waived $waived, flaky $flaky ($flakyRule), root $rootOutcome',
    (state) => {
      expect(criterionEffect(state)).toBe(TABLE[rowOf(state)]?.[TIERS.indexOf(state.tier)]);
    },
  );

  it.each<[Effect, Verdict]>([
    ['none', 'GO'],
    ['note', 'GO'],
    ['condition', 'CONDITIONAL'],
    ['HOLD', 'HOLD'],
    ['NO-GO', 'NO-GO'],
  ])('of which the effect is %s leads to %s alone', (effect, verdict) => {
    expect(verdictOf(effect)).toBe(verdict);
  });

  it('lets nothing but a pass or a warning of a must end in GO or CONDITIONAL, unless a failure is waived', () => {
    const good = STATES.filter(({ tier }) => tier === 'must').filter((state) =>
      ['GO', 'CONDITIONAL'].includes(verdictOf(criterionEffect(state))),
    );
    expect(
      good.filter(({ outcome, waived }) => !['pass', 'warn'].includes(outcome) && !(outcome === 'fail' && waived)),
    ).toEqual([]);
  });
});
