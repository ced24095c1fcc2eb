import { linkFrom } from '../encode/link.ts';
import { shellCommand } from '../encode/shell.ts';
import { piecesOf } from '../../model/code-span.ts';
import type { Blocker, OwnerShown, RunbookSection } from '../../model/run.ts';
import { runbookText } from '../view/phrase.ts';
import { html, when, type Markup, type Part } from './markup.ts';

/** Who answers for it, and how they are reached. */
export const ownerMarkup = (owner: OwnerShown): Markup =>
  html`<strong>${owner.id}</strong>${when(owner.contact, (contact) => html` <code>${contact}</code>`)}`;

/** The order in which to call people, as an entry of a definition list. */
export const escalationMarkup = (owner: OwnerShown | null, label: string): Part =>
  when(
    owner?.escalation ?? [],
    (people) =>
      html`<dt>${label}</dt>
        <dd>
          <ol>
            ${people.map((person) => html`<li>${person}</li>`)}
          </ol>
        </dd>`,
  );

/** The title of the runbook section as a link where its address is safe, with the file that it is in. */
export const runbookMarkup = (section: RunbookSection, root: string): Markup => {
  const title = section.title === '' ? runbookText(section) : section.title;
  const place = title === runbookText(section) ? null : html` <span class="where">${runbookText(section)}</span>`;
  return html`${link(linkFrom(root, section.url), title)}${place}`;
};

/** Whose it is and where to read on, at the end of a line. */
export const lineGuide = (of: Pick<Blocker, 'owner' | 'runbook'>, root: string): Markup =>
  html`<span class="where"
    >${of.owner === null ? 'nobody is named' : ownerMarkup(of.owner)}${when(of.runbook, (section) => html`, ${link(linkFrom(root, section.url), runbookText(section))}`)}</span
  >`;

/** The steps of a runbook section, commands set as code. */
export const stepsMarkup = (section: RunbookSection): Part =>
  when(
    section.steps,
    (steps) =>
      html`<ol class="steps">
        ${steps.map((step) => html`<li>${piecesOf(step).map(({ text, code }) => (code ? html`<code>${text}</code>` : text))}</li> `)}
      </ol>`,
  );

/** The command that looks again, to be copied. */
export const commandMarkup = (argv: readonly string[]): Markup =>
  html`<pre class="command"><code>${shellCommand(argv)}</code></pre>`;

/** A link when there is an address to follow, else text. */
export const link = (href: string | null, text: string): Markup =>
  href === null ? html`${text}` : html`<a href="${href}" rel="noreferrer noopener">${text}</a>`;
