import { glob, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import type { JsonObject } from '../../model/json.ts';

/** A file as it was found: what identifies this writing of it, and what reports show. */
type Found = { readonly path: string; readonly writing: string; readonly size: number; readonly modified: string };

/** What patterns matched at one moment, by pattern. */
export type Snapshot = ReadonlyMap<string, readonly Found[]>;

/** Files that a pattern may match: of more it cannot be told which are new. */
const MOST_FILES = 10_000;
const MOST_SHOWN = 100;

const describe = async (path: string, folder: string): Promise<readonly Found[]> => {
  const found = await stat(path, { bigint: true }).catch(() => null);
  if (found === null || !found.isFile()) return [];
  const inside = relative(folder, path);
  return [
    {
      path: inside.startsWith('../') ? path : inside,
      // Not the time of the last change of the entry: that alters with a mere chmod.
      writing: `${found.dev}:${found.ino}:${found.mtimeNs}:${found.size}`,
      size: Number(found.size),
      modified: found.mtime.toISOString(),
    },
  ];
};

const filesOf = async (pattern: string, folder: string, signal: AbortSignal): Promise<readonly Found[]> => {
  const files = new Map<string, Found>();
  for await (const match of glob(pattern, { cwd: folder })) {
    const path = isAbsolute(match) ? match : resolve(folder, match);
    for (const file of await describe(path, folder)) files.set(path, file);
    if (signal.aborted || files.size > MOST_FILES) break;
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
};

/** The regular files that each pattern matches now, by path; not all of them once the signal has aborted. */
export const snapshot = async (patterns: readonly string[], folder: string, signal: AbortSignal): Promise<Snapshot> => {
  const found = new Map<string, readonly Found[]>();
  for (const pattern of patterns) found.set(pattern, await filesOf(pattern, folder, signal));
  return found;
};

/** Why a pattern has no artifact; null when it has one. */
const lack = (pattern: string, there: readonly Found[], isNew: (file: Found) => boolean): string | null => {
  const [first] = there;
  if (first === undefined) return `${pattern} (no file)`;
  if (there.length > MOST_FILES) return `${pattern} (more than ${MOST_FILES} files: too many to tell what is new)`;
  if (there.some(isNew)) return null;
  const more = there.length > 1 ? ` and ${there.length - 1} more` : '';
  return `${pattern} (only ${first.path}${more}, which was there before and was not written)`;
};

/**
 * The facts about artifacts: a file counts when it was not there before, or was written since. Compared is what was
 * there before the start, not the clock: a file system may keep another time, or whole seconds.
 */
export const artifactFacts = (before: Snapshot, after: Snapshot): JsonObject => {
  const old = new Set([...before.values()].flat().map(({ path, writing }) => `${writing} ${path}`));
  const isNew = ({ path, writing }: Found): boolean => !old.has(`${writing} ${path}`);
  const written = new Map(
    [...after.values()]
      .flat()
      .filter(isNew)
      .map((file) => [file.path, file]),
  );
  const known = [...after].map(([pattern, files]): [string, readonly Found[]] => {
    const earlier = before.get(pattern) ?? [];
    return [pattern, earlier.length > MOST_FILES ? earlier : files];
  });
  return {
    artifacts: [...written.values()].slice(0, MOST_SHOWN).map(({ path, size, modified }) => ({ path, size, modified })),
    'missing-artifacts': known.flatMap(([pattern, files]) => lack(pattern, files, isNew) ?? []),
  };
};
