import { safeLink } from '../encode/link.ts';
import type { CheckResult } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { mainBreak, otherBreaks, writtenBreak } from '../view/broken.ts';
import { chainsOf } from '../view/chain.ts';
import { markOf, seenAndAskedText, type Mark } from '../view/mark.ts';
import { positionText } from '../view/phrase.ts';
import { requestLine } from '../view/request-line.ts';
import { certificateDays } from '../view/ladder.ts';
import { link } from './guide.ts';
import { html, when, type Markup, type Part } from './markup.ts';

/** What was asked, the YAML line that asked it with the token marked, and what was seen instead. */
export const frameMarkup = (check: CheckResult, options: ReportOptions): Markup => {
  const broken = mainBreak(check);
  const mark = markOf(check, options.sourceOf);
  const seen = mark === null ? seenAndAskedText(check) : mark.note;
  return html`<figure class="frame">
    <figcaption>${positionText(broken?.source ?? check.source)}</figcaption>
    ${when(requestLine(check), (line) => html`<p class="request">${line}</p>`)} ${when(mark, sourceLine)}
    ${when(writtenBreak(check), () => html`<p class="seen">${seen}</p>`)}
  </figure>`;
};

const sourceLine = ({ line, text, token }: Mark): Markup => {
  const [before, marked, after] = [
    text.slice(0, token.start),
    text.slice(token.start, token.end),
    text.slice(token.end),
  ];
  return html`<pre><code><span class="number">${line}</span>${before}<mark>${marked}</mark>${after}</code></pre>`;
};

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

/** Files that were kept of a check: pictures are shown, everything else is linked. */
export const keptMarkup = (paths: readonly string[]): Markup =>
  html`<ul class="lines">
    ${paths.map((path) => {
      const href = safeLink(path);
      const picture = href !== null && !/^https?:/iu.test(href) && /\.(?:png|jpe?g|webp)$/iu.test(href);
      return html`<li>
        ${link(href, path)}${picture ? html`<img src="${href}" alt="${path}" loading="lazy" />` : null}
      </li>`;
    })}
  </ul>`;
