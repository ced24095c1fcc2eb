import type { CheckResult, Contradiction } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import type { Cause } from '../view/findings.ts';
import { effortText, urgencyText } from '../view/phrase.ts';
import { frameMarkup, furtherMarkup, keptMarkup, ladderMarkup } from './evidence.ts';
import { commandMarkup, escalationMarkup, lineGuide, ownerMarkup, runbookMarkup, stepsMarkup } from './guide.ts';
import { html, when, type Markup, type Part } from './markup.ts';
import { toneOf, verdictBadge } from './words.ts';

/** One root cause: what is wrong with the evidence on one side, who mends it and how on the other. */
export const blockerMarkup = (cause: Cause, options: ReportOptions): Markup => {
  const { blocker, check } = cause;
  const title = check === null || check.title === check.id ? blocker.cause.check : check.title;
  return html`<article class="card ${toneOf(blocker.verdict)}">
    <header>
      <p class="marks">
        ${verdictBadge(blocker.verdict)}
        <code class="reason">${blocker.cause.reasonCode}</code
        >${when(urgencyText(blocker), isLate(blocker) ? alarm : aside)}${when(check === null ? null : effortText(check), aside)}
      </p>
      <h3>${title}${title === blocker.cause.check ? null : html` <code>${blocker.cause.check}</code>`}</h3>
      <p class="message">${blocker.cause.message}</p>
    </header>
    <div class="sides">
      <div>${check === null ? null : evidence(check, options)}</div>
      <div class="guide">${guide(cause, options)}</div>
    </div>
  </article>`;
};

/** A root cause as one line, where there are too many for a card each. */
export const blockerLine = ({ blocker }: Cause, options: ReportOptions): Markup =>
  html`${verdictBadge(blocker.verdict)} <code>${blocker.cause.check}</code> ${blocker.cause.message}
    ${lineGuide(blocker, options.root)}`;

/** Its service level or its deadline is over. */
const isLate = ({ overdue, deadlineState }: Cause['blocker']): boolean => overdue || deadlineState === 'over';

const alarm = (text: string): Markup => html` <strong class="urgency over">${text}</strong>`;

const aside = (text: string): Markup => html` <span class="urgency">${text}</span>`;

const evidence = (check: CheckResult, options: ReportOptions): Part => [
  ladderMarkup(check),
  frameMarkup(check, options),
  furtherMarkup(check),
  when(
    check.evidence,
    (paths) =>
      html`<h4>Evidence</h4>
        ${keptMarkup(paths)}`,
  ),
];

const guide = ({ blocker, check }: Cause, options: ReportOptions): Markup => {
  const { owner, runbook, affects, same } = blocker;
  const held = [...affects.checks, ...affects.gates.map((gate) => `gate ${gate}`)];
  return html`<dl>
    <dt>Owner</dt>
    <dd>${owner === null ? 'nobody is named' : ownerMarkup(owner)}</dd>
    ${escalationMarkup(owner, isLate(blocker) ? 'Escalate now' : 'Escalation')}
    ${
      runbook === null
        ? html`<dt>Next</dt>
            <dd>${blocker.next}</dd>`
        : html`<dt>Runbook</dt>
            <dd>${runbookMarkup(runbook, options.root)}${stepsMarkup(runbook)}</dd>`
    }
    ${when(
      check?.tryCommand ?? null,
      (argv) =>
        html`<dt>Look again</dt>
          <dd>${commandMarkup(argv)}</dd>`,
    )}
    ${when(
      same,
      (ids) =>
        html`<dt>Same cause</dt>
          <dd>${idList(ids)}</dd>`,
    )}
    ${when(
      held,
      (ids) =>
        html`<dt>Holds up</dt>
          <dd>${idList(ids)}</dd>`,
    )}
  </dl>`;
};

const idList = (ids: readonly string[]): Markup =>
  html`<ul class="ids">
    ${ids.map((id) => html`<li><code>${id}</code></li>`)}
  </ul>`;

/** A health claim and the evidence that speaks against it, side by side. */
export const contradictionMarkup = ({ component, claim, evidence: shown, message }: Contradiction): Markup =>
  html`<article class="card bad">
    <h3>${component}</h3>
    <p class="message">${message}</p>
    <div class="sides even">${saying('The claim', claim)} ${saying('The evidence', shown)}</div>
  </article>`;

const saying = (label: string, { check, says }: Contradiction['claim']): Markup =>
  html`<div class="saying">
    <h4>${label}</h4>
    <p><code>${check}</code> says</p>
    <blockquote>${says}</blockquote>
  </div>`;
