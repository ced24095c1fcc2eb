import type { Plan, PlannedCheck, PlannedScenario, PlannedStep } from './plan.ts';

/** The id of the n-th repetition of a check or scenario: no id that is written has a `#`. */
const repetitionId = (id: string, number: number): string => `${id}#${number}`;

/** The check or scenario of which an id is a repetition, or the id itself. */
export const withoutRepetition = (id: string): string => id.replace(/#\d+$/, '');

/**
 * One plan in which every check and scenario stands once for each of these plans, as `id#1`, `id#2`: each is looked at,
 * recorded and judged by itself, and a gate that asks for the one asks for all of them. Repetitions of one never
 * overlap. The plans are those of one file, loaded anew for each, so that `${uuid}` and `${run.id}` differ; controls
 * stay single.
 */
export const repeatPlan = (plans: readonly Plan[]): Plan => {
  const [first] = plans;
  if (first === undefined) throw new Error('there is nothing to repeat');
  const repeated = new Set([...first.checks, ...first.scenarios].map(({ id }) => id));
  for (const id of first.controls) repeated.delete(id);
  const rows = (id: string): readonly string[] =>
    repeated.has(id) ? plans.map((_, at) => repetitionId(id, at + 1)) : [id];
  const spread = (ids: readonly string[]): readonly string[] => ids.flatMap(rows);
  return {
    ...first,
    order: spread(first.order),
    checks: each(plans, first, ({ checks }) => checks, repeated).map(([check, at]) => nthCheck(check, at, repeated)),
    scenarios: each(plans, first, ({ scenarios }) => scenarios, repeated).map(([one, at]) => nth(one, at, repeated)),
    gates: first.gates.map((gate) => ({
      ...gate,
      criteria: gate.criteria.flatMap(({ id, tier }) => rows(id).map((row) => ({ id: row, tier }))),
    })),
    waivers: first.waivers.flatMap((waiver) => rows(waiver.check).map((check) => ({ ...waiver, check }))),
    items: first.items.map((item) => ({ ...item, accept: spread(item.accept) })),
    risks: first.risks.map((risk) => ({ ...risk, checks: spread(risk.checks) })),
  };
};

type Numbered<Entry> = readonly [entry: Entry, number: number];

/** The entries of all plans, those of one id beside each other; one that is not repeated once, with the number 0. */
const each = <Entry extends { readonly id: string }>(
  plans: readonly Plan[],
  first: Plan,
  entriesOf: (plan: Plan) => readonly Entry[],
  repeated: ReadonlySet<string>,
): readonly Numbered<Entry>[] => {
  const byId = plans.map((plan) => new Map(entriesOf(plan).map((entry) => [entry.id, entry])));
  return entriesOf(first).flatMap((entry): readonly Numbered<Entry>[] => {
    if (!repeated.has(entry.id)) return [[entry, 0]];
    return byId.flatMap((entries, at): readonly Numbered<Entry>[] => {
      const own = entries.get(entry.id);
      return own === undefined ? [] : [[own, at + 1]];
    });
  });
};

type Ordered = Pick<PlannedCheck, 'id' | 'needs' | 'mutex'>;

/** Its own name, the same repetition of what it needs, and no other repetition of it at the same time. */
const placed = ({ id, needs, mutex }: Ordered, number: number, repeated: ReadonlySet<string>): Ordered => ({
  id: repetitionId(id, number),
  needs: needs.map((need) => (repeated.has(need) ? repetitionId(need, number) : need)),
  mutex: mutex ?? `repetitions of ${id}`,
});

const nthCheck = (check: PlannedCheck, number: number, repeated: ReadonlySet<string>): PlannedCheck =>
  number === 0 ? check : { ...check, ...placed(check, number, repeated) };

const nth = (scenario: PlannedScenario, number: number, repeated: ReadonlySet<string>): PlannedScenario => {
  const { id } = scenario;
  const renamed = (check: PlannedCheck): PlannedCheck => ({
    ...check,
    id: `${repetitionId(id, number)}${check.id.slice(id.length)}`,
  });
  const step = (one: PlannedStep): PlannedStep => ({
    ...one,
    check: renamed(one.check),
    bind: (captured) => {
      const bound = one.bind(captured);
      return bound.ok ? { ok: true, check: renamed(bound.check) } : bound;
    },
  });
  return {
    ...scenario,
    ...placed(scenario, number, repeated),
    steps: scenario.steps.map(step),
    cleanup: scenario.cleanup.map(step),
  };
};
