import { entryAt, typeOf, type EntryType } from './entry.ts';
import type { Flaws } from './flaws.ts';
import type { RawPath } from './names.ts';
import type { Found } from './walk.ts';

/** A regular file inside root. `raw` is its real path, free of links. */
export type Match = {
  readonly path: string;
  readonly raw: RawPath;
  readonly size: number;
  /** The permission bits, those for set-user-id and its like included. */
  readonly mode: number;
  readonly modifiedMs: number;
};

export type Gathered = { readonly matches: readonly Match[]; readonly folders: number };

const TYPES: { readonly [Type in EntryType]: string } = {
  file: 'is a file',
  folder: 'is a folder',
  link: 'is a symbolic link',
  pipe: 'is a named pipe',
  socket: 'is a socket',
  device: 'is a device',
  unknown: 'is of a type that is not known',
};

/** How many files are asked for their size and age at the same time. */
const AT_ONCE = 32;

type Candidate = { readonly path: string; readonly raw: RawPath; readonly linked: boolean };

/** What makes an entry a file to look at; a flaw when it is something else than a file or folder. */
const candidateOf = ({ path, raw, type, target }: Found, flaws: Flaws): Candidate | 'folder' | null => {
  const linked = target !== null;
  const real = target?.where === 'inside' ? target : { type, raw };
  if (real.type === 'file') return { path, raw: real.raw, linked };
  if (real.type === 'folder') return 'folder';
  if (target?.where === 'outside') {
    flaws.add({ about: 'irregular', path, what: 'is a symbolic link that leads out of root: it is not followed' });
  } else if (target?.where === 'nowhere') {
    flaws.add({ about: 'irregular', path, what: 'is a symbolic link that leads nowhere' });
  } else flaws.add({ about: 'irregular', path, what: `${TYPES[real.type]}: it is not opened` });
  return null;
};

/** Each file once: under its own name before that of a link. */
const eachOnce = (candidates: readonly Candidate[]): readonly Candidate[] => {
  const byFile = new Map<RawPath, Candidate>();
  for (const candidate of candidates) {
    const known = byFile.get(candidate.raw);
    if (known === undefined || (known.linked && !candidate.linked)) byFile.set(candidate.raw, candidate);
  }
  return [...byFile.values()];
};

const matchOf = async ({ path, raw }: Candidate, flaws: Flaws): Promise<Match | null> => {
  const stats = await entryAt(raw, path);
  if (stats === null) return null;
  if (!stats.isFile()) {
    flaws.add({ about: 'irregular', path, what: `${TYPES[typeOf(stats)]} by now: it is not opened` });
    return null;
  }
  return { path, raw, size: stats.size, mode: stats.mode & 0o7777, modifiedMs: Math.trunc(stats.mtimeMs) };
};

const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

/** The regular files among what a walk found, by path. What vanished meanwhile is not there. */
export const gather = async (found: readonly Found[], flaws: Flaws, pause: () => void): Promise<Gathered> => {
  const candidates: Candidate[] = [];
  let folders = 0;
  for (const one of found.toSorted(byPath)) {
    const candidate = candidateOf(one, flaws);
    if (candidate === 'folder') folders += 1;
    else if (candidate !== null) candidates.push(candidate);
  }
  const files = eachOnce(candidates).toSorted(byPath);
  const matches: Match[] = [];
  for (let at = 0; at < files.length; at += AT_ONCE) {
    pause();
    const batch = files.slice(at, at + AT_ONCE).map((candidate) => matchOf(candidate, flaws));
    for (const match of await Promise.all(batch)) if (match !== null) matches.push(match);
  }
  return { matches, folders };
};
