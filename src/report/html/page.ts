import { createHash } from 'node:crypto';
import type { Run } from '../../model/run.ts';
import type { ReportOptions } from '../reporter.ts';
import { entriesOf, findingsOf } from '../view/findings.ts';
import { readinessParts, type ReadinessLine } from '../view/readiness.ts';
import { blockerMarkup, contradictionMarkup } from './blocker.ts';
import { checkMarkup } from './check.ts';
import { findingMarkup } from './finding.ts';
import { gatesMarkup } from './gates.ts';
import { headMarkup } from './headline.ts';
import { html, trusted, when, type Markup, type Part } from './markup.ts';
import { STYLE } from './style.ts';

/**
 * The report as one self-contained page: no script, no request to anywhere. The policy allows this style sheet, by its
 * hash, and nothing else; whatever a target wrote is text.
 */
export const renderHtml = (run: Run, options: ReportOptions): string => {
  const policy = `default-src 'none'; style-src 'sha256-${digest(STYLE)}'; base-uri 'none'; form-action 'none'`;
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
      </body>
    </html> `;
  return `${page.markup.trimEnd()}\n`;
};

const body = (run: Run, options: ReportOptions): Part => {
  const { blockers, lesser } = findingsOf(run);
  return [
    section('blockers', 'Blockers', blockers, (all) => all.map((cause) => blockerMarkup(cause, options))),
    section('contradictions', 'Contradictions', run.contradictions, (all) => all.map(contradictionMarkup)),
    section('findings', 'Other findings', lesser, (all) => all.map((check) => findingMarkup(check, options))),
    section('gates', 'Gates', run.gates, gatesMarkup),
    readinessParts(run).map(({ title, lines }) =>
      section(title.toLowerCase().replaceAll(' ', '-'), title, lines, readinessMarkup),
    ),
    section(
      'checks',
      'All checks',
      entriesOf(run),
      (all) =>
        html`<ul class="checks">
          ${all.map((check) => checkMarkup(check, options))}
        </ul>`,
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
    ${lines.map(({ state, tone, id, text }) => html`<li class="${tone}"><span class="state">${state}</span> <strong>${id}</strong> ${text}</li>`)}
  </ul>`;

const section = <T>(id: string, title: string, items: readonly T[], show: (items: readonly T[]) => Part): Part =>
  when(
    items,
    (all): Markup =>
      html`<section id="${id}" aria-labelledby="${id}-title">
        <h2 id="${id}-title">${title} <span class="count">${all.length}</span></h2>
        ${show(all)}
      </section> `,
  );

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
