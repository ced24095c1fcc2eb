import type { Json } from '../../../model/json.ts';

/** Counts everything and keeps the first few: a page decides how much there is. */
export type Tally = {
  readonly add: (item: Json) => void;
  readonly kept: () => readonly Json[];
  readonly count: () => number;
};

const MOST_KEPT = 50;

export const newTally = (): Tally => {
  const kept: Json[] = [];
  let count = 0;
  return {
    add: (item) => {
      count += 1;
      if (kept.length < MOST_KEPT) kept.push(item);
    },
    kept: () => [...kept],
    count: () => count,
  };
};
