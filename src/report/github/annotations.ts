import type { CheckResult, Run } from '../../model/run.ts';
import { visible } from '../encode/visible.ts';
import { renderConsole } from '../console/console.ts';
import type { ReportOptions } from '../reporter.ts';
import { breakText, mainBreak } from '../view/broken.ts';
import { entriesOf } from '../view/findings.ts';
import { ownerText, runbookText } from '../view/phrase.ts';

/** GitHub shows ten of a kind for each step. */
const MOST_OF_A_KIND = 10;

/**
 * The console report for the log of a workflow, and after it an annotation at the YAML line of everything that is not
 * good: errors for what keeps the verdict down, warnings for the rest, failures first.
 */
export const renderGithub = (run: Run, options: ReportOptions): string => {
  const held = new Set(run.blockers.flatMap(({ cause, same }) => [cause.check, ...same]));
  const bad = entriesOf(run).filter(({ outcome, flaky }) => outcome !== 'pass' || flaky);
  const errors = bad.filter(({ id }) => held.has(id)).slice(0, MOST_OF_A_KIND);
  const warnings = bad.filter(({ id }) => !held.has(id)).slice(0, MOST_OF_A_KIND);
  return [
    renderConsole(run, { ...options, colour: false }),
    ...errors.map((check) => annotation('error', check)),
    ...warnings.map((check) => annotation('warning', check)),
  ].join('');
};

const annotation = (level: 'error' | 'warning', check: CheckResult): string => {
  const main = mainBreak(check);
  const { file, line, column } = main?.source ?? check.source;
  const properties = [
    ['file', file],
    ['line', String(line)],
    ['col', String(column)],
    ['title', `${check.id}: ${check.reasonCode ?? check.outcome}`],
  ].map(([name, value]) => `${name}=${property(value ?? '')}`);
  const text = [
    check.message === '' ? check.outcome : check.message,
    main === null || main.source === null ? '' : breakText(main),
    check.owner === null ? '' : `owner ${ownerText(check.owner)}`,
    check.runbook === null ? '' : `runbook ${runbookText(check.runbook)}`,
  ].filter((part) => part !== '');
  return `::${level} ${properties.join(',')}::${data(text.join('\n'))}\n`;
};

/** As the runner decodes them: percent first. */
const data = (text: string): string =>
  text.split('\n').map(visible).join('\n').replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
