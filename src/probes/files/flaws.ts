import type { Json } from '../../model/json.ts';

/** The facts that count flaws; every flaw is about one of them. */
export type About =
  | 'count'
  | 'irregular'
  | 'links-out'
  | 'wrong-mode'
  | 'invalid-lines'
  | 'half-written'
  | 'missing-patterns'
  | 'forbidden'
  | 'valid-json'
  | 'content';

/** What is wrong and where; `what` goes on from the path: `is a named pipe`. Nothing of what a line holds. */
export type Flaw = { readonly about: About; readonly path: string; readonly line?: number; readonly what: string };

const MOST_KEPT = 50;

/** Counts flaws of each sort and keeps the first ones. */
export type Flaws = {
  readonly add: (flaw: Flaw) => void;
  readonly count: (about: About) => number;
  readonly list: () => readonly Json[];
};

export const collectFlaws = (): Flaws => {
  const counts = new Map<About, number>();
  const kept: Json[] = [];
  const count = (about: About): number => counts.get(about) ?? 0;
  return {
    add: ({ about, path, line, what }) => {
      counts.set(about, count(about) + 1);
      if (count(about) <= MOST_KEPT) kept.push({ about, path, ...(line === undefined ? {} : { line }), what });
    },
    count,
    list: () => kept,
  };
};
