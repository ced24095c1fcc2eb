import type { CheckResult, Run } from '../../model/run.ts';
import { formatDuration } from '../view/duration.ts';
import { entriesOf, stateOf } from '../view/findings.ts';
import { html, type Markup, type Part } from './markup.ts';
import { toneOfState } from './words.ts';

/** Rows; of a longer run those that took longest. */
const MOST = 40;

/** Units of a row from its left edge to its right one. */
const WIDE = 1000;
const NARROWEST = 3;

type Bar = { readonly from: number; readonly to: number };
type Row = { readonly check: CheckResult; readonly bars: readonly Bar[] };

/** When each check was looked at, a bar for each attempt, on one scale; nothing for a run without two of them. */
export const timelineMarkup = (run: Run): Part => {
  const rows = entriesOf(run).flatMap((check): readonly Row[] => {
    const bars = barsOf(check);
    return bars.length === 0 ? [] : [{ check, bars }];
  });
  const [start, end] = [Math.min(...rows.map(begins)), Math.max(...rows.map(ends))];
  if (rows.length < 2 || end <= start) return null;
  const longest = rows.toSorted((a, b) => ends(b) - begins(b) - (ends(a) - begins(a))).slice(0, MOST);
  const shown = longest.toSorted((a, b) => begins(a) - begins(b));
  const which = rows.length > MOST ? `The ${MOST} that took longest, of ${rows.length}. ` : '';
  return html`<section id="timeline" aria-labelledby="timeline-title">
    <h2 id="timeline-title">Timeline</h2>
    <p class="where">${which}From the first look to the end of the last: ${formatDuration(end - start)}.</p>
    <ol class="timeline">
      ${shown.map((row) => rowMarkup(row, start, end - start))}
    </ol>
  </section> `;
};

const begins = ({ bars }: Row): number => bars[0]?.from ?? 0;
const ends = ({ bars }: Row): number => bars.at(-1)?.to ?? 0;

/** A scenario has the attempts of the step that decided: it is one bar. */
const barsOf = ({ attempts, startedAt, durationMs, kind }: CheckResult): readonly Bar[] => {
  const looks =
    kind === 'scenario' && startedAt !== null && durationMs !== null ? [{ startedAt, durationMs }] : attempts;
  return looks.flatMap(({ startedAt: at, durationMs: took }) => {
    const from = Date.parse(at);
    return Number.isFinite(from) ? [{ from, to: from + took }] : [];
  });
};

const rowMarkup = ({ check, bars }: Row, start: number, whole: number): Markup => {
  const at = (time: number): number => Math.round(((time - start) / whole) * WIDE);
  const from = formatDuration((bars[0]?.from ?? start) - start);
  const took = formatDuration((bars.at(-1)?.to ?? start) - (bars[0]?.from ?? start));
  return html`<li class="${toneOfState(stateOf(check))}">
    <code>${check.id}</code>
    <svg viewBox="0 0 ${WIDE} 10" preserveAspectRatio="none" aria-hidden="true">
      ${bars.map((bar) => html`<rect x="${at(bar.from)}" y="0" width="${Math.max(NARROWEST, at(bar.to) - at(bar.from))}" height="10"></rect>`)}
    </svg>
    <span class="where">${took}, after ${from}${bars.length > 1 ? `, ${bars.length} attempts` : ''}</span>
  </li> `;
};
