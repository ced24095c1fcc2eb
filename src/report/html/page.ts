import { createHash } from 'node:crypto';
import type { CheckResult, Run } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { entriesOf, findingsOf } from '../view/findings.ts';
import { readinessParts, type ReadinessLine } from '../view/readiness.ts';
import { blockerLine, blockerMarkup, contradictionMarkup } from './blocker.ts';
import { briefMarkup, checkMarkup } from './check.ts';
import { findingLine, findingMarkup } from './finding.ts';
import { gatesMarkup } from './gates.ts';
import { headMarkup } from './headline.ts';
import { html, trusted, when, type Markup, type Part } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { timelineMarkup } from './timeline.ts';

/** A run of more checks shows a clean pass as a line, so that the page still opens at once; `run.json` has it all. */
const MOST_IN_FULL = 1000;
const MANY = 'There are many: a clean pass is a line here, and run.json has all that was seen.';
const OF_A_LIST = 100;
/** Of a kind. */
const MOST_CARDS = 200;

/**
 * The report as one self-contained page. The policy allows its style sheet and its script, by their hashes, images of the
 * run's own folder, and nothing else; whatever a target wrote is text. Everything can be read without the script.
 */
export const renderHtml = (run: Run, options: ReportOptions): string => {
  const policy = [
    `default-src 'none'`,
    `style-src 'sha256-${digest(STYLE)}'`,
    `script-src 'sha256-${digest(SCRIPT)}'`,
    `img-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${run.verdict}: ${run.run.name}</title>
        ${trusted(`<style>${STYLE}</style>`)}
      </head>
      <body>
        ${headMarkup(run)}
        <main>${body(run, options)}</main>
        <footer>
          <p>
            Run <code>${run.run.id}</code>, ${run.run.tool.name} ${run.run.tool.version}, configuration
            <code>${run.run.configDigest.slice(0, 12)}</code>
          </p>
        </footer>
        ${trusted(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `;
  return `${page.markup.trimEnd()}\n`;
};

const body = (run: Run, options: ReportOptions): Part => {
  const { blockers, lesser } = findingsOf(run);
  return [
    section('blockers', 'Blockers', blockers, (all) =>
      cards(
        all,
        (cause) => blockerMarkup(cause, options),
        (cause) => blockerLine(cause, options),
      ),
    ),
    section('contradictions', 'Contradictions', run.contradictions, (all) => all.map(contradictionMarkup)),
    section('findings', 'Other findings', lesser, (all) =>
      cards(
        all,
        (check) => findingMarkup(check, options),
        (check) => findingLine(check, options),
      ),
    ),
    section('gates', 'Gates', run.gates, gatesMarkup),
    readinessParts(run).map(({ title, lines }) =>
      section(title.toLowerCase().replaceAll(' ', '-'), title, lines, readinessMarkup),
    ),
    timelineMarkup(run),
    section(
      'checks',
      'All checks',
      entriesOf(run),
      (all) =>
        html`<div id="filter" hidden></div>
          ${all.length > MOST_IN_FULL ? html`<p class="where">${MANY}</p>` : null} ${checkLists(all, options)}`,
    ),
    section(
      'not-checked',
      'Not checked',
      run.notChecked,
      (all) =>
        html`<ul class="lines">
          ${all.map(({ id, why }) => html`<li><code>${id}</code> ${why}</li>`)}
        </ul>`,
    ),
  ];
};

const readinessMarkup = (lines: readonly ReadinessLine[]): Markup =>
  html`<ul class="lines readiness">
    ${lines.map(
      ({ state, tone, id, text, heading }) =>
        html`<li class="${tone}${heading ? ' heading' : ''}">
          <span class="state">${state}</span> <span><strong>${id}</strong> ${text}</span>
        </li> `,
    )}
  </ul>`;

/** Lists of a length that a browser can leave alone while they are not in sight: it cannot with each of ten thousand. */
const checkLists = (checks: readonly CheckResult[], options: ReportOptions): readonly Markup[] => {
  const many = checks.length > MOST_IN_FULL;
  const inFull = new Set(many ? checks.filter((check) => !isClean(check)).slice(0, MOST_IN_FULL) : checks);
  return Array.from({ length: Math.ceil(checks.length / OF_A_LIST) }, (_, at) => {
    const some = checks.slice(at * OF_A_LIST, (at + 1) * OF_A_LIST);
    return html`<ul class="checks">
      ${some.map((check) => (inFull.has(check) ? checkMarkup(check, options) : briefMarkup(check)))}
    </ul> `;
  });
};

/** The first of what matters as cards, and a line for each of the rest. */
const cards = <T>(all: readonly T[], card: (one: T) => Markup, line: (one: T) => Markup): Part => [
  all.slice(0, MOST_CARDS).map(card),
  when(
    all.slice(MOST_CARDS),
    (rest) =>
      html`<ul class="lines rest">
        ${rest.map((one) => html`<li>${line(one)}</li> `)}
      </ul>`,
  ),
];

const isClean = ({ outcome, flaky }: CheckResult): boolean => outcome === 'pass' && !flaky;

const section = <T extends object>(
  id: string,
  title: string,
  items: readonly T[],
  show: (items: readonly T[]) => Part,
): Part =>
  when(
    items,
    (all): Markup =>
      html`<section id="${id}" aria-labelledby="${id}-title">
        <h2 id="${id}-title">${title} <span class="count">${all.filter(isCounted).length || ''}</span></h2>
        ${show(all)}
      </section> `,
  );

/** A heading or a sum among the lines of a section is none of what they are about. */
const isCounted = (item: object): boolean => !('heading' in item) && !('sum' in item);

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
