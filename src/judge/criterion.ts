import type { Gate } from '../config/config.ts';
import type { Outcome, Tier, Verdict } from '../model/outcome.ts';

/** What one criterion does to the verdict of its gate. */
export type Effect = 'none' | 'note' | 'condition' | 'HOLD' | 'NO-GO';

/** A criterion as the gate sees it. */
export type CriterionState = {
  readonly tier: Tier;
  readonly outcome: Outcome;
  /** A valid waiver covers the reason code of the check, or of the root cause that blocks it. */
  readonly waived: boolean;
  /** It passed, after a failed attempt. */
  readonly flaky: boolean;
  /** Of the worst root cause of a blocked criterion; null when it is not blocked, or its cause is not known. */
  readonly rootOutcome: Outcome | null;
  readonly flakyRule: Gate['flaky'];
};

/** The one place that says what a criterion means for a gate. */
export const criterionEffect = (state: CriterionState): Effect => EFFECTS[gradeOf(state)][state.tier];

type Grade = 'good' | 'doubtful' | 'unproved' | 'wrong';

const EFFECTS: { readonly [G in Grade]: { readonly [T in Tier]: Effect } } = {
  good: { must: 'none', should: 'none', nice: 'none' },
  doubtful: { must: 'condition', should: 'note', nice: 'note' },
  unproved: { must: 'HOLD', should: 'condition', nice: 'note' },
  wrong: { must: 'NO-GO', should: 'condition', nice: 'note' },
};

const gradeOf = ({ outcome, waived, flaky, rootOutcome, flakyRule }: CriterionState): Grade => {
  const wrong = waived ? 'doubtful' : 'wrong';
  switch (outcome) {
    case 'pass':
    case 'warn':
      if (flaky && flakyRule === 'fail') return wrong;
      return outcome === 'warn' || (flaky && flakyRule === 'warn') ? 'doubtful' : 'good';
    case 'fail':
      return wrong;
    case 'unknown':
    case 'skipped':
      return 'unproved';
    case 'blocked':
      return rootOutcome === 'fail' && !waived ? 'wrong' : 'unproved';
  }
};

/** The verdict that an effect alone leads to. */
export const verdictOf = (effect: Effect): Verdict => {
  switch (effect) {
    case 'none':
    case 'note':
      return 'GO';
    case 'condition':
      return 'CONDITIONAL';
    case 'HOLD':
    case 'NO-GO':
      return effect;
  }
};
