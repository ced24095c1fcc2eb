import type { CheckResult, Run } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { codeSpan, forMarkdown } from '../encode/markdown.ts';
import { excerpt } from '../encode/visible.ts';
import { findingsOf, type Cause } from '../view/findings.ts';
import { circumstancesText, incompleteText, ownerText, repairText } from '../view/phrase.ts';
import { totalsText } from '../view/totals.ts';
import { runbookLink } from './finding.ts';

const MOST_BLOCKERS = 12;
const MOST_LESSER = 12;
const MOST_LINES = 58;
/** GitHub refuses a summary over 1 MiB as a whole; what a target said is none of a page long here. */
const LONGEST = 400;

const told = (text: string): string => forMarkdown(excerpt(text, LONGEST));

/** What is not good and nothing else, in less than 60 lines: for a job summary or a pull request. */
export const renderMarkdownShort = (run: Run, { root }: ReportOptions): string => {
  const { blockers, lesser, passing } = findingsOf(run);
  const repair = repairText(run);
  const incomplete = incompleteText(run);
  const lines = [
    `# ${run.verdict}: ${forMarkdown(run.run.name)}`,
    '',
    `${forMarkdown(circumstancesText(run))}. ${totalsText(run.totals)}.`,
    ...[...(incomplete === null ? [] : [incomplete]), ...run.banners].slice(0, 4).map((one) => `- **${told(one)}**`),
    ...(repair === null ? [] : ['', told(repair)]),
    ...part(
      'Blockers',
      blockers.slice(0, MOST_BLOCKERS).map((cause) => blockerLine(cause, root)),
      blockers.length,
    ),
    ...part('Other findings', lesser.slice(0, MOST_LESSER).map(lesserLine), lesser.length),
    ...part(
      'Contradictions',
      run.contradictions.slice(0, 4).map(({ message }) => `- ${told(message)}`),
      run.contradictions.length,
    ),
    '',
    `${passing.length} passed.`,
  ];
  return `${lines.slice(0, MOST_LINES).join('\n')}\n`;
};

const part = (title: string, lines: readonly string[], all: number): readonly string[] =>
  lines.length === 0
    ? []
    : ['', `## ${title}`, '', ...lines, ...(all > lines.length ? [`- ... and ${all - lines.length} more`] : [])];

const blockerLine = ({ blocker, check }: Cause, root: string): string => {
  const { cause, owner, runbook, verdict } = blocker;
  const parts = [
    `- **${verdict}** ${codeSpan(cause.check)} ${codeSpan(cause.reasonCode)}: ${told(cause.message)}`,
    owner === null ? '' : `owner ${told(ownerText(owner))}`,
    runbook === null ? '' : runbookLink(runbook, root),
    check === null ? '' : codeSpan(`${check.source.file}:${check.source.line}`),
  ];
  return parts.filter((one) => one !== '').join('; ');
};

const lesserLine = (check: CheckResult): string =>
  `- ${check.flaky && check.outcome === 'pass' ? 'flaky' : check.outcome} ${codeSpan(check.id)}${check.reasonCode === null ? '' : ` ${codeSpan(check.reasonCode)}`}${check.message === '' ? '' : `: ${told(check.message)}`}`;
