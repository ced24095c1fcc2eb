import type { Verdict } from '../../model/outcome.ts';
import type { CheckResult } from '../../model/run.ts';
import { stateOf } from '../view/findings.ts';
import { html, type Markup } from './markup.ts';

/** How a verdict or state looks; the word and the symbol always stand beside the colour. */
export type Tone = 'good' | 'doubt' | 'bad' | 'calm';

const VERDICTS: { readonly [verdict in Verdict]: readonly [tone: Tone, symbol: string] } = {
  GO: ['good', '\u2713'],
  CONDITIONAL: ['calm', '!'],
  HOLD: ['doubt', '?'],
  'NO-GO': ['bad', '\u2715'],
};

const STATES: { readonly [state in ReturnType<typeof stateOf>]: readonly [tone: Tone, symbol: string] } = {
  pass: ['good', '\u2713'],
  flaky: ['doubt', '~'],
  warn: ['doubt', '!'],
  fail: ['bad', '\u2715'],
  unknown: ['doubt', '?'],
  blocked: ['calm', '\u00d8'],
  skipped: ['calm', '\u2013'],
};

/** The class that carries the colours of a verdict. */
export const toneOf = (verdict: Verdict): Tone => VERDICTS[verdict][0];

/** The class that carries the colours of a state. */
export const toneOfState = (state: ReturnType<typeof stateOf>): Tone => STATES[state][0];

export const verdictBadge = (verdict: Verdict): Markup => badge(VERDICTS[verdict], verdict);

export const stateBadge = (check: CheckResult): Markup => badge(STATES[stateOf(check)], stateOf(check));

const badge = ([tone, symbol]: readonly [Tone, string], word: string): Markup =>
  html`<span class="badge ${tone}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
