import { codeBlock, codeSpan, forMarkdown } from '../encode/markdown.ts';
import { shellCommand } from '../encode/shell.ts';
import { stepText } from '../markdown/finding.ts';
import type { TriageCause, TriageView } from './view.ts';

/** The triage to paste into a channel: nothing in it mentions or links anybody on its own. */
export const triageMarkdown = (view: TriageView, name: string): string => {
  const blocks = [
    `**${view.causes.length === 0 ? 'GOOD' : 'BROKEN'}** ${forMarkdown(name)}: ${forMarkdown(view.headline)}`,
    ...view.causes.map(causeText),
    ...view.contradictions.map((text) => `**Contradiction**: ${forMarkdown(text)}`),
    ...(view.notChecked.length === 0 ? [] : [`Not checked: ${view.notChecked.map(forMarkdown).join('; ')}`]),
  ];
  return `${blocks.join('\n\n')}\n`;
};

const causeText = ({ id, title, verdict, lines, runbook, steps, again }: TriageCause): string =>
  [
    `**${verdict}** ${codeSpan(id)}${title === '' ? '' : ` ${forMarkdown(title)}`}`,
    ...lines.map(({ label, text }) => `- ${label}: ${forMarkdown(text)}`),
    ...(runbook === '' ? [] : [`- runbook: ${codeSpan(runbook)}`]),
    ...steps.map((step, at) => `${at + 1}. ${stepText(step)}`),
    ...(again === null ? [] : ['', codeBlock([shellCommand(again)], 'sh')]),
  ].join('\n');
