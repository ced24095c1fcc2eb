import { shellCommand } from '../encode/shell.ts';
import type { CheckResult, Run, ScenarioResult, StepResult } from '../../model/run.ts';
import { breakText } from '../view/broken.ts';
import { chainsOf } from '../view/chain.ts';
import { formatDuration } from '../view/duration.ts';
import { ladderText } from '../view/ladder.ts';
import { ownerText, positionText, runbookText } from '../view/phrase.ts';
import type { PipelinePaths } from '../reporter.ts';
import { element, type Element } from './element.ts';

/** A check as a test case. Only a pass and a warning are free of `failure`, `error` and `skipped`. */
export const checkCase = (check: CheckResult, paths: PipelinePaths): Element =>
  element(
    'testcase',
    [
      ['name', check.id],
      ['classname', check.component ?? 'gonogo'],
      ['file', paths.ofFile(check.source.file)],
      ['line', String(check.source.line)],
      ...timeOf(check.durationMs),
    ],
    [propertiesOf(checkProperties(check)), ...resultOf(check), ...outputOf(check, paths)],
  );

/** A scenario as a test case, and one for each of its steps, in a class of the scenario's name. */
export const scenarioCases = (scenario: ScenarioResult, paths: PipelinePaths): readonly Element[] => [
  checkCase(scenario, paths),
  ...[...scenario.steps, ...scenario.cleanup].map((step) => stepCase(step, scenario, paths)),
];

const stepCase = (step: StepResult, { id }: ScenarioResult, paths: PipelinePaths): Element => {
  const { name, children } = checkCase(step, paths);
  const attributes: Element['attributes'] = [
    ['name', step.name],
    ['classname', id],
    ['file', paths.ofFile(step.source.file)],
    ['line', String(step.source.line)],
    ...timeOf(step.durationMs),
  ];
  return element(name, attributes, children);
};

/** Whether we may go, as a test case of its own: nobody who reads only this file sees green for a NO-GO or HOLD. */
export const verdictCase = (run: Run): Element => {
  const message = [run.verdict, run.reasons[0]].filter((part) => part !== undefined).join(': ');
  const text = run.reasons.length === 0 ? [run.verdict] : run.reasons;
  const held = run.verdict === 'NO-GO' || run.verdict === 'HOLD';
  const result = held
    ? element(
        'failure',
        [
          ['message', message],
          ['type', run.verdict],
        ],
        text,
      )
    : element('system-out', [], [message, ...text].map(harmless));
  return element(
    'testcase',
    [
      ['name', 'verdict'],
      ['classname', 'gonogo'],
    ],
    [result],
  );
};

/** `time` in seconds; none when nothing was measured. */
export const timeOf = (ms: number | null): Element['attributes'] =>
  ms === null ? [] : [['time', (ms / 1000).toFixed(3)]];

export const propertiesOf = (properties: readonly (readonly [string, string | null])[]): Element =>
  element(
    'properties',
    [],
    properties.flatMap(([name, value]) =>
      value === null || value === ''
        ? []
        : [
            element('property', [
              ['name', name],
              ['value', value],
            ]),
          ],
    ),
  );

const checkProperties = (check: CheckResult): readonly (readonly [string, string | null])[] => [
  ['title', check.title],
  ['outcome', check.outcome],
  ['component', check.component],
  ['owner', check.owner === null ? null : ownerText(check.owner)],
  ['reason-code', check.reasonCode],
  ['layer', check.layer],
  ['runbook', check.runbook === null ? null : runbookText(check.runbook)],
  ['source', positionText(check.source)],
  [
    'attempts',
    check.attempts.length === 0
      ? null
      : `${check.attempts.length}/${Math.max(check.attempts.length, check.attemptsAllowed)}`,
  ],
  ['flaky', check.flaky ? 'true' : null],
];

const messageOf = ({ reasonCode, message, outcome }: CheckResult): string =>
  [reasonCode, message].filter((part) => part !== null && part !== '').join(': ') || outcome;

const resultOf = (check: CheckResult): readonly Element[] => {
  const message = messageOf(check);
  const attributes: Element['attributes'] = [
    ['message', message],
    ['type', check.reasonCode ?? check.outcome],
  ];
  switch (check.outcome) {
    case 'pass':
    case 'warn':
      return [];
    case 'skipped':
      return [element('skipped', [['message', message]])];
    case 'fail':
      return [element('failure', attributes, [message, ...detailsOf(check)])];
    case 'unknown':
    case 'blocked':
      return [element('error', attributes, [message, ...detailsOf(check)])];
  }
};

/**
 * What a warning is about, each attempt where there were several, and what was kept, as Jenkins and GitLab find
 * attachments: once in a case, because a reader may take the first one alone.
 */
const outputOf = (check: CheckResult, paths: PipelinePaths): readonly Element[] => {
  const { outcome, attempts, evidence } = check;
  const lines = [
    ...(outcome === 'warn' ? [`warning: ${messageOf(check)}`, ...detailsOf(check)].map(harmless) : []),
    ...(attempts.length > 1 ? attempts.map(attemptText) : []),
    ...evidence.filter(isAttachable).map((path) => `[[ATTACHMENT|${paths.ofEvidence(path)}]]`),
  ];
  return lines.length === 0 ? [] : [element('system-out', [], lines)];
};

/** A file in the folder of the run: no other place of the machine that reads the report is attached to it. */
const isAttachable = (path: string): boolean =>
  !/^[/\\]|^[a-z]+:|[[\]|]/i.test(path) && !path.split(/[/\\]/).includes('..');

/** What others said must not attach a file. */
export const harmless = (text: string): string => text.replaceAll(/\[(?=\[ATTACHMENT)/gi, '[ ');

const attemptText = ({ number, outcome, reasonCode, durationMs }: CheckResult['attempts'][number]): string =>
  `attempt ${number}: ${[outcome, reasonCode, formatDuration(durationMs)].filter((part) => part !== null).join(', ')}`;

const detailsOf = (check: CheckResult): readonly string[] => [
  `at ${positionText(check.source)}`,
  ...check.expectations.filter((one) => !one.held).map((one) => `broken: ${breakText(one)}`),
  ...chainsOf(check).map((chain) => `chain: ${chain}`),
  ...(check.layers.length === 0 ? [] : [`layer: ${ladderText(check)}`]),
  ...(check.causedBy === null ? [] : [`blocked by: ${check.causedBy}`]),
  ...(check.runbook === null ? [] : check.runbook.steps.map((step, index) => `step ${index + 1}: ${step}`)),
  ...(check.tryCommand === null ? [] : [`try: ${shellCommand(check.tryCommand)}`]),
];
