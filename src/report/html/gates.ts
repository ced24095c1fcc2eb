import type { GateResult } from '../../model/run.ts';
import { gateTimeText } from '../view/phrase.ts';
import { coverageText, plural } from '../view/totals.ts';
import { html, when, type Markup } from './markup.ts';
import { verdictBadge } from './words.ts';

/** The gates with their verdicts, coverage and what holds them; a table that becomes blocks on a narrow screen. */
export const gatesMarkup = (gates: readonly GateResult[]): Markup =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">Verdict</th>
        <th scope="col">Gate</th>
        <th scope="col">Coverage</th>
        <th scope="col">Held by</th>
      </tr>
    </thead>
    <tbody>
      ${gates.map(gateRow)}
    </tbody>
  </table>`;

const gateRow = (gate: GateResult): Markup => {
  return html`<tr>
    <td data-label="Verdict">${verdictBadge(gate.verdict)}</td>
    <th scope="row" data-label="Gate">
      ${gate.title}${gate.title === gate.id ? null : html` <code>${gate.id}</code>`}
      ${when(gateTimeText(gate), (text) => html`<p class="where">${text}</p>`)}
    </th>
    <td data-label="Coverage">${coverageText(gate.coverage).map((text) => html`<p>${text}</p>`)}${criteria(gate)}</td>
    <td data-label="Held by">
      ${
        gate.blockedBy.length === 0
          ? 'nothing'
          : html`<ul class="ids">
              ${gate.blockedBy.map((id) => html`<li><code>${id}</code></li>`)}
            </ul>`
      }
      ${remarks('Conditions', gate.conditions)}${remarks('Notes', gate.notes)}
    </td>
  </tr> `;
};

const remarks = (label: string, texts: readonly string[]) =>
  when(
    texts,
    (given) =>
      html`<h4>${label}</h4>
        <ul class="lines">
          ${given.map((text) => html`<li>${text}</li>`)}
        </ul>`,
  );

const criteria = (gate: GateResult) =>
  when(
    gate.criteria,
    (all) =>
      html`<details>
        <summary>${plural(all.length, 'criterion').replace('criterions', 'criteria')}</summary>
        <ul class="lines">
          ${all.map((one) => html`<li>${one.tier} <code>${one.id}</code> ${one.outcome}${one.waived ? ' (waived)' : ''}</li>`)}
        </ul>
      </details>`,
  );
