import type { Facts } from '../../../model/observation.ts';
import { printable } from '../../engine/printable.ts';
import { outputText } from '../../process/output-text.ts';

/** What a server writes to stdout that is no message. */
export type Noise = { readonly add: (line: Buffer) => void; readonly facts: () => Facts };

const MOST_LINES = 10;
const LONGEST = 200;

/** Counts lines and keeps the first few. */
export const newNoise = (): Noise => {
  const lines: string[] = [];
  let count = 0;
  return {
    add: (line) => {
      count += 1;
      if (lines.length < MOST_LINES) lines.push(printable(outputText(line.subarray(0, 4 * LONGEST)), LONGEST));
    },
    facts: () => (count === 0 ? {} : { 'stdout-noise': [...lines], 'noise-lines': count }),
  };
};
