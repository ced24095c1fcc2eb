import type { Attempt, CheckRecord, RunRecord } from '../execute/event.ts';
import { isGood } from '../execute/retry.ts';
import { isJsonObject } from '../model/json.ts';
import type { Facts } from '../model/observation.ts';
import type { ReasonCode } from '../model/reason-code.ts';
import type { CheckResult, OwnerShown, RunbookSection } from '../model/run.ts';
import type { RecordedCheck, RecordedPlan } from '../plan/plan.ts';
import { fillSteps } from '../runbooks/fill-steps.ts';
import { assessAttempt, because, type AttemptAssessment } from './assess.ts';
import { layerSteps } from './ladder.ts';

/** Every reason why a check is not a pass, each once: a waiver has to cover them all. */
export const reasonCodesOf = (
  check: RecordedCheck,
  record: CheckRecord | undefined,
  interruptedBy: RunRecord['interruptedBy'],
): readonly ReasonCode[] => settle(check, record, (record?.attempts ?? []).map(assessAttempt), interruptedBy).codes;

/** What became of one check. `causedBy` is left to the graph of needs, which knows the others. */
export const judgeCheck = (
  check: RecordedCheck,
  record: CheckRecord | undefined,
  { plan, interruptedBy }: Pick<RunRecord, 'plan' | 'interruptedBy'>,
): CheckResult => {
  const attempts = record?.attempts ?? [];
  const assessments = attempts.map(assessAttempt);
  const end = settle(check, record, assessments, interruptedBy);
  const last = attempts.at(-1);
  const facts = last?.observation.facts ?? {};
  return {
    id: check.id,
    title: check.title,
    kind: check.kind,
    target: check.target,
    component: check.component,
    owner: ownerOf(check, plan),
    tags: check.tags,
    priority: check.priority,
    deadline: check.deadline,
    outcome: end.outcome,
    flaky: isFlaky(check, end, assessments),
    reasonCode: end.code,
    layer: end.layer,
    message: end.message,
    causedBy: null,
    expectations: expectationsOf(last),
    layers: layerSteps(check.layers, end),
    source: check.source,
    attempts: attempts.map((attempt, index) => shown(attempt, assessments[index])),
    attemptsAllowed: Math.max(1, check.retry.attempts),
    startedAt: attempts[0]?.startedAt ?? null,
    durationMs: durationOf(attempts),
    timings: timingsOf(facts),
    facts,
    runbook: runbookOf(check, end.code, plan, facts),
    tryCommand: check.tryCommand,
    waiver: null,
    evidence: attempts.flatMap(({ observation }) => observation.evidence ?? []),
  };
};

/** Only a check that came to its end is judged by what it saw; anything else is not a pass. */
const settle = (
  check: RecordedCheck,
  record: CheckRecord | undefined,
  assessments: readonly AttemptAssessment[],
  interruptedBy: RunRecord['interruptedBy'],
): AttemptAssessment => {
  const last = assessments.at(-1);
  if (record !== undefined && record.notRun !== null) return notRun(record.notRun.code, record.notRun.message);
  if (last === undefined) return because('not-run', 'the run ended before this check was looked at');
  if (record?.finished !== true) {
    const code = interruptedBy === 'deadline' ? 'deadline-exceeded' : 'cancelled';
    return because(code, `the run ended before this check was settled, after attempt ${assessments.length}`);
  }
  const before = assessments.at(-2);
  const confirmed = check.eventually !== null || before === undefined || isGood(before.outcome);
  return isGood(last.outcome) && !confirmed ? before : last;
};

/** A check that was not run is no failure of its target, whatever the reason is called. */
const notRun = (code: ReasonCode, message: string): AttemptAssessment => {
  const reason = because(code, message);
  return reason.outcome === 'fail' ? { ...reason, outcome: 'unknown' } : reason;
};

/** Polling is meant to see failures first; any other pass after a failure may not last. */
const isFlaky = (check: RecordedCheck, end: AttemptAssessment, assessments: readonly AttemptAssessment[]): boolean =>
  check.eventually === null && isGood(end.outcome) && assessments.some(({ outcome }) => !isGood(outcome));

const expectationsOf = (attempt: Attempt | undefined): CheckResult['expectations'] =>
  (attempt?.results ?? []).map(({ fact, matcher, expected, actual, held, level, explanation, source }) => ({
    fact,
    matcher,
    expected,
    ...(actual === undefined ? {} : { actual }),
    held,
    level,
    explanation,
    source,
  }));

const shown = (
  { number, startedAt, durationMs }: Attempt,
  assessment: AttemptAssessment | undefined,
): CheckResult['attempts'][number] => ({
  number,
  outcome: assessment?.outcome ?? 'unknown',
  reasonCode: assessment?.code ?? null,
  startedAt,
  durationMs,
});

/** From the first look to the end of the last, the waiting in between included. */
const durationOf = (attempts: readonly Attempt[]): number | null => {
  const [first] = attempts;
  const last = attempts.at(-1);
  if (first === undefined || last === undefined) return null;
  const between = Date.parse(last.startedAt) - Date.parse(first.startedAt);
  return (Number.isFinite(between) ? Math.max(0, between) : 0) + last.durationMs;
};

const timingsOf = (facts: Facts): CheckResult['timings'] => {
  const timings = facts['timings'];
  if (!isJsonObject(timings)) return {};
  const phase = (...names: readonly string[]): number | null => {
    const values = names.map((name) => timings[name]).filter((value) => typeof value === 'number');
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
  };
  const named = {
    dnsMs: phase('dns'),
    connectMs: phase('connect'),
    tlsMs: phase('tls'),
    firstByteMs: timings['wait'] === undefined ? null : phase('request', 'wait'),
    downloadMs: phase('transfer'),
  };
  return Object.fromEntries(Object.entries(named).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
};

const ownerOf = (check: RecordedCheck, plan: RecordedPlan): OwnerShown | null => {
  const component = check.component === null ? undefined : own(plan.components, check.component);
  const id = check.owner ?? component?.owner ?? null;
  if (id === null) return null;
  const { contact, escalation } = own(plan.owners, id) ?? { contact: null, escalation: [] };
  return { id, contact, escalation };
};

/**
 * The check's own section, else the one for the reason code, else the default of the component. What only tells of this
 * run (it was stopped, our own probe failed) has no section of the system, unless one is named for that very code.
 */
const OF_THE_RUN: ReadonlySet<ReasonCode> = new Set([
  'cancelled',
  'deadline-exceeded',
  'not-run',
  'probe-crashed',
  'control-failed',
]);

/** The section with what was seen filled into its steps. */
const runbookOf = (
  check: RecordedCheck,
  code: ReasonCode | null,
  plan: RecordedPlan,
  facts: Facts,
): RunbookSection | null => {
  const { own: ownSection, byCode, default: fallback } = check.sections;
  const named = code === null ? undefined : byCode[code];
  const reference = code !== null && OF_THE_RUN.has(code) ? (named ?? null) : (ownSection ?? named ?? fallback);
  const section = reference === null ? undefined : own(plan.sections, reference);
  if (section === undefined) return null;
  const { id, title, kind, target, component } = check;
  const about = { id, title, kind, target, component, owner: ownerOf(check, plan)?.id ?? null, 'reason-code': code };
  return fillSteps(section, { check: about, facts });
};

/** Names come from the file: one that every object inherits is not a member. */
const own = <Value>(members: { readonly [name: string]: Value }, name: string): Value | undefined =>
  Object.hasOwn(members, name) ? members[name] : undefined;
