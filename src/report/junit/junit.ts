import type { Run } from '../../model/run.ts';
import { element, writeXml, type Element } from './element.ts';
import { checkCase, propertiesOf, scenarioCases, timeOf, verdictCase } from './testcase.ts';

/**
 * JUnit XML: one suite, a case for the verdict, then a case for each check, each scenario and each of its steps. A fail is a `failure`, an unknown or blocked
 * check an `error`; only what was skipped for a declared reason is `skipped`.
 */
export const renderJunit = (run: Run): string => {
  const cases = [verdictCase(run), ...run.checks.map(checkCase), ...run.scenarios.flatMap(scenarioCases)];
  const counts = countsOf(cases);
  const time = timeOf(run.run.durationMs);
  const suite = element(
    'testsuite',
    [['name', run.run.name], ...counts, ...time, ['timestamp', run.run.startedAt.replace(/(?:\.\d+)?Z$/u, '')]],
    [suiteProperties(run), ...cases, ...notesOf(run)],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(element('testsuites', [['name', run.run.name], ...counts, ...time], [suite]))}`;
};

const countsOf = (cases: readonly Element[]): Element['attributes'] => {
  const having = (name: string): string =>
    String(
      cases.filter((one) => one.children.some((child) => typeof child !== 'string' && child.name === name)).length,
    );
  return [
    ['tests', String(cases.length)],
    ['failures', having('failure')],
    ['errors', having('error')],
    ['skipped', having('skipped')],
  ];
};

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
  return lines.length === 0 ? [] : [element('system-out', [], lines)];
};
