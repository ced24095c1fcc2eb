import type { CheckResult, ScenarioResult, StepResult } from '../../model/run.ts';

/** Whether an entry of a run is a scenario, with steps of its own. */
export const isScenario = (check: CheckResult): check is ScenarioResult => 'steps' in check;

/** `create ok > assign ok > COMPLETE fail > check blocked`, what broke in capitals; empty for what has no steps. */
export const stepsText = (check: CheckResult): string => (isScenario(check) ? chain(check.steps) : '');

/** The same for the cleanup. */
export const cleanupText = (check: CheckResult): string => (isScenario(check) ? chain(check.cleanup) : '');

const chain = (steps: readonly StepResult[]): string =>
  steps.map((step) => `${shown(step)} ${step.leftOut ? 'left out' : WORDS[step.outcome]}`).join(' > ');

const shown = ({ name, outcome }: StepResult): string => {
  const own = name.replace(/^cleanup\//, '');
  return outcome === 'fail' || outcome === 'unknown' ? own.toUpperCase() : own;
};

const WORDS: { readonly [outcome in StepResult['outcome']]: string } = {
  pass: 'ok',
  warn: 'warn',
  fail: 'fail',
  unknown: 'unknown',
  blocked: 'blocked',
  skipped: 'skipped',
};
