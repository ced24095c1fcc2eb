import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/config.ts';
import type { CheckRecord } from '../execute/event.ts';
import { OUTCOMES, TIERS, type Tier, type Verdict } from '../model/outcome.ts';
import type { RecordedCheck } from '../plan/plan.ts';
import { judgeRun } from './judge-run.ts';
import { manualItem, signOff, waiver } from './test-manual.ts';
import { FLAKY, gate, leftOut, NOW, plannedCheck, recordOf, runRecord } from './test-run.ts';

/**
 * Outcomes to verdict, as the design has the table, and every combination of what it speaks of through the whole judge:
 * how the criterion ended, its tier, its waiver, what it needs, and the rule of the gate for flaky passes.
 */
const DESIGN = `
| pass                               | -         | -         | -    |
| warn                               | condition | note      | note |
| flaky pass when the gate says warn | condition | note      | note |
| flaky pass when the gate says fail | NO-GO     | condition | note |
| fail                               | NO-GO     | condition | note |
| fail with a valid waiver           | condition | note      | note |
| unknown                            | HOLD      | condition | note |
| skipped                            | HOLD      | condition | note |
| manual item pending                | HOLD      | condition | note |
| blocked by a failure               | NO-GO     | condition | note |
| blocked by anything else           | HOLD      | condition | note |
`;

const ROWS = new Map(
  DESIGN.trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name = '', ...effects]) => [name, effects.slice(0, 3)] as const),
);
const VERDICTS: ReadonlyMap<string, Verdict> = new Map([
  ['-', 'GO'],
  ['note', 'GO'],
  ['condition', 'CONDITIONAL'],
  ['HOLD', 'HOLD'],
  ['NO-GO', 'NO-GO'],
]);

const ENDS = [...OUTCOMES, 'flaky', 'manual'] as const;
const WAIVERS = ['none', 'for this reason', 'for another reason', 'expired', 'beyond the horizon'] as const;
const NEEDS = ['nothing', 'a pass', 'a failure', 'a waived failure', 'an unknown', 'a skipped'] as const;
const RULES = ['warn', 'fail', 'ignore'] as const;

type Case = {
  readonly end: (typeof ENDS)[number];
  readonly tier: Tier;
  readonly waived: (typeof WAIVERS)[number];
  readonly need: (typeof NEEDS)[number];
  readonly rule: Gate['flaky'];
};

/** What is blocked needs something that is not good; anything else that would need it would be blocked. */
const possible = ({ end, need }: Case): boolean =>
  end === 'manual'
    ? need === 'nothing'
    : end === 'blocked'
      ? need !== 'a pass'
      : need === 'nothing' || need === 'a pass';

const CASES: readonly Case[] = ENDS.flatMap((end) =>
  TIERS.flatMap((tier) =>
    WAIVERS.flatMap((waived) => NEEDS.flatMap((need) => RULES.map((rule) => ({ end, tier, waived, need, rule })))),
  ),
).filter(possible);

const rowOf = ({ end, waived, need, rule }: Case): string => {
  if (end === 'fail') return waived === 'for this reason' ? 'fail with a valid waiver' : 'fail';
  if (end === 'flaky') return rule === 'ignore' ? 'pass' : `flaky pass when the gate says ${rule}`;
  if (end === 'blocked') return need === 'a failure' ? 'blocked by a failure' : 'blocked by anything else';
  return end === 'manual' ? 'manual item pending' : end;
};

const NEEDED: { readonly [need in Case['need']]: CheckRecord } = {
  nothing: recordOf.pass,
  'a pass': recordOf.pass,
  'a failure': recordOf.fail,
  'a waived failure': recordOf.fail,
  'an unknown': recordOf.unknown,
  'a skipped': recordOf.skipped,
};

const GIVEN = {
  none: {},
  'for this reason': {},
  'for another reason': { reasonCode: 'http-5xx' },
  expired: { expires: '2026-11-21T12:00:00Z' },
  'beyond the horizon': { expires: '2027-11-21' },
} as const;

const verdictOf = ({ end, tier, waived, need, rule }: Case): Verdict => {
  const record = end === 'flaky' ? FLAKY : end === 'manual' ? recordOf.pass : recordOf[end];
  const one = plannedCheck('one', { needs: need === 'nothing' ? [] : ['need'] });
  const checks: (readonly [RecordedCheck, CheckRecord])[] = [
    [plannedCheck('anchor'), recordOf.pass],
    ...(need === 'nothing' ? [] : [[plannedCheck('need'), NEEDED[need]] as const]),
    ...(end === 'manual' ? [] : [[one, record] as const]),
  ];
  const criteria = [
    { id: 'anchor', tier: 'must' },
    { id: 'one', tier },
  ] as const;
  const waivers = [
    ...(waived === 'none' ? [] : [waiver('one', GIVEN[waived])]),
    ...(need === 'a waived failure' ? [waiver('need')] : []),
  ];
  const manual = end === 'manual' ? [manualItem('one', { signOffs: [signOff('ada', { sameItem: false })] })] : [];
  const gates = [gate('launch', [], { criteria, flaky: rule })];
  return judgeRun(runRecord({ checks, gates, plan: { waivers, manual } }), NOW).verdict;
};

describe('the verdict of a gate', () => {
  it.each(CASES)('with a criterion that is $end ($tier, waiver $waived, needs $need, flaky $rule)', (one) => {
    const effect = ROWS.get(rowOf(one))?.[TIERS.indexOf(one.tier)];
    expect(verdictOf(one)).toBe(VERDICTS.get(effect ?? ''));
  });

  it('covers every row of the table', () => {
    expect(new Set(CASES.map(rowOf))).toEqual(new Set(ROWS.keys()));
    expect(CASES.length).toBeGreaterThan(500);
  });

  it('is HOLD where a criterion was left out, and where no must was looked at', () => {
    const judge = (musts: readonly string[], record: CheckRecord | null) =>
      judgeRun(runRecord({ checks: [[plannedCheck('a'), record]], gates: [gate('g', musts)] }), NOW).verdict;
    expect(judge(['a', 'gone'], recordOf.pass)).toBe('HOLD');
    expect(judge([], recordOf.pass)).toBe('HOLD');
    expect(judge(['a'], null)).toBe('HOLD');
    expect(judge(['a'], leftOut('not-run'))).toBe('HOLD');
    expect(judgeRun(runRecord({ checks: [[plannedCheck('a'), recordOf.pass]], gates: [] }), NOW).verdict).toBe('HOLD');
  });
});
