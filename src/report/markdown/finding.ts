import { linkFrom } from '../encode/link.ts';
import { codeBlock, codeSpan, forMarkdown } from '../encode/markdown.ts';
import { shellCommand } from '../encode/shell.ts';
import { piecesOf } from '../../model/code-span.ts';
import type { Blocker, CheckResult, Contradiction, OwnerShown, RunbookSection } from '../../model/run.ts';
import { breakText, mainBreak, otherBreaks } from '../view/broken.ts';
import { chainsOf } from '../view/chain.ts';
import type { Cause } from '../view/findings.ts';
import { ladderText } from '../view/ladder.ts';
import { effortText, escalateText, holdsUpText, positionText, runbookText, urgencyText } from '../view/phrase.ts';
import { cleanupText, stepsText } from '../view/steps.ts';
import { requestLine } from '../view/request-line.ts';

/** A blocker: what is wrong with its evidence, who answers for it, and the steps that mend it. */
export const blockerSection = ({ blocker, check }: Cause, root: string): string => {
  const { cause } = blocker;
  const title = check === null || check.title === check.id ? '' : ` ${forMarkdown(check.title)}`;
  const items = [
    item('Reason', `${codeSpan(cause.reasonCode)} ${forMarkdown(cause.message)}`),
    ...(check === null ? [] : evidenceItems(check)),
    item('Urgency', forMarkdown(urgencyText(blocker))),
    item('Escalate', forMarkdown(escalateText(blocker))),
    item('Owner', blocker.owner === null ? 'nobody is named' : ownerMarkdown(blocker.owner)),
    item('Same', blocker.same.map(codeSpan).join(', ')),
    item('Holds up', forMarkdown(holdsUpText(blocker.affects))),
    ...runbookItems(blocker, root),
  ].filter((line) => line !== '');
  const command = check?.tryCommand ? `\n\n${codeBlock([shellCommand(check.tryCommand)], 'sh')}` : '';
  return `### ${blocker.verdict} ${codeSpan(cause.check)}${title}\n\n${items.join('\n')}${command}`;
};

export const contradictionItem = ({ component, claim, evidence, message }: Contradiction): string =>
  [
    `- **${forMarkdown(component)}**: ${forMarkdown(message)}`,
    `  - claim: ${codeSpan(claim.check)} says ${codeSpan(claim.says)}`,
    `  - evidence: ${codeSpan(evidence.check)} says ${codeSpan(evidence.says)}`,
  ].join('\n');

/** A runbook section as a link where its address is safe to follow, else as text. */
export const runbookLink = (section: RunbookSection, root: string): string => {
  const href = linkFrom(root, section.url);
  const text = forMarkdown(section.title === '' ? runbookText(section) : section.title);
  return href === null
    ? `${text} (${codeSpan(runbookText(section))})`
    : `[${text}](<${href.replace(/[<>]/gu, encodeURIComponent)}>)`;
};

const evidenceItems = (check: CheckResult): readonly string[] => {
  const main = mainBreak(check);
  return [
    item('Asked', codeSpan(requestLine(check))),
    item('Seen', main === null ? '' : codeSpan(breakText(main))),
    item('Steps', forMarkdown(stepsText(check))),
    item('Cleanup', forMarkdown(cleanupText(check))),
    ...otherBreaks(check).map((sentence) => item('Also', codeSpan(sentence))),
    ...chainsOf(check).map((chain) => item('Chain', codeSpan(chain))),
    item('Layer', forMarkdown(ladderText(check))),
    item('Evidence', check.evidence.map(codeSpan).join(', ')),
    item(
      'Where',
      [codeSpan(positionText(main?.source ?? check.source)), effortText(check)]
        .filter((part) => part !== '')
        .join(', '),
    ),
  ];
};

const ownerMarkdown = (owner: OwnerShown): string =>
  [
    `**${forMarkdown(owner.id)}**`,
    ...(owner.contact === null ? [] : [codeSpan(owner.contact)]),
    ...(owner.escalation.length === 0 ? [] : [`escalation: ${owner.escalation.map(forMarkdown).join('; ')}`]),
  ].join(', ');

const runbookItems = (blocker: Blocker, root: string): readonly string[] => {
  if (blocker.runbook === null) return [item('Next', forMarkdown(blocker.next))];
  const steps = blocker.runbook.steps.map((step, index) => `  ${index + 1}. ${stepText(step)}`);
  return [item('Runbook', runbookLink(blocker.runbook, root)), ...steps];
};

/** A runbook step with its commands as code. */
export const stepText = (step: string): string =>
  piecesOf(step)
    .map((piece) => (piece.code ? codeSpan(piece.text) : forMarkdown(piece.text)))
    .join('');

const item = (label: string, text: string): string => (text === '' ? '' : `- ${label}: ${text}`);
