import type { Plan, PlannedCheck } from './plan.ts';

/** One look may take no longer than this: whoever waits is awake in the night. */
const LONGEST_LOOK_MS = 5000;

/** The gate under which everything that was looked at counts. */
export const TRIAGE_GATE = 'triage';

/**
 * A plan for finding out fast what is broken: every check once, none waiting for another, the most urgent first, all
 * within `withinMs`. Scenarios change things and are left out, and so is what takes longer than there is time.
 */
export const toTriagePlan = (plan: Plan, withinMs: number): Plan => {
  const musts = new Set(
    plan.gates.flatMap(({ criteria }) => criteria.filter(({ tier }) => tier === 'must').map(({ id }) => id)),
  );
  const quick = plan.checks.filter(({ timeoutMs, samples }) => timeoutMs <= withinMs || samples > 1);
  const checks = quick.toSorted((a, b) => urgency(a, musts) - urgency(b, musts)).map((check) => once(check, withinMs));
  const ids = checks.map(({ id }) => id);
  const left = [
    ...plan.checks
      .filter(({ id }) => !ids.includes(id))
      .map(({ id }) => ({ id, why: 'one look takes longer than this triage' })),
    ...plan.scenarios.map(({ id }) => ({ id, why: 'a scenario may change something: gonogo run does it' })),
  ];
  const criteria = ids.map((id) => ({ id, tier: 'must' as const }));
  const source = { file: plan.checks[0]?.source.file ?? '', line: 1, column: 1 };
  const about = { owner: null, deadline: null, estimateMs: null, flaky: 'ignore', needs: [] } as const;
  return {
    ...plan,
    order: ids,
    checks,
    scenarios: [],
    manual: [],
    items: [],
    risks: [],
    gates: [{ id: TRIAGE_GATE, title: TRIAGE_GATE, criteria, ...about, source }],
    notSelected: [...plan.notSelected, ...left],
    deadlineMs: withinMs,
  };
};

/** Looks once; needs are for order and for not asking in vain, and here every answer is wanted. */
const once = (check: PlannedCheck, withinMs: number): PlannedCheck => ({
  ...check,
  needs: [],
  samples: 1,
  expectations:
    check.samples > 1 ? check.expectations.filter(({ fact }) => !fact.startsWith('duration.')) : check.expectations,
  retry: { attempts: 1, delayMs: 0 },
  eventually: null,
  timeoutMs: Math.min(check.timeoutMs, LONGEST_LOOK_MS, withinMs),
});

/** P0 before P1 and what a gate insists on before the rest. */
const urgency = ({ id, priority }: PlannedCheck, musts: ReadonlySet<string>): number => {
  const [, digit] = /^P(\d)$/i.exec(priority ?? '') ?? [];
  return (digit === undefined ? 5 : Number(digit)) * 2 + (musts.has(id) ? 0 : 1);
};
