import type { Layer } from '../model/layer.ts';
import type { Outcome } from '../model/outcome.ts';
import type { JsonObject } from '../model/json.ts';
import type { CheckResult, Run, ScenarioResult } from '../model/run.ts';
import { changeFacts } from './change-facts.ts';
import type { KeptCheck, KeptRun, RunStart, Standing } from './store.ts';

const LONGEST_MESSAGE = 500;

/**
 * What a result says about its check. A run that was stopped, a need that was not good and trouble of our own say
 * nothing: they are of the layer `run`.
 */
export const standingOf = (outcome: Outcome, layer: Layer | null): Standing => {
  if (outcome === 'pass' || outcome === 'warn') return 'good';
  if (outcome === 'fail') return 'bad';
  return outcome === 'unknown' && layer !== 'run' ? 'bad' : null;
};

/** The same text for every result that broke for the same cause: the check where it broke, and its reason code. */
export const causeKeyOf = (check: string, reasonCode: string): string => `${check}:${reasonCode}`;

type Result = CheckResult | ScenarioResult;

/** A blocked check has the cause of the check that blocks it. */
const causeKeys = (checks: readonly Result[]): ReadonlyMap<string, string> => {
  const byId = new Map(checks.map((check) => [check.id, check]));
  return new Map(
    checks.flatMap((check): readonly (readonly [string, string])[] => {
      const root = check.causedBy === null ? check : byId.get(check.causedBy);
      if (root === undefined || root.reasonCode === null) return [];
      const bad = check.outcome === 'blocked' || standingOf(check.outcome, check.layer) === 'bad';
      return bad ? [[check.id, causeKeyOf(root.id, root.reasonCode)]] : [];
    }),
  );
};

const bounded = (text: string): string =>
  text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE - 1).toWellFormed()}…` : text;

/** Of a scenario those of every step, and not of the step alone that decided this time. */
const factsOf = (result: Result): JsonObject =>
  'steps' in result
    ? Object.fromEntries(
        result.steps.flatMap((step) =>
          Object.entries(changeFacts(step)).map(([name, value]) => [`${step.name}.${name}`, value] as const),
        ),
      )
    : changeFacts(result);

const keptCheck = (check: Result, startedAt: string, causeKey: string | null): KeptCheck => ({
  id: check.id,
  kind: check.kind,
  component: check.component,
  outcome: check.outcome,
  standing: standingOf(check.outcome, check.layer),
  reasonCode: check.reasonCode,
  layer: check.layer,
  flaky: check.flaky,
  message: bounded(check.message),
  at: check.startedAt ?? startedAt,
  durationMs: check.durationMs,
  causeKey,
  facts: factsOf(check),
});

/** What was known when this run started. */
export const startOf = ({ run }: Run, file: string): RunStart => ({
  file,
  environment: run.environment,
  id: run.id,
  name: run.name,
  configDigest: run.configDigest,
  startedAt: run.startedAt,
});

/** What is remembered of a judged run, its scenarios and manual items as checks; `file` is its root file. Pure. */
export const keptRun = (run: Run, file: string): KeptRun => {
  const results = [...run.checks, ...run.scenarios, ...run.manual];
  const keys = causeKeys(results);
  return {
    ...startOf(run, file),
    state: 'finished',
    finishedAt: run.run.finishedAt,
    verdict: run.verdict,
    complete: run.run.complete,
    interruptedBy: run.run.interruptedBy,
    gates: run.gates.map(({ id, verdict, blockedBy }) => ({ id, verdict, blockedBy })),
    checks: results.map((check) => keptCheck(check, run.run.startedAt, keys.get(check.id) ?? null)),
  };
};
