import { CouldNotLook } from '../probe.ts';
import { targetOf, type EntryType, type Target } from './entry.ts';
import { entriesOf, type Named } from './folder-entries.ts';
import { childOf, matchedName, shownPath, type RawPath } from './names.ts';
import type { Automaton, States } from './states.ts';
import { quotePath, tooMuch } from './trouble.ts';

/** An entry that fits a pattern. `path` is relative to root, as text; `target` is where it leads when it is a link. */
export type Found = {
  readonly path: string;
  readonly raw: RawPath;
  readonly type: EntryType;
  readonly target: Target | null;
};

/** A walk through the folders below a root, as far as the patterns reach. */
export type WalkOrder = {
  /** Absolute and free of links. */
  readonly root: RawPath;
  readonly wanted: Automaton;
  readonly excluded: Automaton;
  /** Throws when there is no more time; called between the calls of the system. */
  readonly pause: () => void;
};

/** What a walk counts while it goes on; the facts of a walk that had to stop. */
export type Tally = { walked: number; excluded: number };

export type Walk = {
  readonly found: readonly Found[];
  /** Links to folders outside root, through which the patterns would have gone. */
  readonly linksOut: readonly string[];
};

const MOST_ENTRIES = 200_000;
const DEEPEST = 200;
/** After how many entries time is looked at. */
const BATCH = 1024;

type Folder = {
  readonly raw: RawPath;
  readonly shown: RawPath;
  readonly states: States;
  readonly excluded: States;
  readonly depth: number;
};

/** A pattern that names such a link is about what lies behind it, of which nothing is seen. */
const leadsOut = (path: string): CouldNotLook =>
  new CouldNotLook(
    'probe-crashed',
    `${quotePath(path)} leads to a folder outside root and is not followed: write root: with that folder`,
  );

/**
 * Walks below a root. Links are followed as long as they stay inside root; each folder is walked once for the same
 * part of the patterns, real ones before those behind links, so that a loop of links ends. Throws `CouldNotLook` for a
 * folder that cannot be read and for more than there is room for: a short list is never taken for the whole.
 */
export const walk = async ({ root, wanted, excluded, pause }: WalkOrder, tally: Tally): Promise<Walk> => {
  const found: Found[] = [];
  const linksOut: string[] = [];
  const real: Folder[] = [{ raw: root, shown: '', states: wanted.start, excluded: excluded.start, depth: 0 }];
  const linked: Folder[] = [];
  const seen = new Set<string>();

  const enter = (folder: Folder, into: Folder[]): void => {
    if (folder.depth > DEEPEST)
      throw tooMuch(`${quotePath(shownPath(folder.shown))} lies deeper than ${DEEPEST} folders`);
    into.push(folder);
  };

  const visit = async (folder: Folder, { name, type }: Named): Promise<void> => {
    const text = matchedName(name);
    const left = excluded.step(folder.excluded, text);
    if (left.matched) {
      tally.excluded += 1;
      return;
    }
    const step = wanted.step(folder.states, text);
    if (!step.matched && step.states.length === 0) return;
    const raw = childOf(folder.raw, name);
    const shown = folder.shown === '' ? name : childOf(folder.shown, name);
    const below = { shown, states: step.states, excluded: left.states, depth: folder.depth + 1 };
    const target = type === 'link' ? await targetOf(raw, shownPath(shown), root) : null;
    if (step.matched) found.push({ path: shownPath(shown), raw, type, target });
    if (step.states.length === 0) return;
    if (type === 'folder') enter({ raw, ...below }, real);
    else if (target?.where === 'inside' && target.type === 'folder') enter({ raw: target.raw, ...below }, linked);
    else if (target?.where === 'outside' && target.folder) {
      if (step.named) throw leadsOut(shownPath(shown));
      linksOut.push(shownPath(shown));
    }
  };

  for (let folder = real.pop(); folder !== undefined; folder = real.pop() ?? linked.pop()) {
    const key = JSON.stringify([folder.raw, folder.states, folder.excluded]);
    if (seen.has(key)) continue;
    seen.add(key);
    pause();
    for await (const entry of entriesOf(folder, folder.depth === 0, wanted.names(folder.states))) {
      tally.walked += 1;
      if (tally.walked > MOST_ENTRIES) {
        throw tooMuch(`there are more than ${MOST_ENTRIES} entries to look at: narrow glob, or exclude folders`);
      }
      if (tally.walked % BATCH === 0) pause();
      await visit(folder, entry);
    }
  }
  return { found, linksOut };
};
