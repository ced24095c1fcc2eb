import type { CheckResult } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { effortText } from '../view/phrase.ts';
import { furtherMarkup } from './evidence.ts';
import { lineGuide, ownerMarkup, runbookMarkup } from './guide.ts';
import { html, when, type Markup } from './markup.ts';
import { stateBadge } from './words.ts';

/** A finding that does not hold the verdict down: what it is, whose it is, where to read on. */
export const findingMarkup = (check: CheckResult, { root }: ReportOptions): Markup =>
  html`<article class="card calm">
    <p class="marks">
      ${stateBadge(check)}${when(check.reasonCode, (code) => html` <code class="reason">${code}</code>`)}
      <span class="where">${effortText(check)}</span>
    </p>
    <h3>${check.title}${check.title === check.id ? null : html` <code>${check.id}</code>`}</h3>
    ${when(check.message, (message) => html`<p class="message">${message}</p>`)}
    ${when(check.causedBy, (id) => html`<p>Blocked by <code>${id}</code></p>`)} ${furtherMarkup(check)}
    ${when(check.owner, (owner) => html`<p>Owner: ${ownerMarkup(owner)}</p>`)}
    ${when(check.runbook, (section) => html`<p>Runbook: ${runbookMarkup(section, root)}</p>`)}
  </article> `;

/** A finding as one line, where there are too many for a card each. */
export const findingLine = (check: CheckResult, { root }: ReportOptions): Markup =>
  html`${stateBadge(check)} <code>${check.id}</code> ${check.message} ${lineGuide(check, root)}`;
