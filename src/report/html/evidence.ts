import type { CheckResult } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { otherBreaks, mainBreak } from '../view/broken.ts';
import { chainsOf } from '../view/chain.ts';
import { markOf, seenText } from '../view/mark.ts';
import { positionText } from '../view/phrase.ts';
import { requestLine } from '../view/request-line.ts';
import { certificateDays } from '../view/ladder.ts';
import { html, when, type Markup, type Part } from './markup.ts';

/** What was asked, the YAML line that asked it with the token marked, and what was seen instead. */
export const frameMarkup = (check: CheckResult, options: ReportOptions): Markup => {
  const place = positionText(mainBreak(check)?.source ?? check.source);
  return html`<figure class="frame">
    <figcaption>${place}</figcaption>
    ${when(requestLine(check), (line) => html`<p class="request">${line}</p>`)} ${sourceLine(check, options)}
    ${when(mainBreak(check) === null ? null : seenText(check), (seen) => html`<p class="seen">${seen}</p>`)}
  </figure>`;
};

const sourceLine = (check: CheckResult, options: ReportOptions): Part =>
  when(markOf(check, options.sourceOf), ({ line, text, token }) => {
    const [before, marked, after] = [
      text.slice(0, token.start),
      text.slice(token.start, token.end),
      text.slice(token.end),
    ];
    return html`<pre><code><span class="number">${line}</span>${before}<mark>${marked}</mark>${after}</code></pre>`;
  });

/** Redirect chains and the other broken expectations. */
export const furtherMarkup = (check: CheckResult): Markup =>
  html`${when(
    chainsOf(check),
    (chains) =>
      html`<h4>Redirects</h4>
        <ul class="lines">
          ${chains.map((chain) => html`<li><code>${chain.split(/( --\S+--> )/u).map(hop)}</code></li>`)}
        </ul>`,
  )}
  ${when(
    otherBreaks(check),
    (others) =>
      html`<h4>Also broken</h4>
        <ul class="lines">
          ${others.map((other) => html`<li>${other}</li>`)}
        </ul>`,
  )}`;

const hop = (part: string): Part => (part.startsWith(' --') ? html`<span class="arrow">${part}</span>` : part);

/** The layers that a look passed, up to the one that broke. */
export const ladderMarkup = (check: CheckResult): Part =>
  when(
    check.layers.filter((step) => step.state !== 'not-reached'),
    (steps) =>
      html`<ol class="ladder" aria-label="Layers reached">
        ${steps.map(({ layer, state }) =>
          state === 'broken'
            ? html`<li class="bad"><strong>${layer}</strong> broken</li>`
            : html`<li>${layer} ok${layer === 'tls' ? certificateDays(check) : ''}</li>`,
        )}
      </ol>`,
  );
