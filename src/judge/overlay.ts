import { canonical } from '../config/readiness/signed-text.ts';
import type { CheckRecord, RunRecord } from '../execute/event.ts';
import type { RecordedCheck, RecordedPlan, RecordedScenario } from '../plan/plan.ts';

/** What a file says today about a run that was made before: everything that can be judged anew without looking. */
export type Overlay = Pick<
  RecordedPlan,
  'configDigest' | 'gates' | 'manual' | 'waivers' | 'items' | 'risks' | 'waiverHorizonMs' | 'serviceLevels'
> & {
  /** Checks and scenarios that ask something else today than they did in the run. */
  readonly outdated: readonly string[];
};

/** Today's gates, sign-offs, waivers and work, and which checks of the run no longer answer what the file asks. */
export const overlayOf = (then: RecordedPlan, today: RecordedPlan): Overlay => {
  const { configDigest, gates, manual, waivers, items, risks, waiverHorizonMs, serviceLevels } = today;
  const [checks, scenarios] = [byId(today.checks), byId(today.scenarios)];
  const outdated = [
    ...then.checks.filter((check) => asksOtherwise([check], [checks.get(check.id)])),
    ...then.scenarios.filter((one) => asksOtherwise(checksIn(one), checksIn(scenarios.get(one.id)))),
  ].map(({ id }) => id);
  return { configDigest, gates, manual, waivers, items, risks, waiverHorizonMs, serviceLevels, outdated };
};

/** The run as it stands under an overlay: what was seen stays as it was seen, and what is outdated was not looked at. */
export const underOverlay = (record: RunRecord, { outdated, ...plan }: Overlay): RunRecord => {
  const left = new Set(outdated);
  const steps = record.plan.scenarios.filter(({ id }) => left.has(id)).flatMap(checksIn);
  const ids = new Set([...left, ...steps.map(({ id }) => id)]);
  const checks = new Map([...record.checks].map(([id, check]) => [id, ids.has(id) ? OUTDATED : check]));
  return { ...record, plan: { ...record.plan, ...plan }, checks };
};

const OUTDATED: CheckRecord = {
  attempts: [],
  finished: false,
  notRun: { code: 'not-run', message: 'the file asks something else today than this run looked at: run it again' },
  bound: null,
  leftOut: null,
};

const byId = <Entry extends { readonly id: string }>(entries: readonly Entry[]): ReadonlyMap<string, Entry> =>
  new Map(entries.map((entry) => [entry.id, entry]));

const checksIn = (scenario: RecordedScenario | undefined): readonly RecordedCheck[] =>
  [...(scenario?.steps ?? []), ...(scenario?.cleanup ?? [])].map(({ check }) => check);

/** Of what the file no longer has, nothing is asked. */
const asksOtherwise = (then: readonly RecordedCheck[], today: readonly (RecordedCheck | undefined)[]): boolean =>
  today.length > 0 &&
  today[0] !== undefined &&
  (then.length !== today.length ||
    then.some((check, at) => questionOf(check, today[at]) !== questionOf(today[at], check)));

/** What a check asks, as a text. Where a secret is absent on one of the sides, its address cannot be compared. */
const questionOf = (check: RecordedCheck | undefined, other: RecordedCheck | undefined): string => {
  if (check === undefined) return '';
  const { id, kind, needs, samples, expectations } = check;
  const asked = expectations.map(({ fact, matcher, expected, level }) => ({ fact, matcher, expected, level }));
  const known = check.missing.length === 0 && other?.missing.length === 0;
  const where = known ? { target: check.target, tryCommand: check.tryCommand } : {};
  return canonical({ id, kind, needs, samples, asked, ...where }).replaceAll(UUID, '${uuid}');
};

/** `${uuid}` is another one in each run. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;
