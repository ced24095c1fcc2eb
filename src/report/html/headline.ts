import { OUTCOMES } from '../../model/outcome.ts';
import type { Run } from '../../model/run.ts';
import { formatTime } from '../view/duration.ts';
import { circumstancesText, incompleteText, repairText } from '../view/phrase.ts';
import { plural } from '../view/totals.ts';
import { html, when, type Markup, type Part } from './markup.ts';
import { toneOf } from './words.ts';

/** The verdict, large, with everything that a reader must know before the details. */
export const headMarkup = (run: Run): Markup =>
  html`<header class="top ${toneOf(run.verdict)}">
    <h1><span class="verdict">${run.verdict}</span> <span class="subject">${run.run.name}</span></h1>
    <p class="circumstances">${circumstancesText(run)}</p>
    ${banners(run)}
    ${when(
      run.reasons,
      (reasons) =>
        html`<ul class="reasons">
          ${reasons.map((reason) => html`<li>${reason}</li>`)}
        </ul>`,
    )}
    ${when(repairText(run), (text) => html`<p class="repair">${text}</p>`)}
    ${when(run.validUntil, (time) => html`<p>Valid until ${formatTime(time)}</p>`)} ${totals(run)}
  </header>`;

const banners = (run: Run): Part => {
  const incomplete = incompleteText(run);
  const all = [...(incomplete === null ? [] : [incomplete]), ...run.banners.filter((banner) => banner !== incomplete)];
  return when(
    all,
    (texts) =>
      html`<ul class="banners">
        ${texts.map((text) => html`<li><span aria-hidden="true">!</span> ${text}</li>`)}
      </ul>`,
  );
};

const totals = ({ totals: counts }: Run): Markup =>
  html`<dl class="totals">
    <div>
      <dt>${plural(counts.checks, 'check').replace(/^\d+ /u, '')}</dt>
      <dd>${counts.checks}</dd>
    </div>
    ${[...OUTCOMES, 'flaky' as const]
      .filter((name) => counts[name] > 0)
      .map(
        (name) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${counts[name]}</dd>
          </div> `,
      )}
  </dl>`;
