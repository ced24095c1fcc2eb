import { codeBlock, codeSpan, forMarkdown } from '../encode/markdown.ts';
import { shellCommand } from '../encode/shell.ts';
import { stepText } from '../markdown/finding.ts';
import type { TriageCause, TriageView } from './view.ts';

/** The triage to paste into a channel: nothing in it mentions or links anybody on its own. */
export const triageMarkdown = (view: TriageView, name: string): string => {
  const blocks = [
    `**${view.mark}** ${forMarkdown(name)}: ${forMarkdown(view.headline)}`,
    ...view.banners.map((text) => `**!** ${forMarkdown(text)}`),
    list([
      ...view.overview.map(({ verdict, id, what }) => `**${verdict}** ${codeSpan(id)} ${forMarkdown(what)}`),
      ...(view.untold === 0 ? [] : [`and ${view.untold} more`]),
    ]),
    ...view.causes.map(causeText),
    ...view.contradictions.map((text) => `**Contradiction**: ${forMarkdown(text)}`),
    list(view.lesser.map((text) => `beside: ${forMarkdown(text)}`)),
    view.healthy === '' ? '' : `Good: ${forMarkdown(view.healthy)}`,
    view.notChecked.length === 0 ? '' : `Not checked: ${view.notChecked.map(forMarkdown).join('; ')}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

const causeText = ({ id, title, verdict, what, lines, runbook, steps, again }: TriageCause): string =>
  [
    `**${verdict}** ${codeSpan(id)}${title === '' ? '' : ` ${forMarkdown(title)}`}: ${forMarkdown(what)}`,
    '',
    ...lines.map(({ label, text }) => `- ${label}: ${forMarkdown(text)}`),
    ...(runbook === '' ? [] : [`- runbook: ${codeSpan(runbook)}`]),
    '',
    ...steps.map((step, at) => `${at + 1}. ${stepText(step)}`),
    ...(again === null ? [] : ['', codeBlock([shellCommand(again)], 'sh')]),
  ].join('\n');
