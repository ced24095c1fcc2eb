import type { Glob } from './glob.ts';
import { readGlob } from './glob.ts';
import { listOf } from './list-of.ts';
import type { Spec } from './schema.ts';
import { makeAutomaton, type Automaton } from './states.ts';

const globsOf = (written: Spec['glob'] | undefined): readonly Glob[] =>
  listOf(written).flatMap((text) => {
    const read = readGlob(text);
    // Such a pattern is refused when the file is loaded; without it less would be looked at than was asked.
    if (!read.ok) throw new Error(`the pattern ${JSON.stringify(text)} ${read.message}`);
    return read.globs;
  });

/** Whether wildcards stand for names that begin with a dot: nothing that must not be there hides behind one. */
const withDotfiles = (spec: Spec): boolean =>
  spec.dotfiles ?? (spec.absent === true || spec.forbid !== undefined || spec['must-not-contain'] !== undefined);

/** The patterns of a spec that none of these paths fits, as they are written. */
export const unmatchedGlobs = (spec: Spec, paths: readonly string[]): readonly string[] =>
  listOf(spec.glob).filter((text) => {
    const automaton = makeAutomaton(globsOf(text), withDotfiles(spec));
    return !paths.some((path) => fitsPath(automaton, path));
  });

const fitsPath = ({ start, step }: Automaton, path: string): boolean => {
  const names = path.split('/');
  let states = start;
  return names.some((name, at) => {
    const next = step(states, name);
    states = next.states;
    return at === names.length - 1 && next.matched;
  });
};

/** What a walk looks for and what it leaves out. */
export const walkPlan = (spec: Spec): { readonly wanted: Automaton; readonly excluded: Automaton } => ({
  wanted: makeAutomaton(globsOf(spec.glob), withDotfiles(spec)),
  excluded: makeAutomaton(globsOf(spec.exclude), true),
});
