import type { Facts } from '../../model/observation.ts';
import { printable } from '../engine/printable.ts';

/** Few enough for one sentence, and enough to hold the cause beside what make and its like say of it. */
const LINES = 3;
const LONGEST = 160;

const lastLines = (output: unknown): readonly string[] =>
  typeof output === 'string'
    ? output
        .split(/[\r\n]+/)
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .slice(-LINES)
    : [];

/** A clause with the last lines that a program wrote, where programs tell why they failed: on stderr, else on stdout. */
export const lastWords = (facts: Facts): string => {
  for (const name of ['stderr', 'stdout']) {
    const lines = lastLines(facts[`${name}-tail`] ?? facts[name]).map((line) => printable(line, LONGEST));
    if (lines.length > 0) return `; its ${name} ends with: ${lines.join(' / ')}`;
  }
  return '; it said nothing';
};
