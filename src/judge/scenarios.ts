import { IN_DOUBT } from '../execute/attempt.ts';
import type { CheckRecord, RunRecord } from '../execute/event.ts';
import { showDuration } from '../matchers/units.ts';
import type { Outcome } from '../model/outcome.ts';
import type { CheckResult, ScenarioResult, StepResult } from '../model/run.ts';
import type { RecordedCheck, RecordedScenario, RecordedStep } from '../plan/plan.ts';
import { because } from './assess.ts';
import { judgeCheck } from './outcome.ts';
import { withSpecTests } from './spec-tests.ts';

/** A scenario as a criterion sees it: a check without a probe of its own. */
export const asCheck = (scenario: RecordedScenario): RecordedCheck => {
  const { steps: _, cleanup: __, withinMs: ___, ...own } = scenario;
  return {
    ...own,
    kind: 'scenario',
    target: `${scenario.steps.length} step${scenario.steps.length === 1 ? '' : 's'}`,
    host: null,
    layers: [],
    tryCommand: null,
    expectations: [],
    timeoutMs: scenario.withinMs ?? 0,
    retry: { attempts: 1, delayMs: 0 },
    eventually: null,
    samples: 1,
    heavy: false,
    executes: false,
    changes: false,
  };
};

/**
 * What became of a scenario: the worst of its steps, with the evidence of that step. A step that was left out by its
 * condition says nothing; a scenario of which nothing was done is unknown; a cleanup that failed is never silent.
 */
export const judgeScenario = (scenario: RecordedScenario, record: RunRecord): ScenarioResult => {
  const judge =
    (whoseTime: string) =>
    (step: RecordedStep): StepResult =>
      judgeStep(step, record.checks.get(step.check.id), record, whoseTime);
  const within = scenario.withinMs === null ? '' : showDuration(scenario.withinMs);
  const steps = scenario.steps.map(judge(`the ${within} that the steps have together were over`));
  const cleanup = scenario.cleanup.map(judge('the time for cleaning up after the run was stopped was over'));
  const done = [...steps, ...cleanup].filter(({ leftOut }) => !leftOut);
  const base = judgeCheck(asCheck(scenario), undefined, record);
  const cause = worstOf(done.filter(({ outcome }) => outcome !== 'pass'));
  const durationMs = spanOf(done);
  const startedAt = done.flatMap((step) => step.startedAt ?? []).toSorted()[0] ?? null;
  const own = { ...base, durationMs, startedAt, steps: steps.flatMap(withSpecTests), cleanup, causedBy: null };
  if (cause === null) return { ...own, ...settled(done, steps) };
  const part = cleanup.includes(cause) ? 'the cleanup step' : 'step';
  return {
    ...own,
    outcome: cause.outcome,
    flaky: done.some(({ flaky }) => flaky),
    reasonCode: cause.reasonCode,
    layer: cause.layer,
    message:
      cause.outcome === 'skipped' ? cause.message : [told(cause, part), ...leftBehind(cleanup, cause)].join('; '),
    ...evidenceOf(cause),
  };
};

const told = (step: StepResult, part: string): string => `${part} "${nameOf(step)}": ${step.message}`;

/** What was not cleaned up, beside the step that decided. */
const leftBehind = (cleanup: readonly StepResult[], cause: StepResult): readonly string[] =>
  cleanup
    .filter((step) => step !== cause && (step.outcome === 'fail' || step.outcome === 'unknown'))
    .map((step) => told(step, 'and the cleanup step'));

/** What a report shows of the step that decided. */
const evidenceOf = (step: StepResult) => ({
  target: step.target,
  expectations: step.expectations,
  layers: step.layers,
  source: step.source,
  attempts: step.attempts,
  attemptsAllowed: step.attemptsAllowed,
  timings: step.timings,
  facts: step.facts,
  runbook: step.runbook,
  tryCommand: step.tryCommand,
  evidence: step.evidence,
});

const nameOf = ({ name }: StepResult): string => name.replace(/^cleanup\//, '');

/** Every step that was done passed; a flaky one shows the attempts that it took. */
const settled = (done: readonly StepResult[], steps: readonly StepResult[]) => {
  if (steps.some(({ leftOut }) => !leftOut)) {
    const flaky = done.find((step) => step.flaky);
    return flaky === undefined ? PASSED : { ...PASSED, flaky: true, attempts: flaky.attempts };
  }
  const { outcome, code, layer, message } = because('nothing-asserted', 'every step was left out by its condition');
  return { outcome, reasonCode: code, layer, message };
};

const PASSED: Pick<StepResult, 'outcome' | 'reasonCode' | 'layer' | 'message'> = {
  outcome: 'pass',
  reasonCode: null,
  layer: null,
  message: '',
};

const SEVERITY: readonly Outcome[] = ['fail', 'unknown', 'skipped', 'blocked', 'warn'];

/** The first of the worst. A blocked step only repeats the one that blocks it. */
const worstOf = (steps: readonly StepResult[]): StepResult | null =>
  SEVERITY.flatMap((outcome) => steps.find((step) => step.outcome === outcome) ?? [])[0] ?? null;

const spanOf = (steps: readonly StepResult[]): number | null => {
  const timed = steps.flatMap(({ startedAt, durationMs }) =>
    startedAt === null || durationMs === null
      ? []
      : [{ from: Date.parse(startedAt), to: Date.parse(startedAt) + durationMs }],
  );
  if (timed.length === 0) return null;
  return Math.max(...timed.map(({ to }) => to)) - Math.min(...timed.map(({ from }) => from));
};

const judgeStep = (
  { name, check }: RecordedStep,
  record: CheckRecord | undefined,
  run: RunRecord,
  whoseTime: string,
): StepResult => {
  const bound = record?.bound ?? null;
  const judged = judgeCheck(bound === null ? check : { ...check, ...bound }, record, run);
  const result: CheckResult = { ...judged, ...outOfTime(judged, record, run, whoseTime) };
  const leftOut = record?.leftOut ?? null;
  if (leftOut === null) return { ...result, name, leftOut: false };
  return { ...result, name, leftOut: true, outcome: 'skipped', reasonCode: null, layer: null, message: leftOut };
};

/** A step whose time was over although that of the run was not: it was the scenario's. */
const outOfTime = (
  { reasonCode }: CheckResult,
  record: CheckRecord | undefined,
  { interruptedBy }: RunRecord,
  whoseTime: string,
): Partial<Pick<CheckResult, 'message'>> => {
  if (reasonCode !== 'deadline-exceeded' || interruptedBy === 'deadline') return {};
  const observation = record?.attempts.at(-1)?.observation;
  const inDoubt = observation?.state === 'unobserved' && observation.uncertain === true;
  return { message: inDoubt ? `${whoseTime}; ${IN_DOUBT}` : whoseTime };
};
