import { forMarkdown } from '../encode/markdown.ts';
import type { Run } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { formatTime } from '../view/duration.ts';
import { entriesOf, findingsOf } from '../view/findings.ts';
import { circumstancesText, incompleteText, repairText } from '../view/phrase.ts';
import { readinessParts, type ReadinessLine } from '../view/readiness.ts';
import { totalsText } from '../view/totals.ts';
import { blockerSection, contradictionItem } from './finding.ts';
import { checksTable, gatesTable } from './tables.ts';

/** The report to paste into a channel or a pull request: nothing in it can mention, load, or link on its own. */
export const renderMarkdown = (run: Run, { root }: ReportOptions): string => {
  const findings = findingsOf(run);
  const blocks = [
    ...headline(run),
    ...section(
      'Blockers',
      findings.blockers.map((cause) => blockerSection(cause, root)),
    ),
    ...section('Contradictions', joined(run.contradictions.map(contradictionItem))),
    ...section('Gates', gatesTable(run.gates)),
    ...readinessParts(run).flatMap(({ title, lines }) => section(title, joined(lines.map(readinessItem)))),
    ...section('Checks', checksTable(entriesOf(run), root)),
    ...section(
      'Not checked',
      joined(run.notChecked.map(({ id, why }) => `- **${forMarkdown(id)}**: ${forMarkdown(why)}`)),
    ),
  ];
  return `${blocks.join('\n\n')}\n`;
};

const headline = (run: Run): readonly string[] => {
  const incomplete = incompleteText(run);
  const banners = [
    ...(incomplete === null ? [] : [incomplete]),
    ...run.banners.filter((banner) => banner !== incomplete),
  ];
  const until = run.validUntil === null ? [] : [`Valid until ${forMarkdown(formatTime(run.validUntil))}.`];
  const repair = repairText(run);
  return [
    `# ${run.verdict}: ${forMarkdown(run.run.name)}`,
    ...joined(
      banners.map((banner) => `> **Note:** ${forMarkdown(banner)}`),
      '\n>\n',
    ),
    `${forMarkdown(circumstancesText(run))}  \n${totalsText(run.totals)}`,
    ...joined(run.reasons.map((reason) => `- ${forMarkdown(reason)}`)),
    ...until,
    ...(repair === null ? [] : [`**${forMarkdown(repair)}**`]),
  ];
};

const section = (title: string, blocks: readonly string[]): readonly string[] =>
  blocks.length === 0 ? [] : [`## ${title}`, ...blocks];

const joined = (lines: readonly string[], glue = '\n'): readonly string[] =>
  lines.length === 0 ? [] : [lines.join(glue)];

const readinessItem = ({ state, id, text }: ReadinessLine): string =>
  `- ${state} **${forMarkdown(id)}**${text === '' ? '' : `: ${forMarkdown(text)}`}`;
