import type { Plan, PlannedCheck, PlannedStep, RecordedCheck, RecordedPlan, RecordedStep } from '../plan/plan.ts';
import type { Attempt, CheckRecord, RunEvent, RunRecord } from './event.ts';

/** Polling makes many attempts: the first and this many of the last are kept. */
const LAST_KEPT = 20;

/** A plan as the journal keeps it: without the specs, which may hold secrets. Texts are not yet redacted. */
export const toRecordedPlan = (plan: Plan): RecordedPlan => ({
  ...plan,
  checks: plan.checks.map(toRecordedCheck),
  scenarios: plan.scenarios.map((scenario) => ({
    ...scenario,
    steps: scenario.steps.map(toRecordedStep),
    cleanup: scenario.cleanup.map(toRecordedStep),
  })),
});

const toRecordedStep = ({ name, keepGoing, check }: PlannedStep): RecordedStep => ({
  name,
  keepGoing,
  check: toRecordedCheck(check),
});

/** Every check of a plan, the steps of its scenarios among them. */
export const allChecks = ({ checks, scenarios }: RecordedPlan): readonly RecordedCheck[] => [
  ...checks,
  ...scenarios.flatMap(({ steps, cleanup }) => [...steps, ...cleanup].map(({ check }) => check)),
];

const toRecordedCheck = (check: PlannedCheck): RecordedCheck => {
  const { spec: _, ...recorded } = check;
  return recorded;
};

/**
 * What happened in a run, from its events: all of them, or the beginning of them when the run was killed. Every check
 * of the plan has a record; one that never ended is not `finished`. Repeated events count once.
 * Throws when the events do not begin with `run-started`: then there is no run to speak of.
 */
export const foldEvents = (events: Iterable<RunEvent>): RunRecord => {
  let run: RunHead | null = null;
  const checks = new Map<string, CheckRecord>();
  for (const event of events) {
    const begun: RunHead = headAfter(run, event);
    if (run === null) for (const { id } of allChecks(begun.plan)) checks.set(id, UNTOUCHED);
    run = begun;
    if (!('id' in event)) continue;
    const record = checks.get(event.id);
    if (record !== undefined) checks.set(event.id, recordAfter(record, event));
  }
  if (run === null) throw new Error('there are no events');
  return { ...run, checks };
};

/** What a record says of the run as a whole. */
type RunHead = Omit<RunRecord, 'checks'>;

const headAfter = (run: RunHead | null, event: RunEvent): RunHead => {
  if (run === null) {
    if (event.type === 'run-started') return started(event);
    throw new Error(`the events of a run begin with "run-started", not with "${event.type}"`);
  }
  if (event.type === 'history-read') return { ...run, since: event.since };
  if (event.type !== 'run-finished') return run;
  return { ...run, finishedAt: event.at, durationMs: event.durationMs, interruptedBy: event.interruptedBy };
};

const UNTOUCHED: CheckRecord = { attempts: [], finished: false, notRun: null, bound: null, leftOut: null };

const started = ({ runId, tool, at, plan }: Extract<RunEvent, { type: 'run-started' }>): RunHead => ({
  runId,
  tool,
  startedAt: at,
  finishedAt: null,
  durationMs: null,
  interruptedBy: null,
  since: {},
  plan,
});

type CheckEvent = Extract<RunEvent, { readonly id: string }>;

const recordAfter = (record: CheckRecord, event: CheckEvent): CheckRecord => {
  switch (event.type) {
    case 'check-started':
      return record;
    case 'attempt':
      return { ...record, attempts: withAttempt(record.attempts, event.attempt) };
    case 'check-finished':
      return { ...record, finished: true };
    case 'step-bound':
      return { ...record, bound: { target: event.target, tryCommand: event.tryCommand } };
    case 'step-left-out':
      return { ...record, leftOut: event.message };
    case 'check-not-run':
      return { ...record, notRun: { code: event.code, message: event.message } };
  }
};

const withAttempt = (attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] => {
  const [first] = attempts;
  const last = attempts.at(-1);
  if (first === undefined || last === undefined) return [attempt];
  if (attempt.number <= last.number) return attempts;
  return [first, ...attempts.slice(1).slice(1 - LAST_KEPT), attempt];
};
