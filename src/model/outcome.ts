/** How one check ended. `fail` was seen to be wrong; `unknown` means that we cannot tell. */
export const OUTCOMES = ['pass', 'warn', 'fail', 'unknown', 'blocked', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The answer to "may we go?", best first. */
export const VERDICTS = ['GO', 'CONDITIONAL', 'HOLD', 'NO-GO'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How much a gate cares about a criterion. */
export const TIERS = ['must', 'should', 'nice'] as const;
export type Tier = (typeof TIERS)[number];

/** Whether a broken expectation fails the check or only warns. */
export type Level = 'expect' | 'warn';
