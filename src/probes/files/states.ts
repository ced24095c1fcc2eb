import type { Glob, Segment } from './glob.ts';

/** How far each of several patterns has come on the way to an entry; sorted, so that equal ones have equal keys. */
export type States = readonly number[];

/** What becomes of some states by one more name. */
export type Step = {
  /** The path so far fits a pattern. */
  readonly matched: boolean;
  /** What may still fit further down; empty when nothing can. */
  readonly states: States;
  /** Whether one of these was reached by a name that is written out. */
  readonly named: boolean;
};

export type Automaton = {
  readonly start: States;
  readonly step: (states: States, name: string) => Step;
  /** The only names that can come next, when each is written out; null when any may. */
  readonly names: (states: States) => readonly string[] | null;
};

const END = 'end';

/** Patterns that are followed side by side, name by name; `dotfiles` lets wildcards stand for a dot in front. */
export const makeAutomaton = (globs: readonly Glob[], dotfiles: boolean): Automaton => {
  const places: readonly (Segment | typeof END)[] = globs.flatMap((glob) => [...glob, END]);
  const starts: number[] = [];
  for (let at = 0, glob = 0; glob < globs.length; at += (globs[glob]?.length ?? 0) + 1, glob += 1) starts.push(at);

  /** `**` stands for no folder too. */
  const enter = (place: number, into: Set<number>): void => {
    const segment = places[place];
    into.add(place);
    if (segment !== undefined && segment !== END && segment.type === 'any-depth') enter(place + 1, into);
  };

  const fits = (segment: Segment, name: string): boolean => {
    if (segment.type === 'literal') return segment.name === name;
    const hidden = name.startsWith('.') && !dotfiles;
    if (segment.type === 'any-depth') return !hidden;
    return (!hidden || segment.namesDot) && segment.test(name);
  };

  const step = (states: States, name: string): Step => {
    const next = new Set<number>();
    let named = false;
    for (const place of states) {
      const segment = places[place];
      if (segment === undefined || segment === END || !fits(segment, name)) continue;
      if (segment.type === 'literal' && places[place + 1] !== END) named = true;
      enter(segment.type === 'any-depth' ? place : place + 1, next);
    }
    const reached = [...next].filter((place) => places[place] !== END);
    return { matched: reached.length < next.size, states: reached.sort((a, b) => a - b), named };
  };

  const names = (states: States): readonly string[] | null => {
    const written = new Set<string>();
    for (const place of states) {
      const segment = places[place];
      if (segment === undefined || segment === END) continue;
      if (segment.type !== 'literal') return null;
      written.add(segment.name);
    }
    return [...written];
  };

  const start = new Set<number>();
  for (const place of starts) enter(place, start);
  return { start: [...start].sort((a, b) => a - b), step, names };
};
