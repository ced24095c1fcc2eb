import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VERDICTS, type Verdict } from '../model/outcome.ts';
import { readText, writeFileAtomically } from '../shell/files.ts';
import type { World } from './world.ts';

/** Where it is kept, from the working folder: a file for each, so that runs at the same time leave each other's alone. */
const NOTIFIED = join('.gonogo', 'notified');
const LONGEST_BYTES = 64 * 1024;

const pathOf = (id: string, scope: string, { workingDirectory }: World): string => {
  const name = createHash('sha256')
    .update(JSON.stringify([id, scope]))
    .digest('hex');
  return join(workingDirectory, NOTIFIED, `${name}.json`);
};

/**
 * The verdict that those behind an entry of `notify:` know of: the last one that was sent to them, or that was none to be
 * sent; null when they know of none. Undefined when nothing was noted.
 */
export const verdictKnown = async (id: string, scope: string, world: World): Promise<Verdict | null | undefined> => {
  const read = await readText(pathOf(id, scope, world), LONGEST_BYTES);
  if (!read.ok) return undefined;
  const kept = /"verdict": "([A-Z-]+)"/.exec(read.text)?.[1];
  return VERDICTS.find((verdict) => verdict === kept) ?? null;
};

/** Notes which one they know of. Rejects with the system's error. */
export const noteKnown = async (id: string, scope: string, verdict: Verdict | null, world: World): Promise<void> => {
  const path = pathOf(id, scope, world);
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(path, `${JSON.stringify({ id, scope, verdict }, null, 2)}\n`);
};
