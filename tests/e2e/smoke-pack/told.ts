import type { Run, ScenarioResult, StepResult } from '../../../src/model/run.ts';
import type { Ended } from '../gonogo.ts';

/** What of a run does not depend on ports, times and folders. */
export type Neutral = (text: string) => string;

const at = ({ file, line, column }: StepResult['source']): string => `${file.replace(/^.*\//, '')}:${line}:${column}`;

const brokenOf = ({ expectations }: Pick<StepResult, 'expectations'>): readonly string[] =>
  expectations
    .filter(({ held }) => !held)
    .map(({ fact, level, explanation, source }) => {
      const place = source === null ? '' : ` (line ${source.line}:${source.column})`;
      return `      ${level} ${fact}: ${explanation}${place}`;
    });

const stepLines = (step: StepResult): readonly string[] => {
  const { name, outcome, reasonCode, leftOut, attempts, flaky, message } = step;
  const state = leftOut ? 'left out' : [outcome, reasonCode].filter((one) => one !== null).join(' ');
  const tries = attempts.length > 1 ? `, ${flaky ? 'flaky, ' : ''}${attempts.length} attempts` : '';
  const told = outcome === 'pass' ? '' : `: ${message}`;
  return [`    ${name} [${at(step.source)}] ${state}${tries}${told}`, ...brokenOf(step)];
};

const scenarioLines = (scenario: ScenarioResult): readonly string[] => {
  const { id, outcome, reasonCode, flaky } = scenario;
  return [
    `  ${[id, outcome, reasonCode, flaky ? 'flaky' : null].filter((one) => one !== null).join(' ')}`,
    ...scenario.steps.flatMap(stepLines),
    ...(scenario.cleanup.length > 0 ? ['   cleanup', ...scenario.cleanup.flatMap(stepLines)] : []),
  ];
};

/** The part of a report that a flow pins down: verdict, exit code, what became of each step and why, what was asked. */
export const toldBy = (ended: Ended, run: Run, requests: readonly string[], neutral: Neutral): string => {
  const checks = run.checks.map(({ id, outcome, reasonCode, message }) =>
    [`  ${id}`, outcome, reasonCode, message].filter((one) => one !== null && one !== '').join(' '),
  );
  const lines = [
    `${run.verdict}, exit ${ended.exit}`,
    ...run.scenarios.flatMap(scenarioLines),
    ...checks,
    'requests',
    ...requests.map((one) => `  ${one}`),
  ];
  return `${lines.map(neutral).join('\n')}\n`;
};
