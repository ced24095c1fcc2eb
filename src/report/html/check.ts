import { excerpt } from '../encode/visible.ts';
import type { CheckResult, ScenarioResult } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { askedText, breakText, type Shown } from '../view/broken.ts';
import { formatDuration, formatTime } from '../view/duration.ts';
import { effortText, positionText } from '../view/phrase.ts';
import { requestLine } from '../view/request-line.ts';
import { isScenario } from '../view/steps.ts';
import { typedValue } from '../view/value.ts';
import { furtherMarkup, keptMarkup, ladderMarkup } from './evidence.ts';
import { commandMarkup, ownerMarkup, runbookMarkup } from './guide.ts';
import { html, trusted, when, type Markup, type Part } from './markup.ts';
import { stateOf } from '../view/findings.ts';
import { stateBadge } from './words.ts';

/** Characters of the facts that a page shows of one check; `run.json` has them all. */
const MOST_FACTS = 8_000;

const NEW_LINE = trusted('\n');

/** A check in the list of all, as one line. */
export const briefMarkup = (check: CheckResult): Markup =>
  html`<li ${factsToFilter(check)}><p class="brief">${summaryParts(check)}</p></li> `;

const summaryParts = (check: CheckResult): Markup =>
  html`${stateBadge(check)}
    <span class="name">${check.title}${check.title === check.id ? null : html` <code>${check.id}</code>`}</span>
    <span class="effort">${when(check.reasonCode, (code) => html`<code>${code}</code> `)}${effortText(check)}</span>`;

/** What the script of the page filters by; blanks part the words, so none may be inside of one. */
const factsToFilter = (check: CheckResult): Markup => {
  const word = (text: string): string => text.replaceAll(/\s+/gu, '-');
  return html`data-state="${stateOf(check)}" data-component="${word(check.component ?? '')}"
  data-owner="${word(check.owner?.id ?? '')}" data-tags="${check.tags.map(word).join(' ')}"`;
};

/** A check in the list of all: one line, and everything that is known of it when opened. */
export const checkMarkup = (check: CheckResult, options: ReportOptions): Markup =>
  html`<li ${factsToFilter(check)}>
    <details>
      <summary>${summaryParts(check)}</summary>
      <div class="inside">
        ${when(check.message, (message) => html`<p class="message">${message}</p>`)}
        ${ladderMarkup(check)}${furtherMarkup(check)}
        <dl>
          ${entry('Looked at', requestLine(check))} ${entry('Kind', check.kind)} ${entry('Component', check.component)}
          ${when(check.owner, (owner) => entry('Owner', ownerMarkup(owner)))} ${entry('Tags', check.tags.join(', '))}
          ${entry('Blocked by', check.causedBy)} ${entry('Written in', positionText(check.source))}
          ${entry('Timings', timingsText(check))}
          ${check.attempts.length > 1 ? entry('Attempts', attemptList(check)) : null}
          ${when(check.runbook, (section) => entry('Runbook', runbookMarkup(section, options.root)))}
          ${when(check.tryCommand, (argv) => entry('Look again', commandMarkup(argv)))}
          ${when(check.evidence, (paths) => entry('Evidence', keptMarkup(paths)))}
        </dl>
        ${isScenario(check) ? stepsMarkup(check, options) : when(check.expectations, expectationList)}
        ${isScenario(check) ? null : factsMarkup(check)}
      </div>
    </details>
  </li> `;

const stepsMarkup = ({ steps, cleanup }: ScenarioResult, options: ReportOptions): Markup =>
  html`<h4>Steps</h4>
    <ol class="checks">
      ${[...steps, ...cleanup].map((step) => checkMarkup(step, options))}
    </ol>`;

const entry = (label: string, value: Part): Part =>
  value === null || value === ''
    ? null
    : html`<dt>${label}</dt>
        <dd>${value}</dd>`;

const timingsText = ({ timings }: CheckResult): string => {
  const phases: readonly (readonly [string, number | undefined])[] = [
    ['dns', timings.dnsMs],
    ['connect', timings.connectMs],
    ['tls', timings.tlsMs],
    ['first byte', timings.firstByteMs],
    ['download', timings.downloadMs],
  ];
  return phases.flatMap(([name, ms]) => (ms === undefined ? [] : [`${name} ${formatDuration(ms)}`])).join(', ');
};

const attemptList = (check: CheckResult): Markup =>
  html`<ol class="lines">
    ${check.attempts.map((one) => html`<li>${[one.outcome, one.reasonCode, formatDuration(one.durationMs), formatTime(one.startedAt)].filter((part) => part !== null).join(', ')}</li>`)}
  </ol>`;

const expectationList = (expectations: readonly Shown[]): Markup =>
  html`<h4>Expectations</h4>
    <ul class="lines">
      ${expectations.map((one) => html`<li>${expectationText(one)}</li>`)}
    </ul>`;

const expectationText = (one: Shown): string =>
  one.held
    ? `held: ${one.fact} ${askedText(one)} (${typedValue(one.actual)})`
    : `broken: ${breakText(one)}${one.level === 'warn' ? ' (warns)' : ''}`;

const factsMarkup = (check: CheckResult): Part =>
  Object.keys(check.facts).length === 0
    ? null
    : html`<details>
        <summary>Facts</summary>
        <pre class="facts"><code>${factLines(check).map((line) => [line, NEW_LINE])}</code></pre>
      </details>`;

/** Line by line, for a line break inside a value must not become one of ours. */
const factLines = (check: CheckResult): readonly string[] =>
  excerpt(JSON.stringify(check.facts, null, 2), MOST_FACTS).split('\n');
