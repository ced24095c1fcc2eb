import type { Plan, PlannedCheck } from './plan.ts';

/** A look waits for its target no longer than this: whoever waits is awake in the night. */
const LONGEST_WAIT_MS = 5000;
/** A check that was given more time than this is known to be slow, and gets what there is. */
const USUAL_TIMEOUT_MS = 10_000;
/** What is left of a triage after its longest look. */
const SPARE_MS = 500;

/** The gate under which everything that was looked at counts. */
export const TRIAGE_GATE = 'triage';

/**
 * A plan for finding out fast what is broken: every check once, none waiting for another, the most urgent first, all
 * within `withinMs`. What may change something is left out, for a triage is made as often as somebody likes: scenarios,
 * bursts, requests that are not safe. So is what by its own spec takes longer than there is time; `lastsMs` tells that.
 */
export const toTriagePlan = (plan: Plan, withinMs: number, lastsMs: (check: PlannedCheck) => number): Plan => {
  const musts = new Set(
    plan.gates.flatMap(({ criteria }) => criteria.filter(({ tier }) => tier === 'must').map(({ id }) => id)),
  );
  const looks = plan.checks.map((check) => ({ check, why: whyNot(check, withinMs, lastsMs(check)) }));
  const checks = looks
    .flatMap(({ check, why }) => (why === null ? [check] : []))
    .toSorted((a, b) => urgency(a, musts) - urgency(b, musts))
    .map((check) => once(check, withinMs, lastsMs(check)));
  const ids = checks.map(({ id }) => id);
  const left = [
    ...looks.flatMap(({ check: { id }, why }) => (why === null ? [] : [{ id, why }])),
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

const whyNot = (check: PlannedCheck, withinMs: number, ownMs: number): string | null => {
  if (check.changes) return 'it may change something: gonogo run does it';
  if (ownMs + Math.min(LONGEST_WAIT_MS, withinMs / 3) > withinMs - SPARE_MS)
    return 'one look takes longer than this triage';
  return ofOneLook(check).length === 0 ? 'it is judged by many looks: gonogo run makes them' : null;
};

/** How long a look may take, with the time that it takes by its own spec. */
const timeoutOf = ({ timeoutMs }: PlannedCheck, withinMs: number, ownMs: number): number => {
  const waitMs = timeoutMs - ownMs;
  const mostMs = waitMs > USUAL_TIMEOUT_MS ? withinMs : LONGEST_WAIT_MS;
  return Math.min(ownMs + Math.min(waitMs, mostMs), withinMs - SPARE_MS);
};

/** What can be asked of a single look: percentiles of the duration cannot. */
const ofOneLook = ({ samples, expectations }: PlannedCheck): PlannedCheck['expectations'] =>
  samples > 1 ? expectations.filter(({ fact }) => !fact.startsWith('duration.')) : expectations;

/** Looks once; needs are for order and for not asking in vain, and here every answer is wanted. */
const once = (check: PlannedCheck, withinMs: number, ownMs: number): PlannedCheck => ({
  ...check,
  needs: [],
  samples: 1,
  expectations: ofOneLook(check),
  retry: { attempts: 1, delayMs: 0 },
  eventually: null,
  timeoutMs: timeoutOf(check, withinMs, ownMs),
});

/** P0 before P1 and what a gate insists on before the rest. */
const urgency = ({ id, priority }: PlannedCheck, musts: ReadonlySet<string>): number => {
  const [, digit] = /^P(\d)$/i.exec(priority ?? '') ?? [];
  return (digit === undefined ? 5 : Number(digit)) * 2 + (musts.has(id) ? 0 : 1);
};
