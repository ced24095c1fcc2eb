import type { Facts } from '../../../model/observation.ts';
import { printable } from '../../engine/printable.ts';
import { outputText } from '../../process/output-text.ts';

/** What a server writes to stdout that is no message. */
export type Noise = {
  readonly add: (line: Buffer) => void;
  readonly facts: () => Facts;
  /** A clause for a message about an answer that did not come: it may stand in one of these lines. */
  readonly clause: () => string;
};

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
    clause: () =>
      count === 0 ? '' : `; stdout holds ${count} other ${count === 1 ? 'line' : 'lines'}, first "${lines[0]}"`,
    facts: () => (count === 0 ? {} : { 'stdout-noise': [...lines], 'noise-lines': count }),
  };
};
