import type { CheckResult, Run } from '../../model/run.ts';
import { excerpt, visible } from '../encode/visible.ts';
import { renderConsole } from '../console/console.ts';
import { SAME_PATHS, type PipelinePaths, type ReportOptions } from '../reporter.ts';
import { breakText, mainBreak } from '../view/broken.ts';
import { entriesOf } from '../view/findings.ts';
import { ownerText, runbookText } from '../view/phrase.ts';

/** GitHub shows ten of a kind for each step, and says nothing of the rest. */
const MOST_OF_A_KIND = 10;
const LONGEST_REST = 1000;

/**
 * The console report for the log of a workflow, and after it an annotation at the YAML line of everything that is not
 * good: errors for what keeps the verdict down, warnings for the rest, failures first.
 */
export const renderGithub = (run: Run, options: ReportOptions): string => {
  const held = new Set(run.blockers.flatMap(({ cause, same }) => [cause.check, ...same]));
  const bad = entriesOf(run).filter(({ outcome, flaky }) => outcome !== 'pass' || flaky);
  const paths = options.pipeline ?? SAME_PATHS;
  return [
    renderConsole(run, { ...options, colour: false }),
    ...annotations(
      'error',
      bad.filter(({ id }) => held.has(id)),
      paths,
    ),
    ...annotations(
      'warning',
      bad.filter(({ id }) => !held.has(id)),
      paths,
    ),
  ].join('');
};

type Level = 'error' | 'warning';

/** No more than are shown; the last one tells of those that are not. */
const annotations = (level: Level, checks: readonly CheckResult[], paths: PipelinePaths): readonly string[] => {
  if (checks.length <= MOST_OF_A_KIND) return checks.map((check) => annotation(level, check, paths));
  const shown = checks.slice(0, MOST_OF_A_KIND - 1);
  const rest = checks.slice(MOST_OF_A_KIND - 1).map(({ id }) => id);
  const names = excerpt(rest.map(visible).join(', '), LONGEST_REST);
  return [
    ...shown.map((check) => annotation(level, check, paths)),
    `::${level} title=${property(`and ${rest.length} more`)}::${data(names)}\n`,
  ];
};

const annotation = (level: Level, check: CheckResult, paths: PipelinePaths): string => {
  const main = mainBreak(check);
  const { file, line, column } = main?.source ?? check.source;
  const properties = [
    ['file', paths.ofFile(file)],
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
