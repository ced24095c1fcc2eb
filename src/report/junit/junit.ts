import type { Run } from '../../model/run.ts';
import { SAME_PATHS, type ReportOptions } from '../reporter.ts';
import { element, writeXml, type Element } from './element.ts';
import { checkCase, harmless, propertiesOf, scenarioCases, timeOf, verdictCase } from './testcase.ts';

/**
 * JUnit XML: one suite, a case for the verdict, then a case for each check, each scenario, each of its steps and each
 * manual item. A fail is a `failure`, an unknown or blocked check an `error`; only what was skipped for a declared
 * reason is `skipped`.
 */
export const renderJunit = (run: Run, { pipeline = SAME_PATHS }: Pick<ReportOptions, 'pipeline'> = {}): string => {
  const cases = [
    verdictCase(run),
    ...run.checks.map((check) => checkCase(check, pipeline)),
    ...run.scenarios.flatMap((scenario) => scenarioCases(scenario, pipeline)),
    ...run.manual.map((item) => checkCase(item, pipeline)),
  ];
  const counts = countsOf(cases);
  const skipped: Element['attributes'] = [['skipped', String(having(cases, 'skipped'))]];
  const time = timeOf(run.run.durationMs);
  const suite = element(
    'testsuite',
    [
      ['name', run.run.name],
      ...counts,
      ...skipped,
      ...time,
      ['timestamp', run.run.startedAt.replace(/(?:\.\d+)?Z$/u, '')],
    ],
    [suiteProperties(run), ...cases, ...notesOf(run)],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(element('testsuites', [['name', run.run.name], ...counts, ...time], [suite]))}`;
};

const having = (cases: readonly Element[], name: string): number =>
  cases.filter((one) => one.children.some((child) => typeof child !== 'string' && child.name === name)).length;

const countsOf = (cases: readonly Element[]): Element['attributes'] => [
  ['tests', String(cases.length)],
  ['failures', String(having(cases, 'failure'))],
  ['errors', String(having(cases, 'error'))],
];

const suiteProperties = (run: Run): Element =>
  propertiesOf([
    ['verdict', run.verdict],
    ['environment', run.run.environment],
    ['run', run.run.id],
    ['complete', String(run.run.complete)],
    ['valid-until', run.validUntil],
    ['tool', `${run.run.tool.name} ${run.run.tool.version}`],
    ['config-digest', run.run.configDigest],
  ]);

const notesOf = (run: Run): readonly Element[] => {
  const lines = [
    ...run.banners,
    ...run.contradictions.map((one) => `contradiction: ${one.component}: ${one.message}`),
    ...run.notChecked.map(({ id, why }) => `not checked: ${id}: ${why}`),
  ];
  return lines.length === 0 ? [] : [element('system-out', [], lines.map(harmless))];
};
